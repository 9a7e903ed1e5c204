package org.stratafed.simulator.scenario;

import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;

/// How a room can be come into.
public enum Door {
    PUBLIC("public"),
    INVITE("invite"),
    KNOCK("knock"),
    RESTRICTED("restricted"),
    KNOCK_RESTRICTED("knock_restricted");

    /// The room whose members may come into one with conditions.
    public static final String CLUB = "club";

    /// An open one as often as all others.
    private static final List<Door> WEIGHED =
            List.of(PUBLIC, INVITE, PUBLIC, KNOCK, PUBLIC, RESTRICTED, PUBLIC, KNOCK_RESTRICTED);

    private final String value;

    Door(String value) {
        this.value = value;
    }

    /// A kind of chance's choice.
    public static Door of(int chance) {
        return WEIGHED.get(chance % WEIGHED.size());
    }

    /// The join rule, as far as there is a club.
    JsonObject rule(Stage stage) {
        var club = stage.findRoom(CLUB).stream().toArray(RoomId[]::new);
        return Texts.joinRule(value, club);
    }

    /// How rooms that begin with it are counted.
    public String title() {
        return "door/" + value.replace('_', '-');
    }
}
