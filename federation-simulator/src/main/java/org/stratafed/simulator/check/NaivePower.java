package org.stratafed.simulator.check;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.CreatorSource;
import org.stratafed.api.model.room.RoomVersionRules;

/// The power of an event's sender by the event's own auth events. Levels are integers a `double`
/// holds exactly, and its infinity stands for that of creators.
final class NaivePower {

    private static final double CREATOR_WITHOUT_POWER_LEVELS = 100;

    private final RoomVersionRules rules;
    private final NaiveEvents events;

    NaivePower(RoomVersionRules rules, NaiveEvents events) {
        this.rules = rules;
        this.events = events;
    }

    double of(Pdu event) {
        boolean isCreator = isCreator(create(event).orElseThrow(), event.sender().value());
        if (isCreator && rules.creatorsHaveInfinitePower()) {
            return Double.POSITIVE_INFINITY;
        }
        var levels = cited(event, "m.room.power_levels");
        if (levels.isEmpty()) {
            return isCreator ? CREATOR_WITHOUT_POWER_LEVELS : 0;
        }
        var content = levels.get().content();
        var users = content.object("users").orElse(JsonObject.empty());
        return users.integer(event.sender().value())
                .orElse(content.integer("users_default").orElse(0));
    }

    Optional<Pdu> create(Pdu event) {
        return rules.createInAuthEvents()
                ? cited(event, "m.room.create")
                : event.roomId().createEvent().flatMap(events::event);
    }

    /// The event with this type and an empty state key among those that an event cites.
    Optional<Pdu> cited(Pdu event, String type) {
        for (var id : event.authEvents()) {
            var cited = events.event(id);
            if (cited.isPresent() && cited.get().isState(type, "")) {
                return cited;
            }
        }
        return Optional.empty();
    }

    private boolean isCreator(Pdu create, String user) {
        if (rules.creator() == CreatorSource.CONTENT) {
            return create.content().string("creator").equals(Optional.of(user));
        }
        var more =
                rules.creator() == CreatorSource.SENDER_AND_ADDITIONAL
                        ? create.content().array("additional_creators").orElse(JsonArray.empty())
                        : JsonArray.empty();
        return create.sender().value().equals(user)
                || more.strings().map(users -> users.contains(user)).orElse(false);
    }
}
