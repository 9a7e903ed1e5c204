package org.stratafed.simulator.check.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// The text of a room version: its authorisation rules in their order, and what the text says
/// elsewhere that they lean on. It shares nothing with the table that the engine goes by.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules">Authorisation
///     rules</a>
record Edition(
        String version,
        List<RuleBlock> blocks,
        Creators creators,
        LevelReading levels,
        Set<Trait> traits) {

    private enum Trait {
        CREATE_IS_CITED,
        NOTIFICATIONS,
        KNOCKING,
        RESTRICTED_ROOMS,
        KNOCK_RESTRICTED,
        INFINITE_CREATORS,
        RESOLUTION_BY_DEPTH,
        RESOLUTION_STARTS_EMPTY
    }

    private static final Set<Trait> UNTIL_5 = EnumSet.of(Trait.CREATE_IS_CITED);
    private static final Set<Trait> OF_1 = with(UNTIL_5, Trait.RESOLUTION_BY_DEPTH);
    private static final Set<Trait> OF_6 = with(UNTIL_5, Trait.NOTIFICATIONS);
    private static final Set<Trait> OF_7 = with(OF_6, Trait.KNOCKING);
    private static final Set<Trait> OF_8_AND_9 = with(OF_7, Trait.RESTRICTED_ROOMS);
    private static final Set<Trait> OF_10_AND_11 = with(OF_8_AND_9, Trait.KNOCK_RESTRICTED);
    private static final Set<Trait> OF_12 = ofVersion12();

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v1/#authorisation-rules">The text</a>
    private static final List<RuleBlock> RULES_OF_1_AND_2 =
            List.of(
                    new CreateUntil10(), // 1
                    new AuthEventsBlock(), // 2
                    new FederateBlock(), // 3
                    new AliasesBlock(), // 4
                    new MemberUntil7(), // 5
                    new JoinedBlock(), // 6
                    new ThirdPartyInviteBlock(), // 7
                    new RequiredPowerBlock(), // 8
                    new StateKeyBlock(), // 9
                    new PowerLevelsUntil9(), // 10
                    new RedactionBlock()); // 11

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v3/#authorisation-rules">The text</a>
    private static final List<RuleBlock> RULES_OF_3_TO_5 =
            List.of(
                    new CreateUntil10(), // 1
                    new AuthEventsBlock(), // 2
                    new FederateBlock(), // 3
                    new AliasesBlock(), // 4
                    new MemberUntil7(), // 5
                    new JoinedBlock(), // 6
                    new ThirdPartyInviteBlock(), // 7
                    new RequiredPowerBlock(), // 8
                    new StateKeyBlock(), // 9
                    new PowerLevelsUntil9()); // 10

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v6/#authorisation-rules">The text</a>
    private static final List<RuleBlock> RULES_OF_6_AND_7 =
            List.of(
                    new CreateUntil10(), // 1
                    new AuthEventsBlock(), // 2
                    new FederateBlock(), // 3
                    new MemberUntil7(), // 4
                    new JoinedBlock(), // 5
                    new ThirdPartyInviteBlock(), // 6
                    new RequiredPowerBlock(), // 7
                    new StateKeyBlock(), // 8
                    new PowerLevelsUntil9()); // 9

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v8/#authorisation-rules">The text</a>
    private static final List<RuleBlock> RULES_OF_8_AND_9 =
            List.of(
                    new CreateUntil10(), // 1
                    new AuthEventsBlock(), // 2
                    new FederateBlock(), // 3
                    new MemberBlock(), // 4
                    new JoinedBlock(), // 5
                    new ThirdPartyInviteBlock(), // 6
                    new RequiredPowerBlock(), // 7
                    new StateKeyBlock(), // 8
                    new PowerLevelsUntil9()); // 9

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v10/#authorisation-rules">The text</a>
    private static final List<RuleBlock> RULES_OF_10 =
            List.of(
                    new CreateUntil10(), // 1
                    new AuthEventsBlock(), // 2
                    new FederateBlock(), // 3
                    new MemberBlock(), // 4
                    new JoinedBlock(), // 5
                    new ThirdPartyInviteBlock(), // 6
                    new RequiredPowerBlock(), // 7
                    new StateKeyBlock(), // 8
                    new PowerLevelsOf10()); // 9

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#authorisation-rules">The text</a>
    private static final List<RuleBlock> RULES_OF_11 =
            List.of(
                    new CreateOf11(), // 1
                    new AuthEventsBlock(), // 2
                    new FederateBlock(), // 3
                    new MemberBlock(), // 4
                    new JoinedBlock(), // 5
                    new ThirdPartyInviteBlock(), // 6
                    new RequiredPowerBlock(), // 7
                    new StateKeyBlock(), // 8
                    new PowerLevelsOf10()); // 9

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules">The text</a>
    private static final List<RuleBlock> RULES_OF_12 =
            List.of(
                    new CreateOf12(), // 1
                    new RoomIdBlock(), // 2
                    new AuthEventsBlock(), // 3
                    new FederateBlock(), // 4
                    new MemberBlock(), // 5
                    new JoinedBlock(), // 6
                    new ThirdPartyInviteBlock(), // 7
                    new RequiredPowerBlock(), // 8
                    new StateKeyBlock(), // 9
                    new PowerLevelsOf12()); // 10

    private static final List<Edition> ALL =
            List.of(
                    until10("1", RULES_OF_1_AND_2, LevelReading.UNTIL_5, OF_1),
                    until10("2", RULES_OF_1_AND_2, LevelReading.UNTIL_5, UNTIL_5),
                    until10("3", RULES_OF_3_TO_5, LevelReading.UNTIL_5, UNTIL_5),
                    until10("4", RULES_OF_3_TO_5, LevelReading.UNTIL_5, UNTIL_5),
                    until10("5", RULES_OF_3_TO_5, LevelReading.UNTIL_5, UNTIL_5),
                    until10("6", RULES_OF_6_AND_7, LevelReading.OF_6_TO_9, OF_6),
                    until10("7", RULES_OF_6_AND_7, LevelReading.OF_6_TO_9, OF_7),
                    until10("8", RULES_OF_8_AND_9, LevelReading.OF_6_TO_9, OF_8_AND_9),
                    until10("9", RULES_OF_8_AND_9, LevelReading.OF_6_TO_9, OF_8_AND_9),
                    until10("10", RULES_OF_10, LevelReading.FROM_10, OF_10_AND_11),
                    new Edition(
                            "11", RULES_OF_11, Creators.SENDER, LevelReading.FROM_10, OF_10_AND_11),
                    new Edition(
                            "12",
                            RULES_OF_12,
                            Creators.SENDER_AND_MORE,
                            LevelReading.FROM_10,
                            OF_12));

    private static Edition until10(
            String version, List<RuleBlock> blocks, LevelReading levels, Set<Trait> traits) {
        return new Edition(version, blocks, Creators.NAMED, levels, traits);
    }

    private static Set<Trait> with(Set<Trait> traits, Trait more) {
        var all = EnumSet.copyOf(traits);
        all.add(more);
        return all;
    }

    private static Set<Trait> ofVersion12() {
        var traits = EnumSet.copyOf(OF_10_AND_11);
        traits.remove(Trait.CREATE_IS_CITED);
        traits.add(Trait.INFINITE_CREATORS);
        traits.add(Trait.RESOLUTION_STARTS_EMPTY);
        return traits;
    }

    boolean createIsCited() {
        return traits.contains(Trait.CREATE_IS_CITED);
    }

    boolean coversNotifications() {
        return traits.contains(Trait.NOTIFICATIONS);
    }

    boolean hasKnocking() {
        return traits.contains(Trait.KNOCKING);
    }

    boolean hasRestrictedRooms() {
        return traits.contains(Trait.RESTRICTED_ROOMS);
    }

    boolean hasKnockRestricted() {
        return traits.contains(Trait.KNOCK_RESTRICTED);
    }

    boolean creatorsAreInfinite() {
        return traits.contains(Trait.INFINITE_CREATORS);
    }

    boolean resolutionIsByDepth() {
        return traits.contains(Trait.RESOLUTION_BY_DEPTH);
    }

    boolean resolutionStartsEmpty() {
        return traits.contains(Trait.RESOLUTION_STARTS_EMPTY);
    }

    static Edition of(RoomVersion version) {
        return ALL.stream()
                .filter(it -> it.version().equals(version.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no text of " + version));
    }

    /// Whether a create event's `room_version` is one that there is.
    static boolean isRecognised(JsonObject content) {
        return content.string("room_version")
                .filter(version -> ALL.stream().anyMatch(it -> it.version().equals(version)))
                .isPresent();
    }
}
