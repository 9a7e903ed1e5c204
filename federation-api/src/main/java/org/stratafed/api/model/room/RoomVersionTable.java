package org.stratafed.api.model.room;

import java.util.List;

/// The supported room versions: each is the one before with some behaviours changed.
final class RoomVersionTable {

    /// The largest integer of canonical JSON.
    private static final long CANONICAL_INTEGER_MAX = (1L << 53) - 1;

    static final List<RoomVersionRules> RULES = rules();

    private RoomVersionTable() {}

    private static List<RoomVersionRules> rules() {
        RoomVersionRules v1 = version1();
        RoomVersionRules v2 = version2(v1);
        RoomVersionRules v3 = version3(v2);
        RoomVersionRules v4 = version4(v3);
        RoomVersionRules v5 = version5(v4);
        RoomVersionRules v6 = version6(v5);
        RoomVersionRules v7 = version7(v6);
        RoomVersionRules v8 = version8(v7);
        RoomVersionRules v9 = version9(v8);
        RoomVersionRules v10 = version10(v9);
        RoomVersionRules v11 = version11(v10);
        return List.of(v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, version12(v11));
    }

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v1/">Room version 1</a>
    private static RoomVersionRules version1() {
        var draft = new RoomVersionDraft(new RoomVersion("1"));
        draft.eventIdFormat = EventIdFormat.CHOSEN_BY_SENDER;
        draft.depthMax = Long.MAX_VALUE;
        draft.eventIdServerSigns = true;
        draft.redaction = RedactionTable.version1();
        draft.redactionAuthorised = true;
        draft.aliasesAuthorised = true;
        draft.createInAuthEvents = true;
        draft.stateResolution = StateResolutionVersion.V1;
        draft.creator = CreatorSource.CONTENT;
        draft.federateAppliesToTargets = true;
        draft.implicitJoinRule = "invite";
        return draft.rules();
    }

    /// Resolves states so that who lost power doesn't get it back.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v2/">Room version 2</a>
    private static RoomVersionRules version2(RoomVersionRules v1) {
        var draft = new RoomVersionDraft(new RoomVersion("2"), v1);
        draft.stateResolution = StateResolutionVersion.V2;
        return draft.rules();
    }

    /// Makes an event's ID its hash. What is redacted is no question of authorisation any more.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v3/">Room version 3</a>
    private static RoomVersionRules version3(RoomVersionRules v2) {
        var draft = new RoomVersionDraft(new RoomVersion("3"), v2);
        draft.eventIdFormat = EventIdFormat.REFERENCE_HASH_STANDARD;
        draft.eventIdServerSigns = false;
        draft.redactionAuthorised = false;
        return draft.rules();
    }

    /// Spells event IDs so that they fit into a path.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v4/">Room version 4</a>
    private static RoomVersionRules version4(RoomVersionRules v3) {
        var draft = new RoomVersionDraft(new RoomVersion("4"), v3);
        draft.eventIdFormat = EventIdFormat.REFERENCE_HASH_URL_SAFE;
        return draft.rules();
    }

    /// Lets keys run out.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v5/">Room version 5</a>
    private static RoomVersionRules version5(RoomVersionRules v4) {
        var draft = new RoomVersionDraft(new RoomVersion("5"), v4);
        draft.keyValidityEnforced = true;
        return draft.rules();
    }

    /// Takes canonical JSON at its word, and makes aliases state like any other.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v6/">Room version 6</a>
    private static RoomVersionRules version6(RoomVersionRules v5) {
        var draft = new RoomVersionDraft(new RoomVersion("6"), v5);
        draft.strictCanonicalJson = true;
        draft.depthMax = CANONICAL_INTEGER_MAX;
        draft.redaction = RedactionTable.version6(v5.redaction());
        draft.aliasesAuthorised = false;
        draft.notificationsChecked = true;
        return draft.rules();
    }

    /// Lets users ask to be let in.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v7/">Room version 7</a>
    private static RoomVersionRules version7(RoomVersionRules v6) {
        var draft = new RoomVersionDraft(new RoomVersion("7"), v6);
        draft.knocking = true;
        return draft.rules();
    }

    /// Lets a room be open to the members of others.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v8/">Room version 8</a>
    private static RoomVersionRules version8(RoomVersionRules v7) {
        var draft = new RoomVersionDraft(new RoomVersion("8"), v7);
        draft.restrictedJoins = true;
        draft.redaction = RedactionTable.version8(v7.redaction());
        return draft.rules();
    }

    /// Keeps who let somebody in when the join is redacted.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v9/">Room version 9</a>
    private static RoomVersionRules version9(RoomVersionRules v8) {
        var draft = new RoomVersionDraft(new RoomVersion("9"), v8);
        draft.redaction = RedactionTable.version9(v8.redaction());
        return draft.rules();
    }

    /// Wants power levels to be integers, and lets a restricted room be knocked on.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v10/">Room version 10</a>
    private static RoomVersionRules version10(RoomVersionRules v9) {
        var draft = new RoomVersionDraft(new RoomVersion("10"), v9);
        draft.integerPowerLevels = true;
        draft.knockRestricted = true;
        return draft.rules();
    }

    /// Tidies up redaction, and trusts the create event's sender to be the creator.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/">Room version 11</a>
    private static RoomVersionRules version11(RoomVersionRules v10) {
        var draft = new RoomVersionDraft(new RoomVersion("11"), v10);
        draft.redaction = RedactionTable.version11(v10.redaction());
        draft.redactsInContent = true;
        draft.creator = CreatorSource.SENDER;
        return draft.rules();
    }

    /// Makes the room's ID its create event's, and its creators' power beyond dispute.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/">Room version 12</a>
    private static RoomVersionRules version12(RoomVersionRules v11) {
        var draft = new RoomVersionDraft(new RoomVersion("12"), v11);
        draft.roomIdIsCreateHash = true;
        draft.createInAuthEvents = false;
        draft.stateResolution = StateResolutionVersion.V2_1;
        draft.creator = CreatorSource.SENDER_AND_ADDITIONAL;
        draft.creatorsHaveInfinitePower = true;
        draft.inviteStateIsWhole = true;
        return draft.rules();
    }
}
