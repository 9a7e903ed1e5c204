package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.SyncAnswer.Summary;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.layer.messaging.SyncRequest;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.TransactionId;

/// What users are told when they ask what is new.
class FollowingRoomsTest extends SharedRoom {

    @Test
    void aFirstSyncShowsTheRoomAndTheNextOnlyWhatIsNew() {
        var first = alpha.sync(alice);
        var whole = first.join().get(room);
        assertThat(whole.limited()).isFalse();
        assertThat(types(whole.timeline())).startsWith("m.room.create", "m.room.member");
        assertThat(whole.state()).isEmpty();
        assertThat(whole.summary()).contains(new Summary(List.of(), 1, 0));
        assertThat(alpha.sync(alice, first).isEmpty()).isTrue();

        alpha.say(alice, room, "one");
        alpha.say(alice, room, "two");
        var second = alpha.sync(alice, first);
        var update = second.join().get(room);
        assertThat(bodies(update.timeline())).containsExactly("one", "two");
        assertThat(update.limited()).isFalse();
        assertThat(update.state()).isEmpty();
        assertThat(update.summary()).isEmpty();
        assertThat(alpha.sync(alice, second).isEmpty()).isTrue();
    }

    @Test
    void whatDoesNotFitIsPagedBackToWithoutLossOrRepetition() {
        var first = alpha.sync(alice);
        IntStream.range(0, 25).forEach(i -> alpha.say(alice, room, "message " + i));
        var update = alpha.sync(alice, first).join().get(room);
        assertThat(update.limited()).isTrue();
        assertThat(bodies(update.timeline())).startsWith("message 15").endsWith("message 24");
        var seen = new ArrayList<>(bodies(update.timeline()).reversed());
        var token = Optional.of(update.prevBatch());
        while (seen.size() < 25) {
            var page = alpha.pageBack(alice, room, token, 4);
            seen.addAll(bodies(page.chunk()));
            token = page.end();
        }
        assertThat(seen)
                .startsWith("message 24", "message 23")
                .endsWith("message 1", "message 0")
                .doesNotHaveDuplicates()
                .hasSize(25);
    }

    /// The client has the old name, and the timeline doesn't tell of the new one.
    @Test
    void whatChangedInAGapIsState() {
        var first = alpha.sync(alice);
        setState(alice, "m.room.name", json("{'name': 'Attic'}"));
        IntStream.range(0, 12).forEach(i -> alpha.say(alice, room, "message " + i));
        var update = alpha.sync(alice, first).join().get(room);
        assertThat(update.state())
                .extracting(it -> it.pdu().content())
                .containsExactly(json("{'name': 'Attic'}"));
    }

    @Test
    void aMemberIsCountedAndGivenToWhoLoadsMembersLazily() {
        join(alpha, anna);
        alpha.say(anna, room, "hello");
        var lazy = new SyncFilter(Optional.empty(), List.of(), false, limit(1), Household.LAZY);
        var update = alpha.sync(alice, lazy).join().get(room);
        assertThat(bodies(update.timeline())).containsExactly("hello");
        assertThat(update.summary()).contains(new Summary(List.of(anna), 2, 0));
        assertThat(members(update)).containsExactlyInAnyOrder(alice.value(), anna.value());
    }

    @Test
    void onlyTheDeviceThatSentAnEventLearnsWhichRequestMadeIt() {
        var first = alpha.sync(alice);
        var transaction = new ClientTransaction(alice, Household.PHONE, new TransactionId("t1"));
        var sent = send(transaction);
        assertThat(send(transaction)).isEqualTo(sent);
        var event = alpha.sync(alice, first).join().get(room).timeline().getLast();
        assertThat(event.pdu().id()).isEqualTo(sent);
        assertThat(event.transaction()).contains(new TransactionId("t1"));

        var tablet =
                new SyncRequest(
                        alice,
                        new DeviceId("TABLET"),
                        Optional.of(first.nextBatch()),
                        Duration.ZERO,
                        false,
                        SyncFilter.ALL);
        var there = alpha.get(() -> alpha.messaging().timeline().sync(tablet));
        assertThat(there.join().get(room).timeline())
                .extracting(TimelineEvent::transaction)
                .containsExactly(Optional.empty());
    }

    @Test
    void whoWaitsIsToldWhenSomethingHappensInARoomOfTheirs() {
        var token = alpha.sync(alice).nextBatch();
        var elsewhere = alpha.sync(anna).nextBatch();
        var bystander = alpha.startSync(Household.request(anna, Optional.of(elsewhere), 30));
        for (String word : List.of("wake up", "and stay awake")) {
            var answer = alpha.startSync(Household.request(alice, Optional.of(token), 30));
            assertThat(answer).isNotDone();
            alpha.say(alice, room, word);
            assertThat(bodies(answer.join().join().get(room).timeline())).containsExactly(word);
            token = answer.join().nextBatch();
        }
        assertThat(bystander).isNotDone();
    }

    @Test
    void whoWaitsIsToldOfAnInvite() {
        var first = alpha.sync(anna);
        var answer = alpha.startSync(Household.request(anna, Optional.of(first.nextBatch()), 30));
        assertThat(answer).isNotDone();
        alpha.get(() -> alpha.messaging().memberships().invite(room, alice, anna, none()));
        assertThat(answer.join().invite()).containsOnlyKeys(room);
    }

    @Test
    void whoWaitsInVainIsToldSo() {
        var first = alpha.sync(alice);
        var answer = alpha.startSync(Household.request(alice, Optional.of(first.nextBatch()), 30));
        alpha.get(() -> alpha.clock.turn(Duration.ofSeconds(29)));
        assertThat(answer).isNotDone();
        alpha.get(() -> alpha.clock.turn(Duration.ofSeconds(1)));
        assertThat(answer.join().isEmpty()).isTrue();
        assertThat(answer.join().nextBatch()).isEqualTo(first.nextBatch());
    }

    @Test
    void aTokenOfSomebodyElseIsAnInvalidParameter() {
        for (String token : List.of("nonsense", "s1_999999")) {
            var request = Household.request(alice, Optional.of(token), 0);
            assertError(
                    MatrixErrorCode.INVALID_PARAM,
                    () -> alpha.get(() -> alpha.messaging().timeline().sync(request)));
        }
    }

    @Test
    void aRoomOneLeftIsShownUpToThenAndNoFurther() {
        join(alpha, anna);
        var first = alpha.sync(anna);
        alpha.say(alice, room, "goodbye");
        alpha.get(() -> alpha.messaging().memberships().leave(room, anna, none()));
        alpha.say(alice, room, "she is gone");
        setState(alice, "m.room.name", json("{'name': 'Attic'}"));

        var answer = alpha.sync(anna, first);
        assertThat(answer.join()).isEmpty();
        var left = answer.leave().get(room);
        assertThat(bodies(left.timeline())).containsExactly("goodbye");
        assertThat(left.timeline().getLast().pdu().stateKey()).contains(anna.value());
        assertThat(bodies(alpha.pageBack(anna, room, Optional.empty(), 50).chunk()))
                .containsExactly("goodbye");
        assertThat(name(anna)).isEqualTo("Lobby");
        assertThat(name(alice)).isEqualTo("Attic");
        assertThat(alpha.sync(anna, answer).isEmpty()).isTrue();
    }
}
