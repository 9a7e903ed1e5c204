package org.stratafed.server.engine.pdu.room;

import java.util.List;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// An event that would be allowed now, made but not committed: a template for another server to
/// complete, or an invite that another server has to sign first.
///
/// @param withState keys of the current state to be told along with it
public record BuildEvent(EventDraft draft, List<StateKeyTuple> withState)
        implements Decision<BuildEvent.Built> {

    /// @param template the event without hash and signature
    /// @param signed the same as our own event
    /// @param state the events of the current state asked for, as far as there are
    public record Built(RoomVersionRules rules, JsonObject template, Pdu signed, List<Pdu> state) {

        /// The same with more signatures.
        public Built with(Pdu signed) {
            return new Built(rules, template, signed, state);
        }
    }

    @Override
    public Built decide(RoomTransition transition, Deciding with) {
        transition.mustBeResident(with.server().name());
        var builder = new EventBuilder(transition, with);
        var pdu = builder.build(draft);
        new AuthorizationChecks(transition, with.signatures())
                .againstCurrentState(pdu)
                .ifPresent(
                        refusal -> {
                            throw MatrixException.forbidden(refusal.text());
                        });
        return new Built(
                transition.rules(),
                builder.template(draft),
                pdu,
                CurrentEvents.of(transition, withState));
    }
}
