package org.stratafed.api.model.room;

import java.util.List;
import java.util.Optional;

/// What a room version means, as named behaviours. Code never asks which version a room has; it
/// asks for the behaviour.
///
/// @param eventIdFormat how events get their identifiers, and how they cite each other
/// @param strictCanonicalJson whether events must be canonical JSON: integers in range, no others
/// @param depthMax the largest `depth`, which is also what deeper events would have
/// @param keyValidityEnforced whether a key proves only events from before it runs out
/// @param eventIdServerSigns whether the server in an event's ID must have signed it too
/// @param redaction what redaction leaves
/// @param redactsInContent whether a redaction names its target in `content` or beside it
/// @param redactionAuthorised whether the right to redact is an authorisation rule, instead of
///     something to look at when the redaction is applied
/// @param aliasesAuthorised whether `m.room.aliases` has an authorisation rule of its own
/// @param roomIdIsCreateHash whether a room's ID is its create event's, which then has no `room_id`
/// @param createInAuthEvents whether events cite the create event, or mustn't
/// @param stateResolution the algorithm
/// @param creator where the create event says who created the room
/// @param creatorsHaveInfinitePower whether creators stand above all levels, and outside of them
/// @param integerPowerLevels whether power levels must be integers; else digits in a string pass
///     too, and fractions where the JSON may have them
/// @param notificationsChecked whether the levels in `notifications` are guarded like the others
/// @param knocking whether there is a membership `knock` and a join rule of that name
/// @param restrictedJoins whether there is a join rule `restricted`
/// @param knockRestricted whether there is a join rule `knock_restricted`
/// @param inviteStateIsWhole whether what an invite tells of the room has to be whole events, the
///     create event among them. Of older rooms, servers tell events without signatures
/// @param federateAppliesToTargets whether `m.federate: false` also bars memberships *of* users of
///     other servers. The specification looks at senders only; deployed servers also at targets,
///     and a room's state must come out the same everywhere
/// @param implicitJoinRule the join rule of a room whose state has none. The specification is
///     silent; deployed servers take `invite`
/// @see <a href="https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions">Complete list
///     of room versions</a>
public record RoomVersionRules(
        RoomVersion version,
        EventIdFormat eventIdFormat,
        boolean strictCanonicalJson,
        long depthMax,
        boolean keyValidityEnforced,
        boolean eventIdServerSigns,
        RedactionRules redaction,
        boolean redactsInContent,
        boolean redactionAuthorised,
        boolean aliasesAuthorised,
        boolean roomIdIsCreateHash,
        boolean createInAuthEvents,
        StateResolutionVersion stateResolution,
        CreatorSource creator,
        boolean creatorsHaveInfinitePower,
        boolean integerPowerLevels,
        boolean notificationsChecked,
        boolean knocking,
        boolean restrictedJoins,
        boolean knockRestricted,
        boolean inviteStateIsWhole,
        boolean federateAppliesToTargets,
        String implicitJoinRule) {

    /// The depth of an event after one that is so deep: the limit is never passed.
    public long depthAfter(long depth) {
        return depth < depthMax ? depth + 1 : depthMax;
    }

    /// The rules of a version, if this server supports it.
    public static Optional<RoomVersionRules> of(RoomVersion version) {
        return RoomVersionTable.RULES.stream()
                .filter(rules -> rules.version().equals(version))
                .findFirst();
    }

    /// The versions this server supports, oldest first.
    public static List<RoomVersion> supported() {
        return RoomVersionTable.RULES.stream().map(RoomVersionRules::version).toList();
    }

    /// The version for new rooms, unless somebody asks for another.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions">
    ///     Recommended room version</a>
    public static RoomVersionRules recommended() {
        return RoomVersionTable.RULES.getLast();
    }
}
