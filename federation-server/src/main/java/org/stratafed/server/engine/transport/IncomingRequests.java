package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.layer.transport.TransportHandler;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.auth.Claim;
import org.stratafed.server.engine.transport.auth.RequestAuthenticator;
import org.stratafed.server.engine.transport.keys.KeyPublication;
import org.stratafed.server.engine.transport.keys.KeyQuery;
import org.stratafed.server.engine.transport.keys.Notary;
import org.stratafed.server.engine.transport.routing.EndpointRouter;
import org.stratafed.server.engine.transport.routing.JsonResponse;
import org.stratafed.server.engine.transport.routing.Routing;

/// A request of another server on its way to the layer above, and the answer on its way back.
final class IncomingRequests {

    private final EndpointRouter router = new EndpointRouter();
    private final RequestAuthenticator authenticator;
    private final KeyPublication keys;
    private final Notary notary;
    private final byte[] version;
    private final Compute compute;
    private final Telemetry telemetry;

    IncomingRequests(
            RequestAuthenticator authenticator,
            KeyPublication keys,
            Notary notary,
            TransportService.Software software,
            Compute compute,
            Telemetry telemetry) {
        this.authenticator = authenticator;
        this.keys = keys;
        this.notary = notary;
        this.version = version(software);
        this.compute = compute;
        this.telemetry = telemetry;
    }

    private static byte[] version(TransportService.Software software) {
        var server =
                JsonObject.builder()
                        .put("name", software.name())
                        .put("version", software.version())
                        .build();
        return JsonWriter.write(JsonObject.builder().put("server", server).build());
    }

    /// The response. Never fails.
    Uni<WireResponse> respond(WireRequest request, TransportHandler handler) {
        return Uni.createFrom()
                .deferred(() -> routed(request, handler))
                .onFailure()
                .recoverWithItem(failure -> refusal(request, failure));
    }

    private Uni<WireResponse> routed(WireRequest request, TransportHandler handler) {
        return switch (router.route(request)) {
            case Routing.ToEndpoint<?, ?> to -> answered(request, to, handler);
            case Routing.ToOpenEndpoint<?, ?> open -> answeredOpenly(request, open.to(), handler);
            case Routing.ToKeys _ -> Uni.createFrom().item(JsonResponse.ok(keys.answer()));
            case Routing.ToKeysOf(var query) -> notary.answer(query).map(JsonResponse::ok);
            case Routing.ToKeyQuery _ -> keyQuery(request).map(JsonResponse::ok);
            case Routing.ToVersion _ -> Uni.createFrom().item(JsonResponse.ok(version));
            case Routing.Nowhere(var why) -> Uni.createFrom().item(JsonResponse.error(why));
        };
    }

    private Uni<byte[]> keyQuery(WireRequest request) {
        if (request.body().length > Notary.QUESTION_BYTES_MAX) {
            throw new MatrixException(MatrixErrorCode.TOO_LARGE, "the body is too large");
        }
        return compute.run(() -> KeyQuery.read(body(request), Notary.SERVERS_MAX))
                .flatMap(notary::answer);
    }

    private <Q, A> Uni<WireResponse> answered(
            WireRequest request, Routing.ToEndpoint<Q, A> to, TransportHandler handler) {
        mustFit(request, to);
        return authenticator
                .claim(request)
                .flatMap(
                        claim ->
                                compute.run(() -> proved(request, to, claim))
                                        .flatMap(question -> told(handler, claim, to, question)))
                .flatMap(answer -> compute.run(() -> written(to.endpoint(), answer)))
                .map(JsonResponse::ok);
    }

    private static void mustFit(WireRequest request, Routing.ToEndpoint<?, ?> to) {
        if (to.hasBody() && request.body().length > to.endpoint().requestBytesMax()) {
            throw new MatrixException(MatrixErrorCode.TOO_LARGE, "the body is too large");
        }
    }

    private <Q, A> Uni<WireResponse> answeredOpenly(
            WireRequest request, Routing.ToEndpoint<Q, A> to, TransportHandler handler) {
        mustFit(request, to);
        return compute.run(
                        () ->
                                to.question(
                                        to.hasBody()
                                                ? Optional.of(body(request))
                                                : Optional.empty()))
                .flatMap(question -> handler.onOpenRequest(to.endpoint(), question))
                .flatMap(answer -> compute.run(() -> written(to.endpoint(), answer)))
                .map(JsonResponse::ok);
    }

    /// The question, once it is clear who asks it.
    private <Q> Q proved(WireRequest request, Routing.ToEndpoint<Q, ?> to, Claim claim) {
        var body = to.hasBody() ? Optional.of(body(request)) : Optional.<JsonObject>empty();
        authenticator.prove(claim, request, body);
        return to.question(body);
    }

    /// The body is JSON, whatever type it is said to be of.
    private static JsonObject body(WireRequest request) {
        try {
            if (JsonReader.read(request.body()) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException malformed) {
            throw MatrixException.notJson("the body is no JSON: " + malformed.getMessage());
        }
        throw MatrixException.badJson("the body is no JSON object");
    }

    private static <Q, A> Uni<A> told(
            TransportHandler handler, Claim claim, Routing.ToEndpoint<Q, A> to, Q question) {
        handler.onSignOfLife(claim.origin());
        return handler.onRequest(claim.origin(), to.endpoint(), question);
    }

    private static <A> byte[] written(Endpoint<?, A> endpoint, A answer) {
        return JsonWriter.write(endpoint.answer().encode(answer));
    }

    private WireResponse refusal(WireRequest request, Throwable failure) {
        if (failure instanceof MatrixException error) {
            return JsonResponse.error(error);
        }
        telemetry.defect("answering " + request.method() + " " + request.target(), failure);
        return JsonResponse.error(
                new MatrixException(MatrixErrorCode.UNKNOWN, "internal server error"));
    }
}
