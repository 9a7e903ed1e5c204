package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.store.StoredEvent;

/// Events of others in a room with a policy server: the last of the checks on receipt.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
class PolicyServerSignaturesTest extends PolicyServerStage {

    @Test
    void aSignedEventIsTakenAndNobodyIsAsked() {
        choose();
        var said = ofBob("hello");
        var signed = merged(said, signature(said, "first"));

        assertThat(receive(signed)).isInstanceOf(PduOutcome.Accepted.class);

        assertThat(warden.askedToSign).isEmpty();
    }

    @Test
    void anUnsignedEventWaitsUntilItIsSigned() {
        choose();
        var said = ofBob("hello");

        assertThat(receive(said)).isInstanceOf(PduOutcome.Deferred.class);

        eventually(() -> status(said).equals(Optional.of(EventStatus.ACCEPTED)));
        assertThat(warden.askedToSign.stream().map(HandshakeStage::id)).containsExactly(id(said));
        var event = stored(alpha, id(said)).orElseThrow();
        assertThat(isSignedBy(event, "warden", POLICY_KEY.value())).isTrue();
        assertThat(isSignedBy(event, "beta", "ed25519:1")).as("its sender's is kept").isTrue();
        assertThat(alpha.get(() -> alpha.stores().rooms().staged(room))).isEmpty();
    }

    @Test
    void anEventThatIsRefusedFailsSoftly() {
        choose();
        warden.signs = _ -> refusal(400, "M_FORBIDDEN", "that looks like spam");
        var said = ofBob("buy now");

        receive(said);

        eventually(() -> status(said).equals(Optional.of(EventStatus.SOFT_FAILED)));
        var event = stored(alpha, id(said)).orElseThrow();
        assertThat(event.refusal().orElseThrow().check()).isEqualTo(PduCheck.POLICY_SERVER);
        assertThat(event.refusal().orElseThrow().reason()).contains("that looks like spam");
        var mine = alpha.get(() -> alpha.stores().rooms().snapshot(room)).orElseThrow();
        assertThat(mine.extremities().keySet()).doesNotContain(id(said));
        receive(said);
        assertThat(warden.askedToSign).as("a refusal is remembered").hasSize(1);
    }

    @Test
    void whatTheRulesDenyIsNotAskedAbout() {
        choose();
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        int asked = warden.askedToSign.size();
        var tip = alpha.get(() -> alpha.stores().rooms().snapshot(room)).orElseThrow();
        assertThat(tip.extremities()).hasSize(1);

        assertThat(receive(ofBob("but"))).isInstanceOf(PduOutcome.Rejected.class);

        assertThat(warden.askedToSign).hasSize(asked);
    }

    /// It was signed with the key that the room named before.
    @Test
    void anEventWithASignatureOfAnotherKeyIsAskedAboutAgain() {
        choose();
        var said = ofBob("hello");
        var signed = merged(said, signature(said, "first"));
        name("second");
        warden.signs = event -> Uni.createFrom().item(signature(event, "second"));

        receive(signed);

        eventually(() -> status(said).equals(Optional.of(EventStatus.ACCEPTED)));
        var kept = stored(alpha, id(said)).orElseThrow().pdu().json();
        assertThat(JsonSigning.signature(kept, warden.name, POLICY_KEY))
                .hasValueSatisfying(
                        it ->
                                assertThat(it)
                                        .isEqualTo(
                                                JsonSigning.signature(
                                                                merged(
                                                                                said,
                                                                                signature(
                                                                                        said,
                                                                                        "second"))
                                                                        .json(),
                                                                warden.name,
                                                                POLICY_KEY)
                                                        .orElseThrow()));
    }

    /// The room has not heard of its new key.
    @Test
    void anAnswerSignedWithAnotherKeyIsNone() {
        choose();
        warden.signs = event -> Uni.createFrom().item(signature(event, "second"));
        var said = ofBob("hello");

        receive(said);

        eventually(() -> status(said).equals(Optional.of(EventStatus.SOFT_FAILED)));
        assertThat(stored(alpha, id(said)).orElseThrow().refusal().orElseThrow().reason())
                .contains("signed with another key");
    }

    @Test
    void anAnswerWithoutASignatureIsNone() {
        choose();
        warden.signs = _ -> Uni.createFrom().item(JsonObject.empty());
        var said = ofBob("hello");

        receive(said);

        eventually(() -> status(said).equals(Optional.of(EventStatus.SOFT_FAILED)));
        assertThat(warden.askedToSign).hasSize(1);
    }

    /// Its server signs it like any other, and the policy server's key is one more.
    @Test
    void anEventOfThePolicyServersOwnUserHasBothSignatures() {
        choose();
        var said = made(warden, GUARD, "all is well", Optional.empty());

        receive(said);

        eventually(() -> status(said).equals(Optional.of(EventStatus.ACCEPTED)));
        var event = stored(alpha, id(said)).orElseThrow();
        assertThat(isSignedBy(event, "warden", "ed25519:1")).isTrue();
        assertThat(isSignedBy(event, "warden", POLICY_KEY.value())).isTrue();
    }

