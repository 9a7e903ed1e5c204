package org.stratafed.server.engine.messaging.membership;

import java.util.Optional;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// The content of membership events: what a user is to the room, and how they call themselves.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroommember">`m.room.member`</a>
public final class MemberContent {

    private MemberContent() {}

    /// @param profile the profile of whose membership it is, if that is known here
    public static JsonObject of(String membership, JsonObject profile, Optional<String> reason) {
        return JsonObject.builder()
                .put("membership", membership)
                .putIfPresent("displayname", text(profile, "displayname"))
                .putIfPresent("avatar_url", text(profile, "avatar_url"))
                .putIfPresent("reason", reason.map(JsonString::new))
                .build();
    }

    /// Whether the profile field is one that membership events have.
    public static boolean has(String profileField) {
        return profileField.equals("displayname") || profileField.equals("avatar_url");
    }

    /// The content with a changed profile field. Who let the user in is not so for what they
    /// change afterwards.
    public static JsonObject withField(
            JsonObject content, String field, Optional<JsonValue> value) {
        var bare = content.without(field, "join_authorised_via_users_server");
        return value.map(it -> bare.with(field, it)).orElse(bare);
    }

    private static Optional<JsonString> text(JsonObject profile, String field) {
        return profile.string(field).map(JsonString::new);
    }
}
