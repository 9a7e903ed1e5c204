package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.StoredEvent;

/// What becomes of events that come after a rejected one, or rest on one.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#rejection">Rejection</a>
class RejectedEventsTest extends HandshakeStage {

    private RawPdu rejected;

    /// Bob, who may not, makes himself the most powerful.
    @BeforeEach
    void reject() {
        create("12", "public");
        joinThroughAlpha();
        topic("as it was");
        var levels = JsonObject.builder().put(BOB.value(), 100).build();
        rejected =
                made(
                        "m.room.power_levels",
                        JsonObject.builder().put("users", levels).build(),
                        it -> it);
        assertThat(receive(rejected)).isInstanceOf(PduOutcome.Rejected.class);
    }

    @Test
    void anEventWithARejectedAuthEventIsRejected() {
        var levels = stored("m.room.power_levels").pdu().id();
        var topic =
                made(
                        "m.room.topic",
                        JsonObject.builder().put("topic", "bob's").build(),
                        it ->
                                it.with(
                                        "auth_events",
                                        JsonArray.ofStrings(
                                                it
                                                        .array("auth_events")
                                                        .flatMap(JsonArray::strings)
                                                        .orElseThrow()
                                                        .stream()
                                                        .map(
                                                                id ->
                                                                        id.equals(levels.value())
                                                                                ? id(rejected)
                                                                                        .value()
                                                                                : id)
                                                        .toList())));

        var outcome = receive(topic);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PduOutcome.Rejected.class,
                        it -> {
                            assertThat(it.refusal().check()).isEqualTo(PduCheck.AUTH_EVENTS);
                            assertThat(it.refusal().text()).contains("3.3");
                        });
        assertThat(stored("m.room.topic").pdu().content().string("topic")).contains("as it was");
    }

    /// The state before it is as if the rejected one had not been.
    @Test
    void anEventAfterARejectedOneIsTakenAndTheRejectedOneChangesNoState() {
        var before = stored("m.room.power_levels").pdu().id();
        var said =
                made(
                        "m.room.message",
                        body("well"),
                        it ->
                                it.without("state_key")
                                        .with(
                                                "prev_events",
                                                JsonArray.ofStrings(
                                                        List.of(id(rejected).value()))));

        assertThat(receive(said)).isInstanceOf(PduOutcome.Accepted.class);

        assertThat(stored("m.room.power_levels").pdu().id()).isEqualTo(before);
        assertThat(event(id(rejected)).status()).isEqualTo(EventStatus.REJECTED);
        var tip = alpha.get(() -> alpha.stores().rooms().snapshot(room)).orElseThrow();
        assertThat(tip.extremities().keySet()).containsExactly(id(said));
    }

    @Test
    void noEventOfOursComesAfterARejectedOne() {
        var mine = topic("of alice");

        assertThat(event(mine).pdu().prevEvents()).doesNotContain(id(rejected));
    }

    private PduOutcome receive(RawPdu pdu) {
        return alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(pdu))).get(id(pdu));
    }

    /// A state event of Bob's after the newest there is, with the auth events that it should have.
    private RawPdu made(String type, JsonObject content, UnaryOperator<JsonObject> change) {
        var tip = alpha.get(() -> alpha.stores().rooms().snapshot(room)).orElseThrow();
        var newest = tip.extremities().firstEntry();
        var json =
                JsonObject.builder()
                        .put("type", type)
                        .put("state_key", "")
                        .put("room_id", room.value())
                        .put("sender", BOB.value())
                        .put("content", content)
                        .put("depth", JsonNumber.of(newest.getValue().depth() + 1))
                        .put("origin_server_ts", 1)
                        .put("prev_events", JsonArray.ofStrings(List.of(newest.getKey().value())))
                        .put(
                                "auth_events",
                                JsonArray.ofStrings(
                                        List.of(
                                                stored("m.room.power_levels").pdu().id().value(),
                                                member().value())))
                        .build();
        return beta.made(RULES, change.apply(json));
    }

    private EventId member() {
        return alpha.get(() -> alpha.pdu.state(room))
                .orElseThrow()
                .event("m.room.member", BOB.value())
                .orElseThrow()
                .id();
    }

    private StoredEvent stored(String type) {
        return event(
                alpha.get(() -> alpha.pdu.state(room))
                        .orElseThrow()
                        .event(type, "")
                        .orElseThrow()
                        .id());
    }

    private StoredEvent event(EventId id) {
        return alpha.get(() -> alpha.stores().rooms().events(room, List.of(id))).get(id);
    }
}
