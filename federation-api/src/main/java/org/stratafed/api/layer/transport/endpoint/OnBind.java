package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.AddressBound;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Tells that an address is a user's, and which invitations waited for it. An identity server says
/// so, without proving who it is: what it says is proved by itself. The answer is an empty object.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#third-party-invites">Third-party
///     invites</a>
public final class OnBind {

    private static final int REQUEST_BYTES_MAX = 1 << 20;
    private static final int ANSWER_BYTES_MAX = 65_536;

    /// Told at once. An address doesn't get more within the time that invitations wait.
    private static final int INVITATIONS_MAX = 100;

    public static final Endpoint<AddressBound, JsonObject> ENDPOINT = by("PUT");

    /// As the identity servers that are in use do it, and other servers expect it.
    public static final Endpoint<AddressBound, JsonObject> POSTED = by("POST");

    private OnBind() {}

    private static Endpoint<AddressBound, JsonObject> by(String method) {
        return new Endpoint<>(
                "3pid_onbind",
                method,
                new PathTemplate("/_matrix/federation/v1/3pid/onbind"),
                REQUEST_BYTES_MAX,
                ANSWER_BYTES_MAX,
                new Question(),
                new Answer());
    }

    private static final class Question implements QuestionCodec<AddressBound> {

        private static final String MXID = "mxid";

        @Override
        public RequestParts encode(AddressBound question) {
            throw new UnsupportedOperationException("only identity servers say that");
        }

        @Override
        public AddressBound decode(RequestParts parts) {
            var body = QuestionReader.body(parts);
            QuestionReader.string(body, "medium");
            QuestionReader.string(body, "address");
            var invites = QuestionReader.array(body, "invites");
            if (invites.items().size() > INVITATIONS_MAX) {
                throw MatrixException.invalidParam("more than " + INVITATIONS_MAX + " invites");
            }
            return new AddressBound(
                    QuestionReader.string(body, MXID, UserId::parse), invitations(invites));
        }

        private static List<AddressBound.Invitation> invitations(JsonArray invites) {
            if (invites.objects().size() != invites.items().size()) {
                throw MatrixException.badJson("invites has what is no object");
            }
            return invites.objects().stream().map(Question::invitation).toList();
        }

        private static AddressBound.Invitation invitation(JsonObject invite) {
            return new AddressBound.Invitation(
                    QuestionReader.string(invite, "room_id", RoomId::parse),
                    QuestionReader.string(invite, MXID, UserId::parse),
                    QuestionReader.string(invite, "sender", UserId::parse),
                    QuestionReader.object(invite, "signed"));
        }
    }

    private static final class Answer implements AnswerCodec<JsonObject> {

        @Override
        public JsonValue encode(JsonObject answer) {
            return answer;
        }

        @Override
        public JsonObject decode(JsonValue json) {
            return AnswerReader.object(json);
        }
    }
}
