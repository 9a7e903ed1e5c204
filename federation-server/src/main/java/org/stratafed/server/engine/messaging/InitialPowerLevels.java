package org.stratafed.server.engine.messaging;

import java.util.List;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// The power levels a new room starts with.
///
/// @param invited who is made the creator's equal in a trusted private chat
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels">
///     `m.room.power_levels`</a>
record InitialPowerLevels(
        RoomVersionRules rules, UserId creator, Preset preset, List<UserId> invited) {

    private static final int MODERATOR = 50;
    private static final int ADMIN = 100;

    /// Above what an administrator has, where creators stand above levels: whoever closes a room
    /// decides what becomes of it.
    private static final int CREATORS_ONLY = 150;

    /// @param overriding replaces what it has of the top level
    JsonObject content(List<String> additionalCreators, JsonObject overriding) {
        var content =
                JsonObject.builder()
                        .put("users", users())
                        .put("users_default", 0)
                        .put("events", events())
                        .put("events_default", 0)
                        .put("state_default", MODERATOR)
                        .put("ban", MODERATOR)
                        .put("kick", MODERATOR)
                        .put("redact", MODERATOR)
                        .put("invite", preset == Preset.PUBLIC_CHAT ? MODERATOR : 0)
                        .putAll(overriding)
                        .build();
        if (rules.creatorsHaveInfinitePower()) {
            mustNotListCreators(content, additionalCreators);
        }
        return content;
    }

    private JsonObject users() {
        var users = JsonObject.builder();
        if (!rules.creatorsHaveInfinitePower()) {
            users.put(creator.value(), ADMIN);
            if (preset == Preset.TRUSTED_PRIVATE_CHAT) {
                invited.forEach(user -> users.put(user.value(), ADMIN));
            }
        }
        return users.build();
    }

    private JsonObject events() {
        return JsonObject.builder()
                .put("m.room.name", MODERATOR)
                .put("m.room.avatar", MODERATOR)
                .put("m.room.canonical_alias", MODERATOR)
                .put("m.room.power_levels", ADMIN)
                .put("m.room.history_visibility", ADMIN)
                .put("m.room.encryption", ADMIN)
                .put("m.room.server_acl", ADMIN)
                .put("m.room.tombstone", rules.creatorsHaveInfinitePower() ? CREATORS_ONLY : ADMIN)
                .build();
    }

    private void mustNotListCreators(JsonObject content, List<String> additionalCreators) {
        var users = content.object("users").orElse(JsonObject.empty());
        if (users.has(creator.value()) || additionalCreators.stream().anyMatch(users::has)) {
            throw MatrixException.invalidParam("creators have no level in this room version");
        }
    }
}
