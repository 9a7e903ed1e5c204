package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinPart;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonPart;
import org.stratafed.api.model.json.JsonValue;

/// Hands a signed join to a resident server, which answers with the room, or, if it is asked to,
/// with the room but for most of its members.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
public final class SendJoin {

    /// A room of a hundred thousand members is about half of it.
    private static final int ANSWER_BYTES_MAX = 256 << 20;

    public static final Endpoint<SendJoinRequest, SendJoinAnswer> ENDPOINT =
            new Endpoint<>(
                    "send_join",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v2/send_join/{roomId}/{eventId}"),
                    SignedMembershipQuestion.REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new Question(true),
                    new Answer());

    /// What it was in the first version of the API: answered to servers that haven't heard of the
    /// second.
    public static final Endpoint<SendJoinRequest, SendJoinAnswer> V1 =
            new Endpoint<>(
                    "send_join_v1",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v1/send_join/{roomId}/{eventId}"),
                    SignedMembershipQuestion.REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new Question(false),
                    new StatusAndAnswerCodec<>(new Answer()));

    /// An event with all the escapes that JSON may be written with, and what its server adds to it.
    private static final int PART_BYTES_MAX = 16 * 65_536;

    /// The same question, whose answer is taken in while it arrives.
    public static final StreamedAnswer<SendJoinRequest, SendJoinPart> STREAMED =
            new StreamedAnswer<>(
                    ENDPOINT, List.of("state", "auth_chain"), PART_BYTES_MAX, SendJoin::part);

    private SendJoin() {}

    /// What isn't even an object among the events is left out.
    private static Optional<SendJoinPart> part(JsonPart where, JsonValue value) {
        return switch (where) {
            case JsonPart.Item(var key, _) when value instanceof JsonObject event ->
                    switch (key) {
                        case "state" -> Optional.of(new SendJoinPart.State(new RawPdu(event)));
                        case "auth_chain" ->
                                Optional.of(new SendJoinPart.AuthChain(new RawPdu(event)));
                        default -> Optional.empty();
                    };
            case JsonPart.Value(var key, _) when key.equals("event") ->
                    value instanceof JsonObject event
                            ? Optional.of(new SendJoinPart.Join(new RawPdu(event)))
                            : Optional.empty();
            case JsonPart.Value(var key, _) when key.equals("members_omitted") ->
                    value.equals(JsonBoolean.TRUE)
                            ? Optional.of(new SendJoinPart.MembersOmitted())
                            : Optional.empty();
            case JsonPart.ArrayBegun _, JsonPart.Item _, JsonPart.Value _ -> Optional.empty();
        };
    }

    /// @param hasOmission whether members can be asked to be left out
    private record Question(boolean hasOmission) implements QuestionCodec<SendJoinRequest> {

        private static final String OMIT_MEMBERS = "omit_members";
        private static final SignedMembershipQuestion JOIN = new SignedMembershipQuestion();

        @Override
        public RequestParts encode(SendJoinRequest question) {
            var parts = JOIN.encode(question.join());
            return hasOmission && question.omitMembers()
                    ? new RequestParts(
                            parts.path(),
                            List.of(new QueryParameter(OMIT_MEMBERS, "true")),
                            parts.body())
                    : parts;
        }

        /// What isn't `true` is no wish: all members are an answer to anybody.
        @Override
        public SendJoinRequest decode(RequestParts parts) {
            return new SendJoinRequest(
                    JOIN.decode(parts),
                    hasOmission && parts.query(OMIT_MEMBERS).filter("true"::equals).isPresent());
        }
    }

    private static final class Answer implements AnswerCodec<SendJoinAnswer> {

        @Override
        public JsonValue encode(SendJoinAnswer answer) {
            var json =
                    JsonObject.builder()
                            .put("state", PduLists.of(answer.state()))
                            .put("auth_chain", PduLists.of(answer.authChain()))
                            .putIfPresent("event", answer.event().map(RawPdu::json));
            if (answer.membersOmitted()) {
                json.put("members_omitted", true).put("servers_in_room", servers(answer));
            }
            return json.build();
        }

        private static JsonArray servers(SendJoinAnswer answer) {
            return JsonArray.ofStrings(
                    answer.serversInRoom().stream().map(ServerName::value).toList());
        }

        @Override
        public SendJoinAnswer decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            return new SendJoinAnswer(
                    AnswerReader.pdus(answer, "state"),
                    AnswerReader.pdus(answer, "auth_chain"),
                    answer.object("event").map(RawPdu::new),
                    answer.bool("members_omitted").orElse(false),
                    AnswerReader.servers(answer, "servers_in_room"));
        }
    }
}
