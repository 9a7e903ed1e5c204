package org.stratafed.server.engine.messaging;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.InitialState;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.messaging.membership.MemberContent;

/// The events a new room starts with, in the order the specification has them: what comes later
/// overrides what came before.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom">
///     `createRoom`</a>
final class RoomCreation {

    static final int INITIAL_STATE_MAX = 100;
    static final int INVITES_MAX = 100;

    private static final String ADDITIONAL_CREATORS = "additional_creators";

    private final RoomVersionRules rules;
    private final UserId creator;
    private final RoomCreationRequest request;

    RoomCreation(RoomVersionRules rules, UserId creator, RoomCreationRequest request) {
        this.rules = rules;
        this.creator = creator;
        this.request = request;
        check();
    }

    private void check() {
        if (request.initialState().size() > INITIAL_STATE_MAX) {
            throw MatrixException.invalidParam("more initial state than " + INITIAL_STATE_MAX);
        }
        if (request.invite().size() > INVITES_MAX) {
            throw MatrixException.invalidParam("more invites than " + INVITES_MAX);
        }
        for (var initial : request.initialState()) {
            var type = initial.key().type();
            if (type.equals("m.room.create") || type.equals("m.room.member")) {
                throw MatrixException.invalidParam(type + " can't be initial state");
            }
        }
    }

    /// @param room the room's id, where the version doesn't derive it from the create event
    /// @param profile the creator's
    RoomPlan plan(Optional<RoomId> room, Optional<RoomAlias> alias, JsonObject profile) {
        var createContent = createContent();
        var events = new ArrayList<PlannedEvent>();
        var join = MemberContent.of("join", profile, Optional.empty());
        events.add(new PlannedEvent("m.room.member", creator.value(), join));
        events.add(state("m.room.power_levels", powerLevels(createContent)));
        alias.ifPresent(it -> events.add(one("m.room.canonical_alias", "alias", it.value())));
        presetEvents().stream().filter(it -> !isInitial(it)).forEach(events::add);
        request.initialState().stream()
                .filter(it -> !isPowerLevels(it))
                .map(it -> new PlannedEvent(it.key().type(), it.key().stateKey(), it.content()))
                .forEach(events::add);
        request.name().ifPresent(name -> events.add(one("m.room.name", "name", name)));
        request.topic().ifPresent(topic -> events.add(state("m.room.topic", topic(topic))));
        return new RoomPlan(rules.version(), room, creator, createContent, List.copyOf(events));
    }

    Preset preset() {
        return request.preset()
                .orElse(request.published() ? Preset.PUBLIC_CHAT : Preset.PRIVATE_CHAT);
    }

    /// What the version decides is not the user's to say. In a trusted private chat the invitees
    /// are to be the creator's equals, which creators' infinite power takes more than a level for.
    private JsonObject createContent() {
        var content = request.creationContent().without("creator", "room_version");
        if (!rules.creatorsHaveInfinitePower()) {
            return content;
        }
        var creators = new LinkedHashSet<>(additionalCreators(content));
        if (preset() == Preset.TRUSTED_PRIVATE_CHAT) {
            request.invite().stream().map(UserId::value).forEach(creators::add);
        }
        creators.remove(creator.value());
        return creators.isEmpty()
                ? content
                : content.with(ADDITIONAL_CREATORS, JsonArray.ofStrings(creators));
    }

    private static List<String> additionalCreators(JsonObject content) {
        if (!content.has(ADDITIONAL_CREATORS)) {
            return List.of();
        }
        var creators = content.array(ADDITIONAL_CREATORS).flatMap(JsonArray::strings);
        if (creators.isEmpty() || !creators.get().stream().allMatch(RoomCreation::isUser)) {
            throw MatrixException.invalidParam("additional_creators isn't a list of users");
        }
        return creators.get();
    }

    private static boolean isUser(String id) {
        return UserId.parse(id).isPresent();
    }

    private JsonObject powerLevels(JsonObject createContent) {
        return request.initialState().stream()
                .filter(RoomCreation::isPowerLevels)
                .map(InitialState::content)
                .findFirst()
                .orElseGet(
                        () ->
                                new InitialPowerLevels(rules, creator, preset(), request.invite())
                                        .content(
                                                additionalCreators(createContent),
                                                request.powerLevelOverride()));
    }

    private List<PlannedEvent> presetEvents() {
        boolean isPublic = preset() == Preset.PUBLIC_CHAT;
        return List.of(
                one("m.room.join_rules", "join_rule", isPublic ? "public" : "invite"),
                one("m.room.history_visibility", "history_visibility", "shared"),
                one("m.room.guest_access", "guest_access", isPublic ? "forbidden" : "can_join"));
    }

    private boolean isInitial(PlannedEvent event) {
        var key = new StateKeyTuple(event.type(), event.stateKey());
        return request.initialState().stream().anyMatch(it -> it.key().equals(key));
    }

    private static boolean isPowerLevels(InitialState initial) {
        return initial.key().equals(new StateKeyTuple("m.room.power_levels", ""));
    }

    private static JsonObject topic(String topic) {
        var plain = JsonObject.builder().put("body", topic).build();
        var text = JsonObject.builder().put("m.text", JsonArray.of(List.of(plain))).build();
        return JsonObject.builder().put("topic", topic).put("m.topic", text).build();
    }

    private static PlannedEvent one(String type, String key, String value) {
        return state(type, JsonObject.builder().put(key, value).build());
    }

    private static PlannedEvent state(String type, JsonObject content) {
        return new PlannedEvent(type, "", content);
    }
}