    /// What comes after the one that waits waits with it; all else goes on.
    @Test
    void theRoomGoesOnWhileAnEventWaits() {
        choose();
        warden.signs = _ -> Uni.createFrom().nothing();
        var slow = ofBob("slow");
        var after = made(beta, BOB, "after that", Optional.of(slow));
        var beside = ofBob("beside");
        receive(slow);
        receive(merged(after, signature(after, "first")));

        assertThat(receive(merged(beside, signature(beside, "first"))))
                .isInstanceOf(PduOutcome.Accepted.class);

        assertThat(status(slow)).isEmpty();
        assertThat(status(after)).isEmpty();
        assertThat(receive(merged(slow, signature(slow, "first"))))
                .as("somebody else has asked")
                .isInstanceOf(PduOutcome.Accepted.class);
        eventually(() -> status(after).equals(Optional.of(EventStatus.ACCEPTED)));
    }

    @Test
    void aPolicyServerThatIsAwayIsWaitedForAWhileAndThenNotAgain() {
        choose();
        alpha.atOnce = Duration.ZERO;
        warden.deaf = true;
        var first = ofBob("first");
        receive(first);
        for (int i = 0; i < 2; i++) {
            assertThat(status(first)).as("attempt " + i).isEmpty();
            eventually(() -> alpha.passTime() > 0);
        }
        eventually(
                () -> {
                    alpha.passTime();
                    return status(first).equals(Optional.of(EventStatus.SOFT_FAILED));
                });
        assertThat(stored(alpha, id(first)).orElseThrow().refusal().orElseThrow().check())
                .isEqualTo(PduCheck.POLICY_SERVER);
        assertThat(alpha.refusals()).anyMatch(it -> it.contains("can't be asked"));
        warden.deaf = false;

        var second = ofBob("second");
        receive(second);

        eventually(() -> status(second).equals(Optional.of(EventStatus.SOFT_FAILED)));
        assertThat(warden.askedToSign).as("it rests").isEmpty();
    }

    @Test
    void aFailureThatPassesIsTriedAgain() {
        choose();
        warden.signs = _ -> refusal(503, "M_UNKNOWN", "not now");
        var said = ofBob("hello");
        receive(said);
        eventually(() -> warden.askedToSign.size() == 1);
        warden.signs = event -> Uni.createFrom().item(signature(event, "first"));

        eventually(
                () -> {
                    alpha.passTime();
                    return status(said).equals(Optional.of(EventStatus.ACCEPTED));
                });
    }

    @Test
    void whatWaitedIsAskedAboutAfterARestart() {
        choose();
        warden.signs = _ -> Uni.createFrom().nothing();
        var said = ofBob("hello");
        receive(said);
        eventually(() -> warden.askedToSign.size() == 1);
        assertThat(alpha.get(() -> alpha.stores().rooms().staged(room)))
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo(PduOutcome.Wait.POLICY));
        alpha.close();
        warden.signs = event -> Uni.createFrom().item(signature(event, "first"));

        alpha = new Neighbour("alpha", directory, loop, street);
        loop.execute(alpha.pdu::start);

        eventually(() -> status(said).equals(Optional.of(EventStatus.ACCEPTED)));
    }

    @Test
    void whoIsToBePolicyServerIsTakenFromOthersUnsigned() {
        choose();
        var levels =
                EventDraft.state(
                        room,
                        ALICE,
                        "m.room.power_levels",
                        "",
                        JsonObject.builder()
                                .put("users", JsonObject.builder().put(BOB.value(), 100).build())
                                .build());
        alpha.get(() -> alpha.pdu.submit(levels, Optional.empty()));
        alpha.push(beta);
        warden.deaf = true;
        var none = EventDraft.state(room, BOB, "m.room.policy", "", JsonObject.empty());
        var event = beta.get(() -> beta.pdu.submit(none, Optional.empty()));
        beta.push(alpha);

        assertThat(stored(alpha, event).orElseThrow().status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(stored(alpha, say("free"))).as("and the room has none any more").isPresent();
    }

    /// What was sent before the room had one, and comes later, is asked about.
    @Test
    void theStateCountsWhenTheEventComes() {
        wardenJoins();
        var early = ofBob("early");
        name("first");

        receive(early);

        eventually(() -> status(early).equals(Optional.of(EventStatus.ACCEPTED)));
        assertThat(warden.askedToSign.stream().map(HandshakeStage::id)).containsExactly(id(early));
    }

    @Test
    void historyIsNotAskedAbout() {
        var before = say("before");
        choose();
        var delta = new Neighbour("delta", directory, loop, street);
        delta.get(
                () ->
                        delta.pdu.join(
                                room, delta.user("dora"), List.of(alpha.name), JsonObject.empty()));
        int asked = warden.askedToSign.size();

        for (int i = 0; i < 5; i++) {
            delta.get(() -> delta.pdu.backfill(room, 10));
        }

        assertThat(stored(delta, before).orElseThrow().status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(warden.askedToSign).hasSize(asked);
        delta.close();
    }

    private PduOutcome receive(RawPdu pdu) {
        return alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(pdu))).get(id(pdu));
    }

    private Optional<EventStatus> status(RawPdu pdu) {
        return stored(alpha, id(pdu)).map(StoredEvent::status);
    }

    private static RawPdu merged(RawPdu event, JsonObject signatures) {
        var signature =
                signatures
                        .object("warden")
                        .flatMap(keys -> keys.string(POLICY_KEY.value()))
                        .orElseThrow();
        return new RawPdu(
                JsonSigning.withSignature(
                        event.json(), new ServerName("warden"), POLICY_KEY, signature));
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }
}
