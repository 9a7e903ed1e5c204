package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonObject;

/// When redactions take effect where room versions differ: what a redaction of what one may not
/// redact comes to, and where it names its target; in both orders of arrival.
class RedactionsByVersionTest extends SharedRoom {

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "10", "11", "12"})
    void aRedactionThatComesAfterItsTargetRedactsIt(String version) {
        open(version);
        var regretted = alpha.say(alice, room, "oops");
        alpha.server.push(beta.server);
        assertThat(bodies(there())).containsExactly("oops");
        var redaction = redact(alpha, alice, regretted);
        alpha.server.push(beta.server);
        assertRedacted(regretted, redaction);
    }

    /// In versions 1 and 2 the redaction is an event like any other, and shown at once. Later it is
    /// nobody's to see until there is something that it redacts.
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "10", "11", "12"})
    void aRedactionThatComesBeforeItsTargetRedactsItWhenItComes(String version) {
        open(version);
        var regretted = alpha.say(alice, room, "oops");
        alpha.server.push(beta.server, _ -> true);
        alpha.server.missingEventsMax = 0;
        var redaction = redact(alpha, alice, regretted);
        alpha.server.push(beta.server);
        eventually(() -> isThere(redaction));
        assertThat(isThere(regretted)).isFalse();
        // To page back would have the target fetched.
        var timeline = beta.sync(bob).join().get(room).timeline();
        assertThat(types(timeline).contains("m.room.redaction"))
                .isEqualTo(List.of("1", "2").contains(version));

        beta.get(() -> beta.server.pdu.backfill(room, 10));
        assertThat(isThere(regretted)).isTrue();
        assertRedacted(regretted, redaction);
    }

    /// Bob has no power over Alice's words, nor has his server. In versions 1 and 2 the rules
    /// refuse it; later it is no more than an event, which does nothing.
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "10", "11", "12"})
    void aRedactionWithoutPowerDoesNothing(String version) {
        open(version);
        var word = alpha.say(alice, room, "my word");
        alpha.server.push(beta.server);
        if (List.of("1", "2").contains(version)) {
            assertError(MatrixErrorCode.FORBIDDEN, () -> redact(beta, bob, word));
        } else {
            redact(beta, bob, word);
            beta.server.push(alpha.server);
        }
        assertThat(bodies(there())).containsExactly("my word");
        assertThat(types(there())).doesNotContain("m.room.redaction");
        assertThat(types(alpha.pageBack(alice, room, Optional.empty(), 5).chunk()))
                .doesNotContain("m.room.redaction");
    }

    private void open(String version) {
        room =
                alpha.get(
                        () ->
                                alpha.messaging()
                                        .rooms()
                                        .create(alice, RoomRequests.open(version, "v")));
        join(beta, bob);
        alpha.server.push(beta.server);
    }

    private void assertRedacted(EventId target, EventId redaction) {
        var shown = beta.get(() -> beta.messaging().timeline().event(bob, room, target));
        assertThat(shown.pdu().content()).isEqualTo(JsonObject.empty());
        assertThat(shown.redactedBecause())
                .hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(redaction));
        assertThat(bodies(there())).isEmpty();
        assertThat(types(there())).contains("m.room.redaction");
    }

    private boolean isThere(EventId event) {
        return beta.get(() -> beta.server.stores().rooms().events(room, List.of(event)))
                .containsKey(event);
    }

    private List<TimelineEvent> there() {
        return beta.pageBack(bob, room, Optional.empty(), 5).chunk();
    }

    private static void eventually(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
