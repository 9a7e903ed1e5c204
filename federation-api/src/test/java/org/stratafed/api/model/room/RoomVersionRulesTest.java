package org.stratafed.api.model.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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

    private static final List<String> ALL =
            List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");

    /// The behaviour, what it was at first, and what it is since which versions.
    static Stream<Arguments> behaviours() {
        return Stream.of(
                        row("event IDs", RoomVersionRules::eventIdFormat)
                                .at("1", EventIdFormat.CHOSEN_BY_SENDER)
                                .at("3", EventIdFormat.REFERENCE_HASH_STANDARD)
                                .at("4", EventIdFormat.REFERENCE_HASH_URL_SAFE),
                        row("strict JSON", RoomVersionRules::strictCanonicalJson)
                                .at("1", false)
                                .at("6", true),
                        row("largest depth", RoomVersionRules::depthMax)
                                .at("1", 9_223_372_036_854_775_807L)
                                .at("6", 9_007_199_254_740_991L),
                        row("key validity", RoomVersionRules::keyValidityEnforced)
                                .at("1", false)
                                .at("5", true),
                        row("signed by ID", RoomVersionRules::eventIdServerSigns)
                                .at("1", true)
                                .at("3", false),
                        row("redaction rule", RoomVersionRules::redactionAuthorised)
                                .at("1", true)
                                .at("3", false),
                        row("aliases rule", RoomVersionRules::aliasesAuthorised)
                                .at("1", true)
                                .at("6", false),
                        row("integer levels", RoomVersionRules::integerPowerLevels)
                                .at("1", false)
                                .at("10", true),
                        row("notifications", RoomVersionRules::notificationsChecked)
                                .at("1", false)
                                .at("6", true),
                        row("knocking", RoomVersionRules::knocking).at("1", false).at("7", true),
                        row("restricted", RoomVersionRules::restrictedJoins)
                                .at("1", false)
                                .at("8", true),
                        row("knock restricted", RoomVersionRules::knockRestricted)
                                .at("1", false)
                                .at("10", true),
                        row("whole invite state", RoomVersionRules::inviteStateIsWhole)
                                .at("1", false)
                                .at("12", true),
                        row("federate", RoomVersionRules::federateAppliesToTargets).at("1", true),
                        row("implicit join rule", RoomVersionRules::implicitJoinRule)
                                .at("1", "invite"),
                        row("redacts in content", RoomVersionRules::redactsInContent)
                                .at("1", false)
                                .at("11", true),
                        row("creator", RoomVersionRules::creator)
                                .at("1", CreatorSource.CONTENT)
                                .at("11", CreatorSource.SENDER)
                                .at("12", CreatorSource.SENDER_AND_ADDITIONAL),
                        row("room ID is hash", RoomVersionRules::roomIdIsCreateHash)
                                .at("1", false)
                                .at("12", true),
                        row("create cited", RoomVersionRules::createInAuthEvents)
                                .at("1", true)
                                .at("12", false),
                        row("state resolution", RoomVersionRules::stateResolution)
                                .at("1", StateResolutionVersion.V1)
                                .at("2", StateResolutionVersion.V2)
                                .at("12", StateResolutionVersion.V2_1),
                        row("infinite power", RoomVersionRules::creatorsHaveInfinitePower)
                                .at("1", false)
                                .at("12", true))
                .map(Row::arguments);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void eachVersionBehavesAsItsSpecificationSays(
            String behaviour, Function<RoomVersionRules, Object> accessor, List<Object> expected) {
        assertThat(ALL.stream().map(RoomVersionRulesTest::rules).map(accessor))
                .containsExactlyElementsOf(expected);
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

        for (String version : ALL.subList(0, 10)) {
            assertThat(rules(version).redaction().topLevelKeys()).containsExactly(ten.split(" "));
        }
        assertThat(rules("11").redaction().topLevelKeys()).containsExactly(eleven.split(" "));
        assertThat(rules("12").redaction()).isEqualTo(rules("11").redaction());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    void whatRedactionKeepsOfTheContentIsAsListedUpToVersion5(String version) {
        assertThat(kept(version))
                .containsExactly(
                        "m.room.member: membership",
                        "m.room.create: creator",
                        "m.room.join_rules: join_rule",
                        "m.room.power_levels: ban events events_default kick redact state_default"
                                + " users users_default",
                        "m.room.aliases: aliases",
                        "m.room.history_visibility: history_visibility");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "7"})
    void whatRedactionKeepsOfAliasesIsNothingSinceVersion6(String version) {
        assertThat(kept(version))
                .isEqualTo(without(kept("5"), "m.room.aliases: aliases"))
                .contains("m.room.join_rules: join_rule");
        assertThat(rules(version).redaction().contentOf("m.room.aliases"))
                .isEqualTo(KeptContent.NONE);
    }

    @Test
    void whatRedactionKeepsOfJoinRulesGrowsInVersion8AndOfMembersInVersion9() {
        assertThat(kept("8"))
                .contains("m.room.join_rules: join_rule allow", "m.room.member: membership");
        assertThat(kept("9"))
                .containsExactly(
                        "m.room.member: membership join_authorised_via_users_server",
                        "m.room.create: creator",
                        "m.room.join_rules: join_rule allow",
                        "m.room.power_levels: ban events events_default kick redact state_default"
                                + " users users_default",
                        "m.room.history_visibility: history_visibility");
        assertThat(rules("10").redaction()).isEqualTo(rules("9").redaction());
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
                .containsExactlyElementsOf(ALL);
        assertThat(RoomVersionRules.recommended()).isEqualTo(rules("12"));
    }

    @Test
    void depthGrowsByOneUntilItsLimit() {
        assertThat(rules("5").depthAfter(0)).isEqualTo(1);
        assertThat(rules("5").depthAfter(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(rules("5").depthAfter(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(rules("6").depthAfter((1L << 53) - 2)).isEqualTo((1L << 53) - 1);
        assertThat(rules("6").depthAfter((1L << 53) - 1)).isEqualTo((1L << 53) - 1);
    }

    @Test
    void versionsThisServerDoesNotKnowHaveNoRules() {
        assertThat(RoomVersionRules.of(new RoomVersion("org.example.test-1"))).isEmpty();
        assertThat(RoomVersionRules.of(new RoomVersion("13"))).isEmpty();
        assertThat(RoomVersionRules.of(RoomVersion.WHEN_UNNAMED)).isPresent();
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

    /// A behaviour over the versions.
    private record Row(
            String name,
            Function<RoomVersionRules, Object> accessor,
            SequencedMap<String, Object> since) {

        Row at(String version, Object behaviour) {
            since.put(version, behaviour);
            return this;
        }

        Arguments arguments() {
            var all = new ArrayList<Object>();
            for (var version : ALL) {
                all.add(since.containsKey(version) ? since.get(version) : all.getLast());
            }
            return Arguments.of(name, accessor, all);
        }
    }

    private static Row row(String name, Function<RoomVersionRules, Object> accessor) {
        return new Row(name, accessor, new LinkedHashMap<>());
    }

    private static RoomVersionRules rules(String version) {
        return RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
    }

    private static List<String> without(List<String> lines, String line) {
        return lines.stream().filter(it -> !it.equals(line)).toList();
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
