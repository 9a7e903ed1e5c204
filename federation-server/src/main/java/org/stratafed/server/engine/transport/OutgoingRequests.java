package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.layer.transport.AnswerStream;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.StreamedAnswer;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.engine.transport.auth.RequestSigner;
import org.stratafed.server.engine.transport.outgoing.AnswerParts;
import org.stratafed.server.engine.transport.outgoing.BegunAnswer;
import org.stratafed.server.engine.transport.outgoing.Patience;
import org.stratafed.server.engine.transport.outgoing.ServerExchange;
import org.stratafed.server.engine.transport.outgoing.WholeAnswer;
import org.stratafed.server.engine.transport.routing.RequestTarget;

/// A question of the layer above on its way to another server, and the answer on its way back.
final class OutgoingRequests {

    private final RequestSigner signer;
    private final ServerExchange exchange;
    private final Compute compute;

    OutgoingRequests(RequestSigner signer, ServerExchange exchange, Compute compute) {
        this.signer = signer;
        this.exchange = exchange;
        this.compute = compute;
    }

    /// Fails with a [RemoteFailure] only, unless the question can't be written.
    <Q, A> Uni<A> ask(ServerName destination, Endpoint<Q, A> endpoint, Q question) {
        return compute.run(() -> signed(destination, endpoint, question))
                .flatMap(
                        request ->
                                exchange.send(
                                        destination,
                                        request,
                                        Patience.with(endpoint),
                                        endpoint.answerBytesMax()))
                .flatMap(answer -> compute.run(() -> read(endpoint, answer)));
    }

    /// The same for an answer that is taken in while it arrives.
    <Q, P> Uni<AnswerStream<P>> open(
            ServerName destination, StreamedAnswer<Q, P> streamed, Q question) {
        var endpoint = streamed.endpoint();
        return compute.run(() -> signed(destination, endpoint, question))
                .flatMap(
                        request ->
                                exchange.open(
                                        destination,
                                        request,
                                        Patience.with(endpoint),
                                        endpoint.answerBytesMax()))
                .flatMap(
                        begun ->
                                switch (begun) {
                                    case BegunAnswer.Success(var body) ->
                                            Uni.createFrom()
                                                    .item(
                                                            new AnswerParts<>(
                                                                    streamed, body, compute));
                                    case BegunAnswer.Refusal(var answer) ->
                                            compute.run(
                                                    () -> {
                                                        throw refused(answer);
                                                    });
                                });
    }

    private <Q> WireRequest signed(ServerName destination, Endpoint<Q, ?> endpoint, Q question) {
        var parts = endpoint.question().encode(question);
        var target = RequestTarget.of(endpoint, parts).toString();
        return signer.signed(endpoint.method(), target, destination, parts.body());
    }

    private static <A> A read(Endpoint<?, A> endpoint, WholeAnswer answer) {
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        try {
            return endpoint.answer().decode(JsonReader.read(answer.body()));
        } catch (MalformedJsonException | IllegalArgumentException garbled) {
            throw new RemoteFailure.Garbled(endpoint + " answered with " + garbled.getMessage());
        }
    }

    private static RemoteFailure refused(WholeAnswer answer) {
        var body = error(answer.body());
        return new RemoteFailure.Refused(
                answer.status(),
                body.string("errcode"),
                body.string("error").orElse("no reason given"),
                retryAfterMs(answer, body));
    }

    /// The error envelope, or nothing where something else came, such as a proxy's page.
    private static JsonObject error(byte[] body) {
        try {
            return JsonReader.read(body) instanceof JsonObject object ? object : JsonObject.empty();
        } catch (MalformedJsonException _) {
            return JsonObject.empty();
        }
    }

    /// The header, or else the member of the body that was there before it.
    private static OptionalLong retryAfterMs(WholeAnswer answer, JsonObject body) {
        return answer.headerValues("Retry-After").stream()
                .flatMap(value -> seconds(value).stream())
                .findFirst()
                .map(seconds -> OptionalLong.of(seconds * 1000))
                .orElseGet(() -> body.integer("retry_after_ms"));
    }

    private static Optional<Long> seconds(String value) {
        return value.isEmpty()
                        || value.length() > 9
                        || !value.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.empty()
                : Optional.of(Long.parseLong(value));
    }
}
