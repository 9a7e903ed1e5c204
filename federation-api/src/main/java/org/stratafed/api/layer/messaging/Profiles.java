package org.stratafed.api.layer.messaging;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Accounts as the rooms see them: that they exist, and how they call themselves.
public interface Profiles {

    /// Makes a local account known; `M_USER_IN_USE` if it is already.
    Uni<Void> register(UserId user);

    /// A user's profile; one of another server is asked of that server.
    Uni<JsonObject> profile(UserId user);

    /// Sets or (with empty) removes one field, and puts it into the user's rooms.
    Uni<Void> setField(UserId user, String field, Optional<JsonValue> value);
}
