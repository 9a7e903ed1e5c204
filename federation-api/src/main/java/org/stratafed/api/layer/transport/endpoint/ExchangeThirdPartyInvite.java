package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Hands an invitation that was redeemed to the server that invited, which makes an invite of it.
/// The answer is an empty object.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#third-party-invites">Third-party
///     invites</a>
public final class ExchangeThirdPartyInvite {

    private static final int REQUEST_BYTES_MAX = 8 * 65_536;
    private static final int ANSWER_BYTES_MAX = 65_536;

    public static final Endpoint<InvitationRedeemed, JsonObject> ENDPOINT =
            new Endpoint<>(
                    "exchange_third_party_invite",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v1/exchange_third_party_invite/{roomId}"),
                    REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private ExchangeThirdPartyInvite() {}

    private static final class Question implements QuestionCodec<InvitationRedeemed> {

        @Override
        public RequestParts encode(InvitationRedeemed question) {
            return new RequestParts(
                    List.of(question.room().value()), List.of(), Optional.of(question.invite()));
        }

        @Override
        public InvitationRedeemed decode(RequestParts parts) {
            return new InvitationRedeemed(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.body(parts));
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
