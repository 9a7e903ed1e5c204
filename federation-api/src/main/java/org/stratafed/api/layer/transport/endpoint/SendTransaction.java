package org.stratafed.api.layer.transport.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Pushes live events and ephemeral units to another server.
///
/// What isn't an event or an ephemeral unit at all is left out of the lists; whether there are too
/// many is for whoever handles the transaction to say.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#transactions">Transactions</a>
public final class SendTransaction {

    /// The largest events and ephemeral units allowed, with some room for what surrounds them.
    private static final int REQUEST_BYTES_MAX = 200 * 65_536;

    /// A line per event, of an id and a reason.
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    public static final Endpoint<Transaction, TransactionResponse> ENDPOINT =
            new Endpoint<>(
                    "send",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v1/send/{txnId}"),
                    REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private SendTransaction() {}

    private static final class Question implements QuestionCodec<Transaction> {

        @Override
        public RequestParts encode(Transaction transaction) {
            var body =
                    JsonObject.builder()
                            .put("origin", transaction.origin().value())
                            .put("origin_server_ts", transaction.originServerTs())
                            .put("pdus", PduLists.of(transaction.pdus()));
            if (!transaction.edus().isEmpty()) {
                body.put("edus", edus(transaction.edus()));
            }
            return new RequestParts(
                    List.of(transaction.id().value()), List.of(), Optional.of(body.build()));
        }

        private static JsonArray edus(List<Edu> edus) {
            return JsonArray.of(
                    edus.stream()
                            .map(
                                    edu ->
                                            JsonObject.builder()
                                                    .put("edu_type", edu.type())
                                                    .put("content", edu.content())
                                                    .build())
                            .toList());
        }

        @Override
        public Transaction decode(RequestParts parts) {
            var body = QuestionReader.body(parts);
            return new Transaction(
                    QuestionReader.path(parts, 0, "txnId", TransactionId::parse),
                    QuestionReader.string(body, "origin", ServerName::parse),
                    QuestionReader.integer(body, "origin_server_ts"),
                    QuestionReader.array(body, "pdus").objects().stream().map(RawPdu::new).toList(),
                    QuestionReader.arrayIfPresent(body, "edus").objects().stream()
                            .flatMap(Question::edu)
                            .toList());
        }

        private static Stream<Edu> edu(JsonObject json) {
            return json
                    .string("edu_type")
                    .flatMap(type -> json.object("content").map(content -> new Edu(type, content)))
                    .stream();
        }
    }

    /// A peer that answers 200 has taken the transaction, so an answer that can't be made out is
    /// none that anything follows from: the transaction mustn't be sent for ever because of it.
    private static final class Answer implements AnswerCodec<TransactionResponse> {

        @Override
        public JsonValue encode(TransactionResponse response) {
            var pdus = JsonObject.builder();
            response.pdus()
                    .forEach(
                            (event, error) ->
                                    pdus.put(
                                            event.value(),
                                            error.map(Answer::error).orElse(JsonObject.empty())));
            return JsonObject.builder().put("pdus", pdus.build()).build();
        }

        private static JsonObject error(String reason) {
            return JsonObject.builder().put("error", reason).build();
        }

        @Override
        public TransactionResponse decode(JsonValue json) {
            var pdus = new LinkedHashMap<EventId, Optional<String>>();
            AnswerReader.object(json)
                    .object("pdus")
                    .orElse(JsonObject.empty())
                    .members()
                    .forEach(
                            (id, result) ->
                                    EventId.parse(id)
                                            .ifPresent(event -> pdus.put(event, error(result))));
            return new TransactionResponse(pdus);
        }

        private static Optional<String> error(JsonValue result) {
            return result instanceof JsonObject object ? object.string("error") : Optional.empty();
        }
    }
}
