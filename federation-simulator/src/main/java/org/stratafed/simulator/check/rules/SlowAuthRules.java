package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersion;

/// The authorisation rules a second time, for checking the engine's: the specification's text, rule
/// by rule and in its order, with no thought of cost. Written without having seen the engine's, and
/// shares with it the model of events and JSON only.
public final class SlowAuthRules {

    private final Edition edition;
    private final Proofs proofs;

    public SlowAuthRules(RoomVersion version, Proofs proofs) {
        this.edition = Edition.of(version);
        this.proofs = proofs;
    }

    /// Whether events have the create event among their `auth_events`.
    public boolean createIsCited() {
        return edition.createIsCited();
    }

    /// Whether state resolution is the one of version 1, which goes by how deep events are.
    public boolean resolutionIsByDepth() {
        return edition.resolutionIsByDepth();
    }

    /// Whether state resolution starts from an empty state, and takes in the conflicted state
    /// subgraph.
    public boolean resolutionStartsEmpty() {
        return edition.resolutionStartsEmpty();
    }

    /// The power level of an event's sender in a state.
    public Level senderPower(Pdu event, RoomState state) {
        return new Terms(edition, event, List.of(), state, proofs).senderPower();
    }

    /// Checks an event against a state, with all the rules.
    public Ruling check(Pdu event, List<CitedEvent> authEvents, RoomState state) {
        return check(new Terms(edition, event, authEvents, state, proofs), true);
    }

    /// Checks an event against a state, for an event whose auth events were found to be in order
    /// before: what the iterative auth checks of state resolution ask.
    public Ruling checkByState(Pdu event, RoomState state) {
        return check(new Terms(edition, event, List.of(), state, proofs), false);
    }

    private Ruling check(Terms terms, boolean withAuthEvents) {
        int number = 0;
        for (var block : edition.blocks()) {
            number++;
            if (block instanceof AuthEventsBlock && !withAuthEvents) {
                continue;
            }
            var ruling = block.apply(terms);
            if (ruling.isPresent()) {
                return ruling.get().under(number);
            }
        }
        return new Ruling(true, "" + (number + 1));
    }

    /// Checks an event against the state that its own auth events make up.
    ///
    /// @param create the room's create event, if it is there and was accepted
    public Ruling checkByAuthEvents(Pdu event, List<CitedEvent> authEvents, Optional<Pdu> create) {
        return check(event, authEvents, RoomState.of(stateOf(authEvents, create)));
    }

    private SequencedMap<StateKeyTuple, Pdu> stateOf(
            List<CitedEvent> authEvents, Optional<Pdu> create) {
        var state = new TreeMap<StateKeyTuple, Pdu>();
        for (var cited : authEvents) {
            cited.event().stateTuple().ifPresent(key -> state.put(key, cited.event()));
        }
        if (!edition.createIsCited()) {
            create.ifPresent(it -> state.put(new StateKeyTuple("m.room.create", ""), it));
        }
        return state;
    }
}
