package org.stratafed.server.engine.pdu.auth;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// Which of a room's state an event has to cite in its `auth_events`, as far as the state has it;
/// and all that the authorization rules look at, but for a create event that the room ID implies.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection">Auth
///     events selection</a>
public final class AuthEventSelection {

    private AuthEventSelection() {}

    public static SequencedSet<StateKeyTuple> select(RoomVersionRules rules, Pdu event) {
        return select(rules, event.type(), event.stateKey(), event.sender(), event.content());
    }

    public static SequencedSet<StateKeyTuple> select(
            RoomVersionRules rules,
            String type,
            Optional<String> stateKey,
            UserId sender,
            JsonObject content) {
        SequencedSet<StateKeyTuple> selected = new LinkedHashSet<>();
        // The create event is authorized by nothing.
        if (type.equals(AuthTypes.CREATE)) {
            return Collections.unmodifiableSequencedSet(selected);
        }
        // The create event, unless the room ID names it.
        if (rules.createInAuthEvents()) {
            selected.add(new StateKeyTuple(AuthTypes.CREATE, ""));
        }
        // The power levels, and what the sender is to the room.
        selected.add(new StateKeyTuple(AuthTypes.POWER_LEVELS, ""));
        selected.add(member(sender.value()));
        if (type.equals(AuthTypes.MEMBER)) {
            selectForMember(rules, stateKey, content, selected);
        }
        return Collections.unmodifiableSequencedSet(selected);
    }

    private static void selectForMember(
            RoomVersionRules rules,
            Optional<String> target,
            JsonObject content,
            SequencedSet<StateKeyTuple> selected) {
        // What the target is to the room.
        target.map(AuthEventSelection::member).ifPresent(selected::add);
        var membership = content.string("membership").flatMap(Membership::parse);
        if (membership.isEmpty()) {
            return;
        }
        switch (membership.get()) {
            case JOIN -> {
                selected.add(new StateKeyTuple(AuthTypes.JOIN_RULES, ""));
                // The user who vouches for the one who joins, where rooms can be restricted.
                if (rules.restrictedJoins()) {
                    content.string(Joins.AUTHORISED_VIA)
                            .map(AuthEventSelection::member)
                            .ifPresent(selected::add);
                }
            }
            case INVITE -> {
                selected.add(new StateKeyTuple(AuthTypes.JOIN_RULES, ""));
                // The invitation of the address that turned out to be the target's.
                ThirdPartyInvites.token(content)
                        .map(token -> new StateKeyTuple(AuthTypes.THIRD_PARTY_INVITE, token))
                        .ifPresent(selected::add);
            }
            case KNOCK -> selected.add(new StateKeyTuple(AuthTypes.JOIN_RULES, ""));
            case BAN, LEAVE -> {}
        }
    }

    private static StateKeyTuple member(String user) {
        return new StateKeyTuple(AuthTypes.MEMBER, user);
    }
}
