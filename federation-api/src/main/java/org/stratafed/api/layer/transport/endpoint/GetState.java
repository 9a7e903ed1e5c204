package org.stratafed.api.layer.transport.endpoint;

import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks for the state before an event, and its auth chain, in full.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#retrieving-events">
///     Retrieving events</a>
public final class GetState {

    /// A room of a hundred thousand members is about half of it.
    private static final int ANSWER_BYTES_MAX = 256 << 20;

    public static final Endpoint<EventInRoom, StateEvents> ENDPOINT =
            new Endpoint<>(
                    "state",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/state/{roomId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new StateQuestion(),
                    new Answer());

    private GetState() {}

    private static final class Answer implements AnswerCodec<StateEvents> {

        @Override
        public JsonValue encode(StateEvents answer) {
            return JsonObject.builder()
                    .put("pdus", PduLists.of(answer.state()))
                    .put("auth_chain", PduLists.of(answer.authChain()))
                    .build();
        }

        @Override
        public StateEvents decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            return new StateEvents(
                    AnswerReader.pdus(answer, "pdus"), AnswerReader.pdus(answer, "auth_chain"));
        }
    }
}
