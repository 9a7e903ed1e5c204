package org.stratafed.server.engine.pdu.resolution;

import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;

/// Power events: those that can take away somebody's right to do something. They are replayed
/// first.
///
/// The specification names event types; deployed servers also want the state key to be the one
/// that has an effect, and rooms must come out as they do there.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#definitions">Power events</a>
final class PowerEvents {

    private static final String MEMBER = "m.room.member";

    private PowerEvents() {}

    static boolean isPowerEvent(Pdu event) {
        return sets(event, StateKeys.POWER_LEVELS)
                || sets(event, StateKeys.JOIN_RULES)
                || isRemovalOfAnother(event);
    }

    private static boolean sets(Pdu event, StateKeyTuple key) {
        return event.isState(key.type(), key.stateKey());
    }

    private static boolean isRemovalOfAnother(Pdu event) {
        if (!event.type().equals(MEMBER) || event.isState(MEMBER, event.sender().value())) {
            return false;
        }
        var membership = event.content().string("membership").orElse("");
        return membership.equals("leave") || membership.equals("ban");
    }
}
