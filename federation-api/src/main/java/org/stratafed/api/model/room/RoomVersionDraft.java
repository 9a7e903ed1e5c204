package org.stratafed.api.model.room;

/// The rules of a room version while they are being written down. What isn't set is off.
final class RoomVersionDraft {

    private final RoomVersion version;

    EventIdFormat eventIdFormat;
    boolean strictCanonicalJson;
    long depthMax;
    boolean keyValidityEnforced;
    boolean eventIdServerSigns;
    RedactionRules redaction;
    boolean redactsInContent;
    boolean redactionAuthorised;
    boolean aliasesAuthorised;
    boolean roomIdIsCreateHash;
    boolean createInAuthEvents;
    StateResolutionVersion stateResolution;
    CreatorSource creator;
    boolean creatorsHaveInfinitePower;
    boolean integerPowerLevels;
    boolean notificationsChecked;
    boolean knocking;
    boolean restrictedJoins;
    boolean knockRestricted;
    boolean inviteStateIsWhole;
    boolean federateAppliesToTargets;
    String implicitJoinRule;

    RoomVersionDraft(RoomVersion version) {
        this.version = version;
    }

    /// Starts from what the version before means.
    RoomVersionDraft(RoomVersion version, RoomVersionRules before) {
        this(version);
        eventIdFormat = before.eventIdFormat();
        strictCanonicalJson = before.strictCanonicalJson();
        depthMax = before.depthMax();
        keyValidityEnforced = before.keyValidityEnforced();
        eventIdServerSigns = before.eventIdServerSigns();
        redaction = before.redaction();
        redactsInContent = before.redactsInContent();
        redactionAuthorised = before.redactionAuthorised();
        aliasesAuthorised = before.aliasesAuthorised();
        roomIdIsCreateHash = before.roomIdIsCreateHash();
        createInAuthEvents = before.createInAuthEvents();
        stateResolution = before.stateResolution();
        creator = before.creator();
        creatorsHaveInfinitePower = before.creatorsHaveInfinitePower();
        integerPowerLevels = before.integerPowerLevels();
        notificationsChecked = before.notificationsChecked();
        knocking = before.knocking();
        restrictedJoins = before.restrictedJoins();
        knockRestricted = before.knockRestricted();
        inviteStateIsWhole = before.inviteStateIsWhole();
        federateAppliesToTargets = before.federateAppliesToTargets();
        implicitJoinRule = before.implicitJoinRule();
    }

    RoomVersionRules rules() {
        return new RoomVersionRules(
                version,
                eventIdFormat,
                strictCanonicalJson,
                depthMax,
                keyValidityEnforced,
                eventIdServerSigns,
                redaction,
                redactsInContent,
                redactionAuthorised,
                aliasesAuthorised,
                roomIdIsCreateHash,
                createInAuthEvents,
                stateResolution,
                creator,
                creatorsHaveInfinitePower,
                integerPowerLevels,
                notificationsChecked,
                knocking,
                restrictedJoins,
                knockRestricted,
                inviteStateIsWhole,
                federateAppliesToTargets,
                implicitJoinRule);
    }
}
