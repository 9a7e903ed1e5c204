package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.BOB;
import static org.stratafed.server.engine.messaging.SampleEvents.json;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.InitialState;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

class RoomCreationTest {

    private static final RoomAlias ALIAS = new RoomAlias("#lobby:alpha");

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void eventsComeInTheOrderOfTheSpecification(String version) {
        var request = new Request();
        request.name = Optional.of("Lobby");
        request.topic = Optional.of("All of it");
        request.initialState =
                List.of(initial("m.room.encryption", "{'algorithm': 'm.megolm.v1.aes-sha2'}"));
        var plan = request.plan(version, Optional.of(ALIAS));
        assertThat(plan.events())
                .extracting(PlannedEvent::type)
                .containsExactly(
                        "m.room.member",
                        "m.room.power_levels",
                        "m.room.canonical_alias",
                        "m.room.join_rules",
                        "m.room.history_visibility",
                        "m.room.guest_access",
                        "m.room.encryption",
                        "m.room.name",
                        "m.room.topic");
        assertThat(content(plan, "m.room.canonical_alias"))
                .isEqualTo(json("{'alias': '#lobby:alpha'}"));
        assertThat(content(plan, "m.room.name")).isEqualTo(json("{'name': 'Lobby'}"));
        assertThat(content(plan, "m.room.topic").string("topic")).contains("All of it");
    }

