package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.json;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.json.JsonObject;

/// What is left to be seen of what was redacted.
class RedactionsTest extends SharedRoom {

    @Test
    void whatIsRedactedIsShownRedactedWhereverItIsShown() {
        var regretted = alpha.say(alice, room, "oops");
        var redaction = redact(alpha, alice, regretted);
        var shown = alpha.get(() -> alpha.messaging().timeline().event(alice, room, regretted));
        assertThat(shown.pdu().content()).isEqualTo(JsonObject.empty());
        assertThat(shown.pdu().id()).isEqualTo(regretted);
        assertThat(shown.redactedBecause())
                .hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(redaction));
        var page = alpha.pageBack(alice, room, Optional.empty(), 2).chunk();
        assertThat(page).extracting(it -> it.pdu().id()).containsExactly(redaction, regretted);
        assertThat(bodies(page)).isEmpty();
        assertThat(bodies(alpha.sync(alice).join().get(room).timeline())).isEmpty();
    }

    @Test
    void redactedStateIsShownRedactedAndAsWhatWasBefore() {
        setState(alice, "m.room.name", json("{'name': 'Rude'}"));
        var rude = alpha.pageBack(alice, room, Optional.empty(), 1).chunk().getFirst();
        redact(alpha, alice, rude.pdu().id());
        assertThat(stateEvent(alice, "m.room.name").content()).isEqualTo(JsonObject.empty());
        setState(alice, "m.room.name", json("{'name': 'Polite'}"));
        var polite = alpha.pageBack(alice, room, Optional.empty(), 1).chunk().getFirst();
        assertThat(polite.previousContent()).contains(JsonObject.empty());
    }

    /// Bob has no power over Alice's words, but his server sends whatever he writes.
    @Test
    void aRedactionWithoutPowerIsShownToNobodyAndDoesNothing() {
        join(beta, bob);
        alpha.server.push(beta.server);
        var word = alpha.say(alice, room, "my word");
        alpha.server.push(beta.server);
        redact(beta, bob, word);
        beta.server.push(alpha.server);
        var page = alpha.pageBack(alice, room, Optional.empty(), 5).chunk();
        assertThat(types(page)).doesNotContain("m.room.redaction");
        assertThat(bodies(page)).containsExactly("my word");
        var there = beta.pageBack(bob, room, Optional.empty(), 5).chunk();
        assertThat(bodies(there)).contains("my word");
    }
}
