package org.stratafed.server.client;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/// Registration with the shared secret in HTTP, where Synapse's tools look for it.
@Path("/_synapse/admin/v1/register")
@Singleton
public final class SharedSecretResource {

    private final ClientHttp http;

    SharedSecretResource(ClientHttp http) {
        this.http = http;
    }

    @GET
    public Uni<Response> get(@Context ServerRequestContext request) {
        return http.answer(request, null);
    }

    @POST
    public Uni<Response> post(@Context ServerRequestContext request, byte[] body) {
        return http.answer(request, body);
    }
}
