package org.stratafed.server.engine.pdu.auth;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// Joins of rooms with conditions, before they are made: whether somebody has to vouch for who
/// joins, on what conditions, and who could. Whether a join that was made stands the authorization
/// rules say; the conditions themselves are none of theirs.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms">Restricted
///     rooms</a>
public final class Vouching {

    /// Names the member who vouches, in the content of the join.
    public static final String AUTHORISED_VIA = Joins.AUTHORISED_VIA;

    private static final String MEMBER = "m.room.member";
    private static final String ROOM_MEMBERSHIP = "m.room_membership";

    private final RoomVersionRules rules;
    private final AuthState state;

    public Vouching(RoomVersionRules rules, AuthState state) {
        this.rules = rules;
        this.state = state;
    }

    /// Whether the user can't join without somebody who vouches, and with somebody may be able to.
    public boolean isNeededBy(UserId user) {
        var joinRule = JoinRule.of(rules, joinRules());
        if (joinRule != JoinRule.RESTRICTED && joinRule != JoinRule.KNOCK_RESTRICTED) {
            return false;
        }
        return switch (membership(user)) {
            case KNOCK, LEAVE -> true;
            case JOIN, INVITE, BAN -> false;
        };
    }

    /// The rooms of which one has to be a member. Conditions of another kind, or without a room,
    /// nobody fulfils.
    public List<RoomId> rooms() {
        return joinRules()
                .map(Pdu::content)
                .flatMap(content -> content.array("allow"))
                .map(JsonArray::objects)
                .orElse(List.of())
                .stream()
                .filter(condition -> condition.string("type").equals(Optional.of(ROOM_MEMBERSHIP)))
                .flatMap(condition -> room(condition).stream())
                .distinct()
                .toList();
    }

    private static Optional<RoomId> room(JsonObject condition) {
        return condition.string("room_id").flatMap(RoomId::parse);
    }

    /// Whether this member could vouch, as somebody who could invite.
    public boolean isUpTo(UserId member) {
        var create = state.event("m.room.create", "");
        if (create.isEmpty()) {
            return false;
        }
        var levels = PowerLevels.of(rules, create.get(), state.event("m.room.power_levels", ""));
        return levels.of(member).isAtLeast(levels.invite())
                && membership(member) == Membership.JOIN;
    }

    /// Whether this says that the user is in a room.
    public static boolean isJoined(Optional<Pdu> member) {
        return Membership.of(member) == Membership.JOIN;
    }

    private Membership membership(UserId user) {
        return Membership.of(state.event(MEMBER, user.value()));
    }

    private Optional<Pdu> joinRules() {
        return state.event("m.room.join_rules", "");
    }
}
