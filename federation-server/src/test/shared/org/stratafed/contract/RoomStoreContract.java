package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.contract.SampleEvent.id;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.redaction;
import static org.stratafed.contract.SampleEvent.state;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.CommitResult.Conflict;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomSnapshot.Extremity;
import org.stratafed.api.spi.store.StoredEvent;

/// What every [org.stratafed.api.spi.store.RoomStore] does with events and commits.
public abstract class RoomStoreContract extends StoreContract {

    @Test
    void aRoomNobodyCommittedIsUnknown() {
        var room = SampleRoom.unknown(under(), "lobby");
        assertThat(await(rooms().snapshot(room.id))).isEmpty();
        assertThat(await(rooms().events(room.id, List.of(id("a"))))).isEmpty();
        assertThat(await(rooms().roomOf(id("a")))).isEmpty();
    }

    @Test
    void aCommitShowsInTheSnapshotAndSurvivesARestart() {
        var room = SampleRoom.created(under(), "lobby");
        room.add(message("hello").depth(7));

        var expected = new Extremity(7, room.current());
        for (int start = 0; start < 2; start++) {
            RoomSnapshot snapshot = snapshot(room.id);
            assertThat(snapshot.revision()).isEqualTo(2);
            assertThat(snapshot.version()).isEqualTo(CommitDraft.VERSION);
            assertThat(snapshot.current()).isEqualTo(new StatePoint(0, 1));
            assertThat(snapshot.nextLine()).isEqualTo(1);
            assertThat(snapshot.completeness()).isEqualTo(StateCompleteness.COMPLETE);
            assertThat(snapshot.extremities()).containsOnlyKeys(id("hello"));
            assertThat(snapshot.extremities()).containsEntry(id("hello"), expected);
            restart();
        }
    }

    @Test
    void aCommitAnswersWithItsEventsAsTheyAreStored() {
        var room = SampleRoom.created(under(), "lobby");
        Pdu live = room.following(message("live"));
        var draft = room.with(room.next(), live).outlier(message("aside").in(room.id));

        var answered = room.commit(draft, live).events();

        assertThat(answered).hasSize(2);
        assertThat(answered.getFirst().position()).isPresent();
        assertThat(await(rooms().events(room.id, List.of(id("live"), id("aside")))).values())
                .containsExactlyElementsOf(answered);
    }

    @Test
    void severalExtremitiesKeepTheirOrder() {
        var room = SampleRoom.created(under(), "lobby");
        Pdu b = room.following(message("b"));
        Pdu a = room.following(message("a"));
        Pdu c = room.following(message("c"));
        var draft = room.next();
        for (Pdu pdu : List.of(b, a, c)) {
            draft.live(pdu, room.current(), room.current());
        }
        room.commit(draft.extremities(b.id(), a.id(), c.id()));

        assertThat(snapshot(room.id).extremities().sequencedKeySet())
                .containsExactly(b.id(), a.id(), c.id());
    }

    @Test
    void theServersOfARoomWithPartialStateAreKeptUntilItIsComplete() {
        var room = SampleRoom.created(under(), "lobby");
        var servers = new LinkedHashSet<ServerName>();
        servers.add(new ServerName("b.example"));
        servers.add(new ServerName("a.example:8448"));
        var partial = new StateCompleteness.Partial(servers);

        room.commit(room.next().completeness(partial));
        assertThat(snapshot(room.id).completeness()).isEqualTo(partial);
        room.commit(room.next());
        assertThat(snapshot(room.id).completeness()).isEqualTo(StateCompleteness.COMPLETE);
    }

