package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.state;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.contract.SampleEvent;
import org.stratafed.contract.SampleRoom;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.SimStoresUnderTest;

/// Each of the checks that look at commits, made to fire by a commit that no engine should make.
class StoreChecksTest {

    private static final ServerName PEER = new ServerName("peer.example");

    private final Violations violations = new Violations();

    private SimStoresUnderTest stores;

    private SampleRoom room(Function<Violations, Observer> check) {
        stores = new SimStoresUnderTest(check.apply(violations));
        var room = SampleRoom.created(stores, "lobby");
        assertThat(violations.texts()).isEmpty();
        return room;
    }

    @Test
    void aSoftFailedForwardExtremityIsNoticed() {
        var room = room(SoundExtremities::new);
        var event = room.following(message("hello"));

        room.commit(room.next().softFailed(event, room.current(), room.current()), event);

        assertThat(violations.texts())
                .singleElement()
                .asString()
                .contains("m.room.message", "forward extremity", "SOFT_FAILED");
    }

    @Test
    void aRoomWithoutForwardExtremitiesIsNoticed() {
        var room = room(SoundExtremities::new);

        room.commit(room.next().extremities());

        assertThat(violations.texts()).singleElement().asString().contains("without forward");
    }

    @Test
    void anAcceptedEventWhoseAuthEventIsMissingIsNoticed() {
        var room = room(SoundAuthChains::new);

        room.add(message("hello").allowedBy("unheard-of"));

        assertThat(violations.texts())
                .singleElement()
                .asString()
                .contains("$unheard-of is missing");
    }

    @Test
    void anAcceptedEventWhoseAuthEventWasRejectedIsNoticed() {
        var room = room(SoundAuthChains::new);
        var bad = room.following(state("bad", "m.room.topic", ""));
        room.commit(room.next().rejected(bad, room.current()));

        room.add(message("hello").allowedBy("bad"));

        assertThat(violations.texts()).singleElement().asString().contains("$bad is REJECTED");
    }

    @Test
    void anEventForAServerThatIsNotInTheRoomIsNoticed() {
        var room = room(OnlyMembersReceive::new);
        room.add(SampleEvent.member("join", "@bob:peer.example", "join"));
        var event = room.following(message("hello"));

        room.commit(
                room.with(room.next(), event).send(event.id(), PEER.value(), "stranger.example"),
                event);

        assertThat(violations.texts())
                .singleElement()
                .asString()
                .contains("[stranger.example]")
                .doesNotContain("[peer.example]");
    }

    @Test
    void anEventForTheServerItselfIsNoticed() {
        var room = room(OnlyMembersReceive::new);
        var event = room.following(message("hello"));

        room.commit(
                room.with(room.next(), event).send(event.id(), StoresUnderTest.LOCAL.value()),
                event);

        assertThat(violations.texts()).anyMatch(it -> it.contains("to itself"));
    }

    /// Whoever is kicked gets to know it, also by the event that ends his being there.
    @Test
    void anEventAboutAServersUserMayGoThere() {
        var room = room(OnlyMembersReceive::new);
        var invite = room.following(SampleEvent.member("invite", "@bob:peer.example", "invite"));

        room.commit(room.with(room.next(), invite).send(invite.id(), PEER.value()), invite);

        assertThat(violations.texts()).isEmpty();
    }

    @Test
    void aSecondResponseToATransactionIsNoticed() {
        room(ProcessedOnce::new);
        var inbox = stores.stores().inbox();
        var transaction = new TransactionId("t1");

        stores.await(inbox.record(PEER, transaction, new byte[] {1}));
        assertThat(violations.texts()).isEmpty();
        stores.await(inbox.record(PEER, transaction, new byte[] {1}));

        assertThat(violations.texts()).singleElement().asString().contains("t1", "twice");
    }
}
