package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.id.EventId;

/// Who may redact what, in room versions that don't leave it to whoever shows the event.
///
/// A redaction that names no event redacts nothing, and is nobody's business; that is how deployed
/// servers have it.
final class RedactionRules {

    private static final String REDACTS = "redacts";

    private RedactionRules() {}

    static AuthVerdict check(AuthContext context) {
        // 11.1. Who has the power may redact anything.
        var required = context.powerLevels().redact();
        if (context.senderPower().isAtLeast(required)) {
            return AuthVerdict.ALLOWED;
        }
        // 11.2. Others what is of their own server, going by the IDs.
        Optional<String> target = context.event().json().string(REDACTS);
        if (target.isEmpty() || isOfSameServer(context.event().id(), target.get())) {
            return AuthVerdict.ALLOWED;
        }
        // 11.3. Nothing else.
        return context.numbers()
                .redaction(Reasons.tooLittle(context, required, "redact another server's event"));
    }

    private static boolean isOfSameServer(EventId redaction, String target) {
        return target.indexOf(':') >= 0 && server(redaction.value()).equals(server(target));
    }

    private static String server(String id) {
        return id.substring(id.indexOf(':') + 1);
    }
}
