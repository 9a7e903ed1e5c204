package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.pdu.EventExplanation;
import org.stratafed.api.layer.pdu.EventExplanation.Stage;
import org.stratafed.api.layer.pdu.EventExplanation.Verdict;
import org.stratafed.api.layer.pdu.RoomExplanation;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;

/// Why events are what they are, as who looks after the server is told.
class ExplanationsTest extends HandshakeStage {

    private Arrival arrival;

    @BeforeEach
    void meet() {
        create("12", "public");
        joinThroughAlpha();
        arrival = Arrival.pushed(beta.name, new TransactionId("t1"));
    }

    @Test
    void aRejectedEventIsExplainedByItsRuleAndWhatDecidedAndWhoSentIt() {
        var levels = current("m.room.power_levels", "");
        var topic = made("m.room.topic", content("topic"), it -> it);

        var outcome = receive(topic);

        assertThat(outcome).isInstanceOf(PduOutcome.Rejected.class);
        var why = explain(id(topic));
        var verdict = why.verdict().orElseThrow();
        assertThat(verdict.status()).isEqualTo(EventStatus.REJECTED);
        assertThat(verdict.refusal().orElseThrow().check()).isEqualTo(PduCheck.AUTH_EVENTS);
        assertThat(verdict.refusal().orElseThrow().rule()).contains(new AuthRule("8"));
        assertThat(verdict.deciding())
                .containsExactlyInAnyOrder(create(), levels, current("m.room.member", BOB.value()));
        assertThat(verdict.arrival()).contains(arrival);
        assertThat(outcome.wireError().orElseThrow()).startsWith("rule 8: ");
        assertThat(why.sentence())
                .startsWith("The event " + id(topic) + ", m.room.topic of @bob:beta, was rejected")
                .contains("rule 8 of room version 12")
                .endsWith("it was sent by beta in its transaction t1.");
        assertThat(why.stages()).containsOnlyKeys(Stage.values());
    }

