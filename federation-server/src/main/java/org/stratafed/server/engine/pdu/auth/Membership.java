package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;

/// What a user is to a room.
enum Membership {
    BAN("ban"),
    INVITE("invite"),
    JOIN("join"),
    KNOCK("knock"),
    LEAVE("leave");

    private final String value;

    Membership(String value) {
        this.value = value;
    }

    static Optional<Membership> parse(String text) {
        for (Membership membership : values()) {
            if (membership.value.equals(text)) {
                return Optional.of(membership);
            }
        }
        return Optional.empty();
    }

    /// What the state says. Who isn't in it is as good as gone.
    static Membership of(Optional<Pdu> member) {
        return member.flatMap(event -> event.content().string("membership"))
                .flatMap(Membership::parse)
                .orElse(LEAVE);
    }
}
