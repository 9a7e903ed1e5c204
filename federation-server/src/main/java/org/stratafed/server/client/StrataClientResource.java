package org.stratafed.server.client;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/// What clients may ask beyond the specification, in HTTP. Which endpoints there are is
/// [ClientApi]'s to say.
@Path("/_strata/client/{rest:.*}")
@Singleton
public final class StrataClientResource {

    private final ClientHttp http;

    StrataClientResource(ClientHttp http) {
        this.http = http;
    }

    @GET
    public Uni<Response> get(@Context ServerRequestContext request) {
        return http.answer(request, null);
    }
}