    @Test
    void anAcceptedEventIsExplainedByWhatAllowedIt() {
        var said = message(it -> it);
        assertThat(receive(said)).isInstanceOf(PduOutcome.Accepted.class);

        var verdict = explain(id(said)).verdict().orElseThrow();

        assertThat(verdict.status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(verdict.refusal()).isEmpty();
        assertThat(verdict.deciding())
                .containsExactlyInAnyOrder(
                        create(),
                        current("m.room.power_levels", ""),
                        current("m.room.member", BOB.value()));
        assertThat(verdict.arrival()).contains(arrival);
    }

    @Test
    void anEventOfOurOwnCameFromNobody() {
        assertThat(explain(topic("ours")).verdict().orElseThrow().arrival()).isEmpty();
    }

    @Test
    void aJoinThroughUsWasHandedIn() {
        var join = explain(current("m.room.member", BOB.value()));

        assertThat(join.verdict().orElseThrow().arrival())
                .contains(Arrival.of(Arrival.Way.HANDED_IN, beta.name));
    }

    @Test
    void aBadCopyIsRememberedAndKeepsTheGenuineEventOutNeverAfter() {
        var said = message(it -> it);
        var forged = new RawPdu(said.json().with("signatures", JsonObject.empty()));

        assertThat(receive(forged)).isInstanceOf(PduOutcome.Dropped.class);
        var before = explain(id(said));
        arrival = Arrival.pushed(beta.name, new TransactionId("t2"));
        assertThat(receive(said)).isInstanceOf(PduOutcome.Accepted.class);
        var after = explain(id(said));

        assertThat(before.verdict()).isEmpty();
        assertThat(before.sentence()).contains("was sent by beta in its transaction t1");
        assertThat(before.dropped())
                .singleElement()
                .satisfies(it -> assertThat(it.refusal().check()).isEqualTo(PduCheck.SIGNATURES));
        assertThat(after.verdict().map(Verdict::status)).contains(EventStatus.ACCEPTED);
        assertThat(after.verdict().flatMap(Verdict::arrival)).contains(arrival);
        assertThat(after.dropped()).hasSize(1);
    }

    @Test
    void whatIsNoEventAndWhatIsOfNoRoomOfOursIsFoundByItsOrigin() {
        var noEvent = new RawPdu(JsonObject.builder().put("room_id", room.value()).build());
        var elsewhere = new RoomId("!elsewhere:beta");
        var both = List.of(message(it -> it), noEvent);
        alpha.get(() -> alpha.pdu.onPdus(arrival, room, both));
        alpha.get(() -> alpha.pdu.onPdus(arrival, elsewhere, List.of(noEvent)));
        alpha.get(() -> alpha.pdu.onRoomless(arrival, 1));

        var dropped = alpha.get(() -> alpha.pdu.explanations().dropped(beta.name));

        assertThat(dropped)
                .extracting(DroppedPdu::room)
                .containsExactly(Optional.empty(), Optional.of(elsewhere), Optional.of(room));
        assertThat(dropped.getLast().index()).isEqualTo(1);
        assertThat(dropped).allMatch(it -> it.event().isEmpty() && it.arrival().equals(arrival));
    }

    @Test
    void anEventThatWaitsIsExplainedByWhatIsMissing() {
        var lost = new EventId("$" + "A".repeat(43));
        var late =
                message(it -> it.with("prev_events", JsonArray.ofStrings(List.of(lost.value()))));
        assertThat(receive(late)).isInstanceOf(PduOutcome.Deferred.class);

        var why = explain(id(late));

        assertThat(why.waiting().orElseThrow().missing()).containsExactly(lost);
        assertThat(why.waiting().orElseThrow().arrival()).contains(arrival);
        assertThat(room().waiting()).containsOnlyKeys(id(late));
    }

    @Test
    void aRoomIsExplainedByItsTipAndItsNewestRefusals() {
        var topic = made("m.room.topic", content("topic"), it -> it);
        receive(topic);
        receive(new RawPdu(message(it -> it).json().with("signatures", JsonObject.empty())));

        var why = room();

        assertThat(why.extremities()).hasSize(1);
        assertThat(why.residents()).containsExactlyInAnyOrder(alpha.name, beta.name);
        assertThat(why.refused()).extracting(it -> it.pdu().id()).containsExactly(id(topic));
        assertThat(why.dropped()).hasSize(1);
        assertThat(why.sentence()).contains("of version 12, has 2 servers in it");
    }

    @Test
    void whatWasNeverSeenHasNoExplanation() {
        var explanations = alpha.pdu.explanations();
        assertThat(alpha.get(() -> explanations.event(new EventId("$none")))).isEmpty();
        assertThat(alpha.get(() -> explanations.room(new RoomId("!none:beta")))).isEmpty();
    }

    private EventExplanation explain(EventId event) {
        return alpha.get(() -> alpha.pdu.explanations().event(event)).orElseThrow();
    }

    private RoomExplanation room() {
        return alpha.get(() -> alpha.pdu.explanations().room(room)).orElseThrow();
    }

    private PduOutcome receive(RawPdu pdu) {
        return alpha.get(() -> alpha.pdu.onPdus(arrival, room, List.of(pdu))).get(id(pdu));
    }

    private RawPdu message(UnaryOperator<JsonObject> change) {
        return made("m.room.message", body("hello"), it -> change.apply(it.without("state_key")));
    }

    /// A state event of Bob's after the newest there is.
    private RawPdu made(String type, JsonObject content, UnaryOperator<JsonObject> change) {
        var tip = alpha.get(() -> alpha.stores().rooms().snapshot(room)).orElseThrow();
        var newest = tip.extremities().firstEntry();
        var auth =
                List.of(
                        current("m.room.power_levels", "").value(),
                        current("m.room.member", BOB.value()).value());
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
                        .put("auth_events", JsonArray.ofStrings(auth))
                        .build();
        return beta.made(RULES, change.apply(json));
    }

    private EventId create() {
        return current("m.room.create", "");
    }

    private EventId current(String type, String key) {
        return alpha.get(() -> alpha.pdu.state(room))
                .orElseThrow()
                .event(type, key)
                .orElseThrow()
                .id();
    }
}
