package org.stratafed.api.layer.transport.endpoint;

import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks for the state before an event, and its auth chain, by id.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#retrieving-events">
///     Retrieving events</a>
public final class GetStateIds {

    /// Some 600,000 ids.
    private static final int ANSWER_BYTES_MAX = 32 << 20;

    public static final Endpoint<EventInRoom, StateIds> ENDPOINT =
            new Endpoint<>(
                    "state_ids",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/state_ids/{roomId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new StateQuestion(),
                    new Answer());

    private GetStateIds() {}

    private static final class Answer implements AnswerCodec<StateIds> {

        @Override
        public JsonValue encode(StateIds answer) {
            return JsonObject.builder()
                    .put("pdu_ids", PduLists.ofIds(answer.state()))
                    .put("auth_chain_ids", PduLists.ofIds(answer.authChain()))
                    .build();
        }

        @Override
        public StateIds decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            return new StateIds(
                    AnswerReader.eventIds(answer, "pdu_ids"),
                    AnswerReader.eventIds(answer, "auth_chain_ids"));
        }
    }
}
