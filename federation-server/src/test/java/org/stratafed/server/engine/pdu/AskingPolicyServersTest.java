package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// Our own events in a room with a policy server: they are signed by it, or are none.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
class AskingPolicyServersTest extends PolicyServerStage {

    @Test
    void anEventIsSignedBeforeAnybodyGetsIt() {
        choose();

        var said = say("hello");

        assertThat(warden.askedToSign.stream().map(HandshakeStage::id)).containsExactly(said);
        var event = stored(alpha, said).orElseThrow();
        assertThat(isSignedBy(event, "warden", "ed25519:policy_server")).isTrue();
        assertThat(isSignedBy(event, "alpha", "ed25519:1")).as("its own is kept").isTrue();
        alpha.push(beta);
        assertThat(stored(beta, said).orElseThrow().status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(warden.askedToSign).as("nobody asks again").hasSize(1);
    }

    @Test
    void aRefusalIsToldAsItIsAndTheEventIsNone() {
        choose();
        warden.signs = _ -> refusal(400, "ORG.EXAMPLE_SPAM", "that looks like spam");

        assertThatThrownBy(() -> say("buy now"))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        answer -> {
                            assertThat(answer.status()).isEqualTo(400);
                            assertThat(answer.body().string("errcode"))
                                    .contains("ORG.EXAMPLE_SPAM");
                            assertThat(answer.body().string("error"))
                                    .contains("that looks like spam");
                        });

        assertThat(stored(alpha, id(warden.askedToSign.getLast()))).isEmpty();
        assertThat(alpha.get(() -> alpha.stores().outbox().pending(beta.name, 50))).isEmpty();
    }

    @Test
    void whereItCanNotBeAskedNothingIsSent() {
        choose();
        warden.deaf = true;

        assertThatThrownBy(() -> say("anybody?"))
                .isInstanceOfSatisfying(
                        MatrixException.class, answer -> assertThat(answer.status()).isEqualTo(502))
                .hasMessageContaining("policy server warden could not be asked");

        assertThat(alpha.get(() -> alpha.stores().outbox().pending(beta.name, 50))).isEmpty();
        warden.deaf = false;
        assertThat(stored(alpha, say("now"))).isPresent();
    }

