package org.stratafed.api.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.PduOutcome.Accepted;
import org.stratafed.api.model.event.PduOutcome.Deferred;
import org.stratafed.api.model.event.PduOutcome.Dropped;
import org.stratafed.api.model.event.PduOutcome.Duplicate;
import org.stratafed.api.model.event.PduOutcome.Rejected;
import org.stratafed.api.model.event.PduOutcome.SoftFailed;
import org.stratafed.api.model.event.PduOutcome.Wait;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

class PduOutcomeTest {

    private static final Refusal REFUSAL = new Refusal(PduCheck.AUTH_EVENTS, "banned");

    @Test
    void onlyWhatIsWrongWithTheEventItselfIsToldToWhoSentIt() {
        assertThat(new Rejected(REFUSAL).wireError()).hasValue("banned");
        assertThat(new Dropped(REFUSAL).wireError()).hasValue("banned");
        assertThat(new SoftFailed(REFUSAL).wireError()).isEmpty();
        assertThat(new Accepted().wireError()).isEmpty();
        assertThat(new Duplicate().wireError()).isEmpty();
        assertThat(new Deferred(Wait.JOIN, new LinkedHashSet<>()).wireError()).isEmpty();
    }

    @Test
    void whatADeferredEventWaitsForIsACopy() {
        var missing = new LinkedHashSet<>(List.of(new EventId("$b"), new EventId("$a")));
        var deferred = new Deferred(Wait.CITED_EVENTS, missing);

        missing.clear();

        assertThat(deferred.missing()).containsExactly(new EventId("$b"), new EventId("$a"));
    }

    @Test
    void draftsOfMessagesStateAndRedactionsDifferInOneFieldEach() {
        var room = new RoomId("!r:x");
        var user = new UserId("@a:x");
        var content = JsonObject.empty();
        var target = new EventId("$e");

        assertThat(EventDraft.message(room, user, "t", content))
                .isEqualTo(draft("t", Optional.empty(), Optional.empty()));
        assertThat(EventDraft.state(room, user, "t", "", content))
                .isEqualTo(draft("t", Optional.of(""), Optional.empty()));
        assertThat(EventDraft.redaction(room, user, target, content))
                .isEqualTo(draft("m.room.redaction", Optional.empty(), Optional.of(target)));
    }

    private static EventDraft draft(
            String type, Optional<String> stateKey, Optional<EventId> redacts) {
        return new EventDraft(
                new RoomId("!r:x"),
                new UserId("@a:x"),
                type,
                stateKey,
                JsonObject.empty(),
                redacts);
    }
}
