package org.stratafed.server.client;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/// The Client-Server API in HTTP. Which endpoints there are is [ClientApi]'s to say, by the
/// path as it was sent: the parameters of a resource are normalised, and not what clients
/// mean.
@Path("/_matrix/client/{rest:.*}")
@Singleton
public final class ClientResource {

    private final ClientHttp http;

    ClientResource(ClientHttp http) {
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

    @PUT
    public Uni<Response> put(@Context ServerRequestContext request, byte[] body) {
        return http.answer(request, body);
    }

    @DELETE
    public Uni<Response> delete(@Context ServerRequestContext request, byte[] body) {
        return http.answer(request, body);
    }

    @PATCH
    public Uni<Response> patch(@Context ServerRequestContext request, byte[] body) {
        return http.answer(request, body);
    }
}