    @Test
    void aCommitBasedOnAnOlderRevisionIsAConflictAndChangesNothing() {
        var room = SampleRoom.created(under(), "lobby");
        room.add(message("first"));
        Pdu late = room.following(message("late"));

        var stale =
                new CommitDraft(room.id, 1)
                        .live(late, room.current(), room.current())
                        .extremities(late.id())
                        .current(room.current())
                        .send(late.id(), "a.example");
        assertThat(await(rooms().commit(stale.build()))).isEqualTo(new Conflict(2));
        assertThat(await(rooms().events(room.id, List.of(late.id())))).isEmpty();
        assertThat(snapshot(room.id).extremities()).containsOnlyKeys(id("first"));
        assertThat(await(outbox().pendingDestinations())).isEmpty();
    }

    @Test
    void aCommitBasedOnARoomThatIsNotHereIsAConflict() {
        var room = SampleRoom.unknown(under(), "lobby");
        var draft = new CommitDraft(room.id, 3).outlier(message("a").in(room.id));
        assertThat(await(rooms().commit(draft.build()))).isEqualTo(new Conflict(0));
        assertThat(await(rooms().roomOf(id("a")))).isEmpty();
    }

    /// Its last part builds on a line of state that doesn't exist.
    @Test
    void aCommitThatFailsInTheMiddleLeavesNothing() {
        var room = SampleRoom.created(under(), "lobby");
        long position = await(timeline().position());
        Pdu topic = room.following(state("topic", "m.room.topic", ""));
        var nowhere = new StatePoint(7, 1);
        var draft =
                room.next()
                        .live(topic, room.current(), nowhere)
                        .send(topic.id(), "a.example")
                        .change(nowhere, topic.stateTuple().orElseThrow(), Optional.of(topic.id()))
                        .extremities(topic.id());

        assertThatThrownBy(() -> await(rooms().commit(draft.build()))).isNotNull();
        assertThat(snapshot(room.id).revision()).isEqualTo(1);
        assertThat(snapshot(room.id).extremities()).doesNotContainKey(topic.id());
        assertThat(await(rooms().events(room.id, List.of(topic.id())))).isEmpty();
        assertThat(await(outbox().pendingDestinations())).isEmpty();
        assertThat(await(timeline().position())).isEqualTo(position);
        assertThat(room.add(message("next")).position()).isEqualTo(position + 1);
    }

    @Test
    void eventsOfAllKindsComeBackAsTheyWereWritten() {
        var room = SampleRoom.created(under(), "lobby");
        var point = room.current();
        Pdu live = room.following(message("live"));
        Pdu soft = room.following(message("soft"));
        Pdu rejected = room.following(message("rejected").allowedBy("lobby-create"));
        Pdu outlier = state("outlier", "m.room.name", "").allowedBy("unheard-of").in(room.id);
        Pdu old = message("old").in(room.id);
        room.commit(
                room.next()
                        .live(live, point, point)
                        .softFailed(soft, point, point)
                        .rejected(rejected, point)
                        .outlier(outlier)
                        .historical(old, point, order("lobby-create", room.id)),
                live);

        restart();
        assertThat(event(live, room.id).status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(event(live, room.id).position()).isPresent();
        assertThat(event(live, room.id).order()).isPresent();
        assertStored(soft, room.id, EventKind.LIVE, EventStatus.SOFT_FAILED);
        assertStored(rejected, room.id, EventKind.LIVE, EventStatus.REJECTED);
        assertStored(outlier, room.id, EventKind.OUTLIER, EventStatus.ACCEPTED);
        assertThat(event(soft, room.id).refusal()).contains(CommitDraft.REFUSAL);
        assertThat(event(soft, room.id).before()).contains(point);
        assertThat(event(outlier, room.id).before()).isEmpty();
        assertThat(event(outlier, room.id).after()).isEmpty();
        assertThat(event(old, room.id).kind()).isEqualTo(EventKind.HISTORICAL);
        assertThat(event(old, room.id).position()).isEmpty();
        assertThat(event(old, room.id).order()).isPresent();
    }

    @Test
    void eventsComeInTheOrderAskedAndUnknownOnesAreLeftOut() {
        var room = SampleRoom.created(under(), "lobby");
        var draft = room.next();
        IntStream.range(0, 3_000).forEach(i -> draft.outlier(message("e" + i).in(room.id)));
        room.commit(draft);

        List<EventId> asked =
                IntStream.range(0, 3_000).mapToObj(i -> id("e" + (i * 7 % 3_001))).toList();
        List<EventId> stored = asked.stream().filter(id -> !id.equals(id("e3000"))).toList();
        assertThat(stored.size()).isLessThan(asked.size());
        assertThat(await(rooms().events(room.id, asked)).sequencedKeySet())
                .containsExactlyElementsOf(stored);
    }

    @Test
    void anEventIsKnownInItsRoomOnly() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        lobby.add(message("hello"));
        assertThat(await(rooms().events(attic.id, List.of(id("hello"))))).isEmpty();
        assertThat(await(rooms().roomOf(id("hello")))).contains(lobby.id);
    }

