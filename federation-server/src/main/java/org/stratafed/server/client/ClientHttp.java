package org.stratafed.server.client;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientRequest;
import org.stratafed.server.client.routing.Query;

/// Brings requests from HTTP to the client API, and its answers back, both as bytes: what reads
/// and writes JSON elsewhere would change the numbers in it.
@Singleton
public final class ClientHttp {

    private static final byte[] NO_BODY = {};

    private final ClientApi api;

    ClientHttp(ClientApi api) {
        this.api = api;
    }

    Uni<Response> answer(ServerRequestContext context, byte[] body) {
        ServerHttpRequest http = ((ResteasyReactiveRequestContext) context).serverRequest();
        Query query;
        try {
            query = Query.parse(Optional.ofNullable(http.query()).orElse(""));
        } catch (MatrixException malformed) {
            return Uni.createFrom().item(response(ClientAnswer.of(malformed)));
        }
        return api.answer(
                        new ClientRequest(
                                http.getRequestMethod(),
                                http.getRequestPath(),
                                query,
                                Optional.ofNullable(
                                        http.getRequestHeader(HttpHeaders.AUTHORIZATION)),
                                body == null ? NO_BODY : body))
                .map(ClientHttp::response);
    }

    private static Response response(ClientAnswer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonWriter.write(answer.body()))
                .build();
    }
}
