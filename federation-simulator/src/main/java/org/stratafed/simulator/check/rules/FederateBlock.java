package org.stratafed.simulator.check.rules;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;

/// Rule 3, and 4 in version 12, on `m.federate`.
final class FederateBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        // The rules take for granted that the state has a create event. Where there is none, there
        // is no room to be allowed into.
        if (terms.create().isEmpty()) {
            return Ruling.reject("");
        }
        // If the `content` of the `m.room.create` event in the room state has the property
        // `m.federate` set to `false`, and the `sender` domain of the event does not match the
        // `sender` domain of the create event, reject.
        if (isLocal(terms.createOrThrow())
                && !terms.event()
                        .sender()
                        .server()
                        .equals(terms.createOrThrow().sender().server())) {
            return Ruling.reject("");
        }
        return Optional.empty();
    }

    /// With deployed servers, whatever isn't a boolean is as good as `false`.
    static boolean isLocal(Pdu create) {
        return create.content().has("m.federate")
                && !create.content().bool("m.federate").equals(Optional.of(true));
    }
}