    @Test
    void theCreatorJoinsByTheNameOfTheirProfile() {
        var join = new Request().plan("12", Optional.empty()).events().getFirst();
        assertThat(join.stateKey()).isEqualTo(ALICE.value());
        assertThat(join.content())
                .isEqualTo(json("{'membership': 'join', 'displayname': 'Alice'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "PRIVATE_CHAT, invite, can_join, 0",
        "TRUSTED_PRIVATE_CHAT, invite, can_join, 0",
        "PUBLIC_CHAT, public, forbidden, 50",
    })
    void aPresetSaysWhoMayComeIn(
            Preset preset, String joinRule, String guestAccess, long invitePower) {
        var request = new Request();
        request.preset = Optional.of(preset);
        var plan = request.plan("11", Optional.empty());
        assertThat(content(plan, "m.room.join_rules").string("join_rule")).contains(joinRule);
        assertThat(content(plan, "m.room.history_visibility").string("history_visibility"))
                .contains("shared");
        assertThat(content(plan, "m.room.guest_access").string("guest_access"))
                .contains(guestAccess);
        assertThat(content(plan, "m.room.power_levels").integer("invite")).hasValue(invitePower);
    }

    @Test
    void aPublishedRoomIsPublicUnlessAPresetSaysOtherwise() {
        var request = new Request();
        request.published = true;
        var plan = request.plan("11", Optional.empty());
        assertThat(content(plan, "m.room.join_rules").string("join_rule")).contains("public");
        request.preset = Optional.of(Preset.PRIVATE_CHAT);
        var privatePlan = request.plan("11", Optional.empty());
        assertThat(content(privatePlan, "m.room.join_rules").string("join_rule"))
                .contains("invite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11"})
    void creatorsHaveALevelWhereTheyStandWithinTheLevels(String version) {
        var request = trusted();
        var plan = request.plan(version, Optional.empty());
        assertThat(content(plan, "m.room.power_levels").object("users"))
                .contains(json("{'@alice:alpha': 100, '@bob:beta': 100}"));
        assertThat(tombstonePower(plan)).isEqualTo(100);
        assertThat(plan.createContent()).isEqualTo(JsonObject.empty());
    }

    /// A level for a creator would make the room's own power levels invalid.
    @Test
    void creatorsHaveNoLevelWhereTheyStandAboveAllLevels() {
        var plan = trusted().plan("12", Optional.empty());
        assertThat(content(plan, "m.room.power_levels").object("users"))
                .contains(JsonObject.empty());
        assertThat(tombstonePower(plan)).isEqualTo(150);
        assertThat(plan.createContent()).isEqualTo(json("{'additional_creators': ['@bob:beta']}"));
    }

    @Test
    void inviteesOfAPrivateChatAreNoCreators() {
        var request = new Request();
        request.invite = List.of(BOB);
        assertThat(request.plan("12", Optional.empty()).createContent())
                .isEqualTo(JsonObject.empty());
    }

    @Test
    void aLevelForACreatorIsRefused() {
        var request = new Request();
        request.powerLevels = json("{'users': {'@alice:alpha': 100}}");
        assertThatThrownBy(() -> request.plan("12", Optional.empty()))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("creators");
    }

    @Test
    void powerLevelsAreOverriddenKeyByKey() {
        var request = new Request();
        request.powerLevels = json("{'events_default': 10, 'users': {'@alice:alpha': 90}}");
        var levels = content(request.plan("11", Optional.empty()), "m.room.power_levels");
        assertThat(levels.integer("events_default")).hasValue(10);
        assertThat(levels.object("users")).contains(json("{'@alice:alpha': 90}"));
        assertThat(levels.integer("ban")).hasValue(50);
    }

    @Test
    void initialStateTakesThePlaceOfWhatThePresetHas() {
        var request = new Request();
        request.initialState =
                List.of(
                        initial("m.room.join_rules", "{'join_rule': 'knock'}"),
                        initial("m.room.power_levels", "{'ban': 7}"));
        var plan = request.plan("11", Optional.empty());
        assertThat(plan.events())
                .extracting(PlannedEvent::type)
                .containsExactly(
                        "m.room.member",
                        "m.room.power_levels",
                        "m.room.history_visibility",
                        "m.room.guest_access",
                        "m.room.join_rules");
        assertThat(content(plan, "m.room.power_levels")).isEqualTo(json("{'ban': 7}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.room.create", "m.room.member"})
    void initialStateMakesNoRoomAndNoMembers(String type) {
        var request = new Request();
        request.initialState = List.of(initial(type, "{}"));
        assertThatThrownBy(() -> request.plan("11", Optional.empty()))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining(type);
    }

    @Test
    void theVersionDecidesOnTheCreatorAndNotTheContent() {
        var request = new Request();
        request.creationContent =
                json("{'creator': '@mallory:beta', 'room_version': '1', 'm.federate': false}");
        assertThat(request.plan("10", Optional.empty()).createContent())
                .isEqualTo(json("{'m.federate': false}"));
    }

    @Test
    void additionalCreatorsAreUsers() {
        var request = new Request();
        request.creationContent = json("{'additional_creators': ['nobody']}");
        assertThatThrownBy(() -> request.plan("12", Optional.empty()))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("additional_creators");
    }

    private static Request trusted() {
        var request = new Request();
        request.preset = Optional.of(Preset.TRUSTED_PRIVATE_CHAT);
        request.invite = List.of(BOB);
        return request;
    }

    private static InitialState initial(String type, String content) {
        return new InitialState(new StateKeyTuple(type, ""), json(content));
    }

    private static JsonObject content(RoomPlan plan, String type) {
        return plan.events().stream()
                .filter(it -> it.type().equals(type))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static long tombstonePower(RoomPlan plan) {
        return content(plan, "m.room.power_levels")
                .object("events")
                .orElseThrow()
                .integer("m.room.tombstone")
                .orElseThrow();
    }

    /// A request for a room, to be told apart from the plainest one there is.
    private static final class Request {

        private Optional<Preset> preset = Optional.empty();
        private boolean published;
        private Optional<String> name = Optional.empty();
        private Optional<String> topic = Optional.empty();
        private List<UserId> invite = List.of();
        private List<InitialState> initialState = List.of();
        private JsonObject creationContent = JsonObject.empty();
        private JsonObject powerLevels = JsonObject.empty();

        RoomPlan plan(String version, Optional<RoomAlias> alias) {
            var request =
                    new RoomCreationRequest(
                            Optional.empty(),
                            preset,
                            published,
                            Optional.empty(),
                            name,
                            topic,
                            invite,
                            false,
                            initialState,
                            creationContent,
                            powerLevels);
            var rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
            return new RoomCreation(rules, ALICE, request)
                    .plan(Optional.empty(), alias, json("{'displayname': 'Alice', 'tz': 'UTC'}"));
        }
    }
}