    /// Or else no room could get rid of one.
    @Test
    void itIsNeverAskedWhoIsToBePolicyServer() {
        choose();
        warden.signs = _ -> refusal(400, "M_FORBIDDEN", "no");
        warden.deaf = true;

        var named = name("second");

        assertThat(stored(alpha, named).orElseThrow().status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(stored(beta, named).orElseThrow().status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(warden.askedToSign).isEmpty();
    }

    @Test
    void itIsAskedAboutTheSameUnderAnotherKey() {
        choose();

        name("anything", "of the same type");
        var message = EventDraft.message(room, ALICE, "m.room.policy", body("as a message"));
        alpha.get(() -> alpha.pdu.submit(message, Optional.empty()));

        assertThat(warden.askedToSign).hasSize(2);
    }

    /// Nobody is made to look after a room that he isn't in.
    @Test
    void aServerThatIsNotInTheRoomIsNotAsked() {
        name("first");

        say("unguarded");
        assertThat(warden.askedToSign).isEmpty();

        wardenJoins();
        say("guarded");
        assertThat(warden.askedToSign).hasSize(1);

        var kick = member(ALICE, GUARD, "leave");
        alpha.get(() -> alpha.pdu.submit(kick, Optional.empty()));
        assertThat(warden.askedToSign).as("about that, too").hasSize(2);
        say("unguarded again");
        assertThat(warden.askedToSign).hasSize(2);
    }

    @Test
    void whatIsNoPolicyIsNone() {
        wardenJoins();
        for (var content :
                List.of(
                        JsonObject.empty(),
                        JsonObject.builder().put("via", "warden").build(),
                        JsonObject.builder()
                                .put("via", "warden")
                                .put("public_keys", JsonObject.empty())
                                .build(),
                        JsonObject.builder()
                                .put("via", 1)
                                .put(
                                        "public_keys",
                                        JsonObject.builder().put("ed25519", "AA").build())
                                .build())) {
            var draft = EventDraft.state(room, ALICE, "m.room.policy", "", content);
            alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
            say("unguarded");
        }

        assertThat(warden.askedToSign).isEmpty();
    }

    @Test
    void withAKeyThatIsNoneNothingPasses() {
        wardenJoins();
        name("no key", "");

        assertThatThrownBy(() -> say("hello"))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("signed with another key");
    }

    @Test
    void aSignatureWithAnotherKeyIsNone() {
        choose();
        warden.signs = event -> Uni.createFrom().item(signature(event, "second"));

        assertThatThrownBy(() -> say("hello"))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("signed with another key");
        assertThat(stored(alpha, id(warden.askedToSign.getLast()))).isEmpty();
    }

    /// The room goes on while one event waits, and that stands beside what came in between.
    @Test
    void nothingElseWaitsForASignature() {
        choose();
        var waiting = new ArrayList<UniEmitter<? super JsonObject>>();
        warden.signs = _ -> Uni.createFrom().emitter(waiting::add);
        var slow = begin(() -> alpha.pdu.submit(message(ALICE, "slow"), Optional.empty()));
        var asked = asked(1);
        warden.signs = event -> Uni.createFrom().item(signature(event, "first"));

        var quick = say("quick");
        complete(waiting.getFirst(), signature(asked, "first"));

        assertThat(slow.join()).isEqualTo(id(asked));
        var tip = alpha.get(() -> alpha.stores().rooms().snapshot(room)).orElseThrow();
        assertThat(tip.extremities().keySet()).containsExactlyInAnyOrder(quick, id(asked));
    }

    @Test
    void aRetryWhileTheFirstWaitsIsTheSameEvent() {
        choose();
        var waiting = new ArrayList<UniEmitter<? super JsonObject>>();
        warden.signs = _ -> Uni.createFrom().emitter(waiting::add);
        var request = new ClientTransaction(ALICE, new DeviceId("PHONE"), new TransactionId("1"));
        Supplier<Uni<EventId>> submit =
                () -> alpha.pdu.submit(message(ALICE, "once"), Optional.of(request));

        var first = begin(submit);
        var asked = asked(1);
        var retry = begin(submit);
        alpha.get(() -> Uni.createFrom().voidItem());
        complete(waiting.getFirst(), signature(asked, "first"));

        assertThat(first.join()).isEqualTo(retry.join());
        assertThat(warden.askedToSign).hasSize(1);
        assertThat(alpha.get(submit)).as("and later, too").isEqualTo(first.join());
        assertThat(warden.askedToSign).hasSize(1);
    }

    @Test
    void anInviteIsSignedBeforeTheInvitedServerGetsIt() {
        choose();
        beta.get(() -> beta.stores().directory().addUser(BETTY));
        var invites = new ArrayList<RawPdu>();
        beta.invited = it -> invites.add(it.pdu());

        var invite = invite(BETTY);

        assertThat(invites.getFirst().json().object("signatures").orElseThrow().keys())
                .contains("warden");
        assertThat(stored(alpha, invite).orElseThrow().status()).isEqualTo(EventStatus.ACCEPTED);

        warden.signs = _ -> refusal(400, "M_FORBIDDEN", "no more");
        assertThatThrownBy(() -> invite(new UserId("@bea:beta")))
                .isInstanceOf(MatrixException.class)
                .hasMessage("no more");
        assertThat(invites).hasSize(1);
    }

    /// Who joins doesn't know the room yet: the server that lets him in asks, and gives him the
    /// join back as it was signed.
    @Test
    void aJoinThroughUsIsSignedOnTheWay() {
        choose();
        var join = join(BETTY, it -> it);

        var answer = alpha.get(() -> sendJoin(join));

        assertThat(warden.askedToSign.stream().map(HandshakeStage::id)).containsExactly(id(join));
        assertThat(answer.event().orElseThrow().json().object("signatures").orElseThrow().keys())
                .containsExactlyInAnyOrder("beta", "warden");
        assertThat(isSignedBy(stored(alpha, id(join)).orElseThrow(), "warden", POLICY_KEY.value()))
                .isTrue();
    }

    @Test
    void whoJoinsKeepsTheSignatureThatHeGotOnTheWay() {
        choose();
        var delta = new Neighbour("delta", directory, loop, street);

        var join =
                delta.get(
                        () ->
                                delta.pdu.join(
                                        room,
                                        delta.user("dora"),
                                        List.of(alpha.name),
                                        JsonObject.empty()));

        var event = stored(delta, join).orElseThrow();
        assertThat(isSignedBy(event, "warden", POLICY_KEY.value())).isTrue();
        assertThat(isSignedBy(event, "delta", "ed25519:1")).isTrue();
        delta.close();
    }

    @Test
    void aMembershipThatIsRefusedIsNotLetInByUs() {
        choose();
        var join = join(BETTY, it -> it);
        var leave = leave(BOB, it -> it);
        warden.signs = _ -> refusal(400, "M_FORBIDDEN", "we are full");

        refused(MatrixErrorCode.FORBIDDEN, "we are full", () -> sendJoin(join));
        refused(MatrixErrorCode.FORBIDDEN, "we are full", () -> sendLeave(leave));

        assertThat(stored(alpha, id(join))).isEmpty();
        assertThat(stored(alpha, id(leave))).isEmpty();
    }

    private CompletableFuture<EventId> begin(Supplier<Uni<EventId>> call) {
        var answer = new CompletableFuture<EventId>();
        loop.execute(
                () -> call.get().subscribe().with(answer::complete, answer::completeExceptionally));
        return answer;
    }

    private RawPdu asked(int number) {
        while (true) {
            var asked = alpha.get(() -> Uni.createFrom().item(List.copyOf(warden.askedToSign)));
            if (asked.size() >= number) {
                return asked.get(number - 1);
            }
        }
    }

    private void complete(UniEmitter<? super JsonObject> waiting, JsonObject answer) {
        loop.execute(() -> waiting.complete(answer));
    }
}