    /// It is only cited: nothing of it is here.
    @Test
    void aCitedEventIsNotStored() {
        var room = SampleRoom.created(under(), "lobby");
        room.add(message("hello").after("lost").allowedBy("lost-too"));
        assertThat(await(rooms().events(room.id, List.of(id("lost"), id("lost-too"))))).isEmpty();
        assertThat(await(rooms().roomOf(id("lost")))).isEmpty();
    }

    @Test
    void anOutlierThatIsPlacedGetsAPosition() {
        var room = SampleRoom.created(under(), "lobby");
        Pdu event = room.following(message("late"));
        room.commit(room.next().outlier(event));
        assertThat(event(event, room.id).position()).isEmpty();

        var committed = room.add(event);
        StoredEvent placed = event(event, room.id);
        assertThat(placed.kind()).isEqualTo(EventKind.LIVE);
        assertThat(placed.position()).isEqualTo(OptionalLong.of(committed.position()));
        assertThat(placed.after()).contains(room.current());
    }

    @Test
    void anEventJudgedAgainLosesItsRefusalAndIsReplacedByTheNewCopy() {
        var room = SampleRoom.created(under(), "lobby");
        Pdu event = room.following(message("again"));
        room.commit(room.next().softFailed(event, room.current(), room.current()));
        Pdu signedOnceMore =
                new Pdu(
                        event.id(),
                        room.id,
                        event.json().with("hashes", event.content()),
                        event.prevEvents(),
                        event.authEvents(),
                        Optional.empty());
        room.add(signedOnceMore);

        StoredEvent stored = event(event, room.id);
        assertThat(stored.status()).isEqualTo(EventStatus.ACCEPTED);
        assertThat(stored.refusal()).isEmpty();
        assertThat(stored.pdu()).isEqualTo(signedOnceMore);
    }

    @Test
    void whatAnEventRedactsComesBackWithIt() {
        var room = SampleRoom.created(under(), "lobby");
        Pdu redaction = room.following(redaction("redaction", "lobby-create"));
        room.add(redaction);
        assertThat(event(redaction, room.id).pdu().redacts()).contains(id("lobby-create"));
    }

    private RoomSnapshot snapshot(RoomId room) {
        return await(rooms().snapshot(room)).orElseThrow();
    }

    private long order(String name, RoomId room) {
        return await(rooms().events(room, List.of(id(name)))).get(id(name)).order().getAsLong();
    }

    private StoredEvent event(Pdu pdu, RoomId room) {
        return await(rooms().events(room, List.of(pdu.id()))).get(pdu.id());
    }

    private void assertStored(Pdu pdu, RoomId room, EventKind kind, EventStatus status) {
        StoredEvent stored = event(pdu, room);
        assertThat(stored.pdu()).isEqualTo(pdu);
        assertThat(stored.pdu().prevEvents()).isEqualTo(pdu.prevEvents());
        assertThat(stored.pdu().authEvents()).isEqualTo(pdu.authEvents());
        assertThat(stored.kind()).isEqualTo(kind);
        assertThat(stored.status()).isEqualTo(status);
        assertThat(stored.position()).isEmpty();
        assertThat(stored.order()).isEmpty();
    }
}
