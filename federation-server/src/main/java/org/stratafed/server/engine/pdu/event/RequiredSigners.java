package org.stratafed.server.engine.pdu.event;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersionRules;

/// The servers without whose signature an event isn't worth anything.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Validating hashes and signatures on received events</a>
final class RequiredSigners {

    private static final String MEMBER = "m.room.member";
    private static final String AUTHORISED_VIA = "join_authorised_via_users_server";

    private RequiredSigners() {}

    /// The servers, or empty if the event wants somebody to have signed it who is no server.
    static Optional<SequencedSet<ServerName>> of(RoomVersionRules rules, Pdu pdu) {
        var servers = new LinkedHashSet<ServerName>();
        if (!isThirdPartyInvite(pdu)) {
            servers.add(pdu.sender().server());
        }
        if (rules.eventIdServerSigns()) {
            Optional<ServerName> server = serverOfId(pdu);
            if (server.isEmpty()) {
                return Optional.empty();
            }
            servers.add(server.get());
        }
        if (isAuthorisedVia(rules, pdu)) {
            Optional<UserId> user = pdu.content().string(AUTHORISED_VIA).flatMap(UserId::parse);
            if (user.isEmpty()) {
                return Optional.empty();
            }
            servers.add(user.get().server());
        }
        return Optional.of(servers);
    }

    /// An invite to whoever proves to own an address is made when that is proved, and not
    /// necessarily by the sender's server. The authorisation rules look at the proof.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#third-party-invites">
    ///     Third-party invites</a>
    private static boolean isThirdPartyInvite(Pdu pdu) {
        return pdu.type().equals(MEMBER)
                && pdu.content().string("membership").filter("invite"::equals).isPresent()
                && pdu.content().has("third_party_invite");
    }

    /// The server that found the joining user to fulfil the room's conditions says so by signing.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms">
    ///     Restricted rooms</a>
    private static boolean isAuthorisedVia(RoomVersionRules rules, Pdu pdu) {
        return rules.restrictedJoins()
                && pdu.type().equals(MEMBER)
                && pdu.content().has(AUTHORISED_VIA);
    }

    private static Optional<ServerName> serverOfId(Pdu pdu) {
        String id = pdu.id().value();
        return ServerName.parse(id.substring(id.indexOf(':') + 1));
    }
}
