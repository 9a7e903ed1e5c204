package org.stratafed.server.engine.pdu.resolution;

import org.stratafed.api.model.id.StateKeyTuple;

/// The keys of the state that resolution looks at itself.
final class StateKeys {

    static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");
    static final StateKeyTuple JOIN_RULES = new StateKeyTuple("m.room.join_rules", "");
    static final StateKeyTuple POWER_LEVELS = new StateKeyTuple("m.room.power_levels", "");

    private StateKeys() {}
}
