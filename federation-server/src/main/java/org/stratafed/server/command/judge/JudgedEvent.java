package org.stratafed.server.command.judge;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;

/// What became of one entry of the input.
sealed interface JudgedEvent {

    JsonObject json();

    /// It is no event, or nothing can be said of it.
    record Dropped(String why) implements JudgedEvent {

        @Override
        public JsonObject json() {
            return JsonObject.builder().put("dropped", why).build();
        }
    }

    /// An event that has its place in the room.
    ///
    /// @param pdu redacted, if its content was not what its hash says
    /// @param redactedSha256 of the canonical JSON of what redaction leaves, in hexadecimal
    /// @param own by the state that its own auth events make
    /// @param byState by the state before it
    record Placed(
            Pdu pdu,
            boolean contentHashOk,
            String redactedSha256,
            AuthVerdict own,
            AuthVerdict byState,
            StateMap before,
            StateMap after,
            String beforeSha256)
            implements JudgedEvent {

        boolean isRejected() {
            return !own.isAllowed() || !byState.isAllowed();
        }

        @Override
        public JsonObject json() {
            return JsonObject.builder()
                    .put("event_id", pdu.id().value())
                    .put("content_hash_ok", contentHashOk)
                    .put("redacted_sha256", redactedSha256)
                    .put("auth_own", verdict(own))
                    .put("auth_state", verdict(byState))
                    .put("rejected", isRejected())
                    .put("state_before_sha256", beforeSha256)
                    .build();
        }

        private static JsonObject verdict(AuthVerdict verdict) {
            return switch (verdict) {
                case AuthVerdict.Allowed() -> verdict(true, Optional.empty(), Optional.empty());
                case AuthVerdict.Denied(var rule, var reason, var _) ->
                        verdict(
                                false,
                                Optional.of(rule).filter(it -> !it.isEmpty()),
                                Optional.of(reason));
            };
        }

        private static JsonObject verdict(
                boolean allowed, Optional<String> rule, Optional<String> reason) {
            return JsonObject.builder()
                    .put("allowed", JsonBoolean.of(allowed))
                    .put("rule", orNull(rule))
                    .put("reason", orNull(reason))
                    .build();
        }

        private static JsonValue orNull(Optional<String> text) {
            return text.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL);
        }
    }
}
