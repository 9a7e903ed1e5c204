package org.stratafed.server.host.quarkus;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.host.vertx.EngineLoop;

/// Hands what other servers ask to the engine, as it was sent. Which endpoints there are, and with
/// which methods, is the engine's to say.
@Path("/_matrix/{area:federation|key|policy}/{rest:.*}")
@Singleton
public final class FederationResource {

    private final EngineLoop loop;
    private final WireHandler engine;

    FederationResource(EngineLoop loop, WireHandler engine) {
        this.loop = loop;
        this.engine = engine;
    }

    @GET
    public Uni<Response> get(@Context HttpServerRequest request) {
        return pass(request, WireRequest.NO_BODY);
    }

    @PUT
    public Uni<Response> put(@Context HttpServerRequest request, byte[] body) {
        return pass(request, body);
    }

    @POST
    public Uni<Response> post(@Context HttpServerRequest request, byte[] body) {
        return pass(request, body);
    }

    @DELETE
    public Uni<Response> delete(@Context HttpServerRequest request, byte[] body) {
        return pass(request, body);
    }

    @PATCH
    public Uni<Response> patch(@Context HttpServerRequest request, byte[] body) {
        return pass(request, body);
    }

    /// The raw target, since that is what was signed.
    private Uni<Response> pass(HttpServerRequest request, byte[] body) {
        var headers =
                request.headers().entries().stream()
                        .map(header -> new WireHeader(header.getKey(), header.getValue()))
                        .toList();
        var asked =
                new WireRequest(
                        request.method().name(),
                        request.uri(),
                        headers,
                        body == null ? WireRequest.NO_BODY : body);
        return loop.call(() -> engine.onRequest(asked).chain(FederationResource::collect));
    }

    private static Uni<Response> collect(WireResponse answer) {
        var bytes = new ByteArrayOutputStream();
        return collect(answer.body(), bytes).map(_ -> response(answer, bytes.toByteArray()));
    }

    private static Uni<Optional<byte[]>> collect(WireBody body, ByteArrayOutputStream into) {
        return body.next()
                .invoke(chunk -> chunk.ifPresent(into::writeBytes))
                .chain(
                        chunk ->
                                chunk.isPresent()
                                        ? collect(body, into)
                                        : Uni.createFrom().item(chunk));
    }

    private static Response response(WireResponse answer, byte[] body) {
        var response = Response.status(answer.status());
        answer.headers().forEach(header -> response.header(header.name(), header.value()));
        return response.entity(body).build();
    }
}
