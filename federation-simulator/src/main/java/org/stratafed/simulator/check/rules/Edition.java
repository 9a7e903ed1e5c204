package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;
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
        boolean createIsCited,
        boolean creatorsAreInfinite,
        boolean hasRestrictedRooms,
        boolean resolutionStartsEmpty,
        LevelReading levels) {

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v10/">Room version 10</a>
    private static final Edition V10 =
            new Edition(
                    "10",
                    List.of(
                            new CreateUntil10(), // 1
                            new AuthEventsBlock(), // 2
                            new FederateBlock(), // 3
                            new MemberBlock(), // 4
                            new JoinedBlock(), // 5
                            new ThirdPartyInviteBlock(), // 6
                            new RequiredPowerBlock(), // 7
                            new StateKeyBlock(), // 8
                            new PowerLevelsOf10()), // 9
                    Creators.NAMED,
                    true,
                    false,
                    true,
                    false,
                    LevelReading.INTEGERS);

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/">Room version 11</a>
    private static final Edition V11 =
            new Edition(
                    "11",
                    List.of(
                            new CreateOf11(), // 1
                            new AuthEventsBlock(), // 2
                            new FederateBlock(), // 3
                            new MemberBlock(), // 4
                            new JoinedBlock(), // 5
                            new ThirdPartyInviteBlock(), // 6
                            new RequiredPowerBlock(), // 7
                            new StateKeyBlock(), // 8
                            new PowerLevelsOf10()), // 9
                    Creators.SENDER,
                    true,
                    false,
                    true,
                    false,
                    LevelReading.INTEGERS);

    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/">Room version 12</a>
    private static final Edition V12 =
            new Edition(
                    "12",
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
                            new PowerLevelsOf12()), // 10
                    Creators.SENDER_AND_MORE,
                    false,
                    true,
                    true,
                    true,
                    LevelReading.INTEGERS);

    private static final List<Edition> ALL = List.of(V10, V11, V12);

    static Optional<Edition> of(RoomVersion version) {
        return ALL.stream().filter(it -> it.version().equals(version.id())).findFirst();
    }

    /// Whether a create event's `room_version` is one that there is.
    static boolean isRecognised(JsonObject content) {
        return content.string("room_version")
                .filter(version -> ALL.stream().anyMatch(it -> it.version().equals(version)))
                .isPresent();
    }
}
