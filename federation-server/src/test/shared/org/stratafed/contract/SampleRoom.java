package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.api.spi.store.CommitResult.Committed;

/// A room that grows in a line, so that a test says only what it is about: each event follows the
/// one before, and state steps along line 0.
public final class SampleRoom {

    public final RoomId id;

    private final StoresUnderTest under;
    private final RoomVersion version;
    private long revision;
    private StatePoint current = new StatePoint(0, 0);
    private Optional<EventId> tip = Optional.empty();

    private SampleRoom(StoresUnderTest under, String name, RoomVersion version) {
        this.under = under;
        this.version = version;
        id = new RoomId("!" + name + ":" + StoresUnderTest.LOCAL);
    }

    /// A room with a create event, `$NAME-create`.
    public static SampleRoom created(StoresUnderTest under, String name) {
        return created(under, name, CommitDraft.VERSION);
    }

    public static SampleRoom created(StoresUnderTest under, String name, RoomVersion version) {
        var room = new SampleRoom(under, name, version);
        var event = SampleEvent.state(name + "-create", "m.room.create", "");
        Pdu create = event.with("creator", SampleEvent.ALICE).in(room.id);
        room.commit(room.withState(room.next().line(0, Optional.empty()), create), create);
        return room;
    }

    /// A room that isn't stored.
    public static SampleRoom unknown(StoresUnderTest under, String name) {
        return new SampleRoom(under, name, CommitDraft.VERSION);
    }

    public StatePoint current() {
        return current;
    }

    public long revision() {
        return revision;
    }

    public EventId tip() {
        return tip.orElseThrow();
    }

    /// A change that, so far, leaves everything as it is.
    public CommitDraft next() {
        var draft = new CommitDraft(id, revision).version(version).current(current);
        tip.ifPresent(draft::extremities);
        return draft;
    }

    /// The event after the tip.
    public Pdu following(SampleEvent event) {
        tip.ifPresent(prev -> event.after(prev.value().substring(1)));
        return event.in(id);
    }

    /// Commits a live event after the tip; a state event changes the current state.
    public Committed add(SampleEvent event) {
        return add(following(event));
    }

    public Committed add(Pdu pdu) {
        return commit(with(next(), pdu), pdu);
    }

    /// Adds the event to the change, as the new tip. To be committed by [#commit].
    public CommitDraft with(CommitDraft draft, Pdu pdu) {
        return pdu.isState() ? withState(draft, pdu) : draft.live(pdu, current, current);
    }

    private CommitDraft withState(CommitDraft draft, Pdu pdu) {
        StatePoint before = current;
        current = before.next();
        var key = pdu.stateTuple().orElseThrow();
        return draft.live(pdu, before, current)
                .change(current, key, Optional.of(pdu.id()))
                .currentChange(key, Optional.of(pdu.id()))
                .current(current);
    }

    /// Commits the change, after which this event is the only forward extremity.
    public Committed commit(CommitDraft draft, Pdu newTip) {
        tip = Optional.of(newTip.id());
        return commit(draft.extremities(newTip.id()));
    }

    public Committed commit(CommitDraft draft) {
        CommitResult result = under.await(under.stores().rooms().commit(draft.build()));
        assertThat(result).isInstanceOf(Committed.class);
        var committed = (Committed) result;
        revision = committed.revision();
        return committed;
    }
}
