package org.stratafed.simulator.hostile;

import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.server.engine.pdu.event.EventParser;

/// Something else to everybody.
final class Equivocation {

    private static final int LENGTH = 3;

    private Equivocation() {}

    /// A branch for each, of messages and of state that is in conflict with the others'.
    static void histories(Attack attack) {
        for (var victim : attack.victims()) {
            var before = attack.view().join();
            for (int i = 0; i < LENGTH; i++) {
                var state = attack.made(attack.profile("for " + victim + i).after(before));
                var message =
                        attack.made(
                                attack.with(attack.view().with(state))
                                        .message("for " + victim + i)
                                        .after(state));
                attack.push(victim, state, message);
                before = message;
            }
        }
    }

    /// The same event, with what it was hashed with to one, and with something else to the others.
    static void wrongHash(Attack attack) {
        var message = attack.made(attack.message("as hashed"));
        var profile = attack.made(attack.profile("as hashed").after(message));
        boolean isFirst = true;
        for (var victim : attack.victims()) {
            if (isFirst) {
                attack.push(victim, message, profile);
            } else {
                attack.push(victim, changed(attack, message), changed(attack, profile));
            }
            isFirst = false;
        }
    }

    private static Pdu changed(Attack attack, Pdu event) {
        var content =
                event.content()
                        .with("body", new JsonString("not as hashed"))
                        .with("more", JsonObject.empty());
        return EventParser.event(attack.view().rules(), event.json().with("content", content));
    }
}
