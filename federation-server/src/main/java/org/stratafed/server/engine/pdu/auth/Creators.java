package org.stratafed.server.engine.pdu.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.room.RoomVersionRules;

/// The creators of a room, as its create event and its version have them.
record Creators(List<String> users) {

    static final String CREATOR = "creator";
    static final String ADDITIONAL = "additional_creators";

    static Creators of(RoomVersionRules rules, Pdu create) {
        var content = create.content();
        return switch (rules.creator()) {
            case CONTENT -> new Creators(content.string(CREATOR).stream().toList());
            case SENDER -> new Creators(List.of(create.sender().value()));
            case SENDER_AND_ADDITIONAL -> {
                var users = new ArrayList<String>();
                users.add(create.sender().value());
                content.array(ADDITIONAL).flatMap(JsonArray::strings).ifPresent(users::addAll);
                yield new Creators(Collections.unmodifiableList(users));
            }
        };
    }

    /// The one who joins first.
    Optional<String> first() {
        return users.stream().findFirst();
    }

    boolean include(UserId user) {
        return users.contains(user.value());
    }
}
