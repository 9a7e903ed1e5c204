package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks a room's policy server to sign an event. The answer is its signature, by its name and that
/// of the key. Only asked: this server is nobody's policy server.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
public final class PolicySign {

    private static final int REQUEST_BYTES_MAX = 2 * 65_536;
    private static final int ANSWER_BYTES_MAX = 65_536;

    public static final Endpoint<RawPdu, JsonObject> ENDPOINT =
            new Endpoint<>(
                    "policy_sign",
                    "POST",
                    new PathTemplate("/_matrix/policy/v1/sign"),
                    REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private PolicySign() {}

    private static final class Question implements QuestionCodec<RawPdu> {

        @Override
        public RequestParts encode(RawPdu event) {
            return new RequestParts(List.of(), List.of(), Optional.of(event.json()));
        }

        @Override
        public RawPdu decode(RequestParts parts) {
            return new RawPdu(QuestionReader.body(parts));
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
