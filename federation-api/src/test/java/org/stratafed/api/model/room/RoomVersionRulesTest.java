package org.stratafed.api.model.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.room.RedactionRules.KeptContent;

/// @see <a href="https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions">Complete list
///     of room versions</a>
class RoomVersionRulesTest {

    /// The behaviour, and what it is in versions 10, 11 and 12.
    static Stream<Arguments> behaviours() {
        return Stream.of(
                row(
                        "event IDs",
                        RoomVersionRules::eventIdFormat,
                        always(EventIdFormat.REFERENCE_HASH_URL_SAFE)),
                row("strict JSON", RoomVersionRules::strictCanonicalJson, always(true)),
                row("largest depth", RoomVersionRules::depthMax, always(9_007_199_254_740_991L)),
                row("key validity", RoomVersionRules::keyValidityEnforced, always(true)),
                row("signed by ID", RoomVersionRules::eventIdServerSigns, always(false)),
                row("redaction rule", RoomVersionRules::redactionAuthorised, always(false)),
                row("aliases rule", RoomVersionRules::aliasesAuthorised, always(false)),
                row("integer levels", RoomVersionRules::integerPowerLevels, always(true)),
                row("notifications", RoomVersionRules::notificationsChecked, always(true)),
                row("knocking", RoomVersionRules::knocking, always(true)),
                row("restricted", RoomVersionRules::restrictedJoins, always(true)),
                row("knock restricted", RoomVersionRules::knockRestricted, always(true)),
                row("federate", RoomVersionRules::federateAppliesToTargets, always(true)),
                row("implicit join rule", RoomVersionRules::implicitJoinRule, always("invite")),
                row(
                        "redacts in content",
                        RoomVersionRules::redactsInContent,
                        List.of(false, true, true)),
                row(
                        "creator",
                        RoomVersionRules::creator,
                        List.of(
                                CreatorSource.CONTENT,
                                CreatorSource.SENDER,
                                CreatorSource.SENDER_AND_ADDITIONAL)),
                row(
                        "room ID is hash",
                        RoomVersionRules::roomIdIsCreateHash,
                        List.of(false, false, true)),
                row(
                        "create cited",
                        RoomVersionRules::createInAuthEvents,
                        List.of(true, true, false)),
                row(
                        "state resolution",
                        RoomVersionRules::stateResolution,
                        List.of(
                                StateResolutionVersion.V2,
                                StateResolutionVersion.V2,
                                StateResolutionVersion.V2_1)),
                row(
                        "infinite power",
                        RoomVersionRules::creatorsHaveInfinitePower,
                        List.of(false, false, true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void eachVersionBehavesAsItsSpecificationSays(
            String behaviour, Function<RoomVersionRules, Object> accessor, List<Object> expected) {
        assertThat(allRules().map(accessor)).containsExactlyElementsOf(expected);
    }

    /// A behaviour added to the rules has to be decided on for each version here.
    @Test
    void noBehaviourIsLeftOutOfTheTable() {
        long beside = List.of("version", "redaction").size();

        assertThat(behaviours().count() + beside)
                .isEqualTo(RoomVersionRules.class.getRecordComponents().length);
    }

    @Test
    void whatRedactionKeepsOfTheEventItselfShrinksInVersion11() {
        var ten =
                "event_id type room_id sender state_key content hashes signatures depth"
                        + " prev_events prev_state auth_events origin origin_server_ts membership";
        var eleven =
                "event_id type room_id sender state_key content hashes signatures depth"
                        + " prev_events auth_events origin_server_ts";

        assertThat(rules("10").redaction().topLevelKeys()).containsExactly(ten.split(" "));
        assertThat(rules("11").redaction().topLevelKeys()).containsExactly(eleven.split(" "));
        assertThat(rules("12").redaction()).isEqualTo(rules("11").redaction());
    }

    @Test
    void whatRedactionKeepsOfTheContentIsAsListedInVersion10() {
        assertThat(kept("10"))
                .containsExactly(
                        "m.room.member: membership join_authorised_via_users_server",
                        "m.room.create: creator",
                        "m.room.join_rules: join_rule allow",
                        "m.room.power_levels: ban events events_default kick redact state_default"
                                + " users users_default",
                        "m.room.history_visibility: history_visibility");
        assertThat(rules("10").redaction().contentOf("m.room.aliases")).isEqualTo(KeptContent.NONE);
        assertThat(rules("10").redaction().contentOf("m.room.redaction"))
                .isEqualTo(KeptContent.NONE);
    }

    @Test
    void whatRedactionKeepsOfTheContentGrowsInVersion11() {
        assertThat(kept("11"))
                .containsExactly(
                        "m.room.member: membership join_authorised_via_users_server"
                                + " third_party_invite[signed]",
                        "m.room.create: *",
                        "m.room.join_rules: join_rule allow",
                        "m.room.power_levels: ban events events_default invite kick redact"
                                + " state_default users users_default",
                        "m.room.history_visibility: history_visibility",
                        "m.room.redaction: redacts");
        assertThat(rules("11").redaction().contentOf("m.room.message")).isEqualTo(KeptContent.NONE);
    }

    @Test
    void supportedVersionsAreListedOldestFirstAndTheLastIsRecommended() {
        assertThat(RoomVersionRules.supported().stream().map(RoomVersion::id))
                .containsExactly("10", "11", "12");
        assertThat(RoomVersionRules.recommended()).isEqualTo(rules("12"));
    }

    @Test
    void versionsThisServerDoesNotKnowHaveNoRules() {
        assertThat(RoomVersionRules.of(new RoomVersion("org.example.test-1"))).isEmpty();
        assertThat(RoomVersionRules.of(RoomVersion.WHEN_UNNAMED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "12", "org.matrix.msc1234-x", "a2345678901234567890123456789012"})
    void aVersionIsAnOpaqueName(String text) {
        assertThat(RoomVersion.parse(text)).map(RoomVersion::id).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1 ", "a_b", "é", "a23456789012345678901234567890123"})
    void whatIsNotAVersionIsRefused(String text) {
        assertThat(RoomVersion.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomVersion(text));
    }

    private static Arguments row(
            String behaviour, Function<RoomVersionRules, Object> accessor, List<?> expected) {
        return Arguments.of(behaviour, accessor, expected);
    }

    private static List<Object> always(Object behaviour) {
        return List.of(behaviour, behaviour, behaviour);
    }

    private static Stream<RoomVersionRules> allRules() {
        return RoomVersionRules.supported().stream()
                .map(version -> RoomVersionRules.of(version).orElseThrow());
    }

    private static RoomVersionRules rules(String version) {
        return RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
    }

    private static List<String> kept(String version) {
        var lines = new ArrayList<String>();
        rules(version)
                .redaction()
                .contentByType()
                .forEach((type, content) -> lines.add(type + ": " + line(content)));
        return lines;
    }

    private static String line(KeptContent content) {
        return switch (content) {
            case KeptContent.Everything() -> "*";
            case KeptContent.Keys(var keys, var nested) -> {
                var all = new ArrayList<>(keys);
                nested.forEach((key, inner) -> all.add(key + inner));
                yield String.join(" ", all);
            }
        };
    }
}
