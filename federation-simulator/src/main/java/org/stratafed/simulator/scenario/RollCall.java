package org.stratafed.simulator.scenario;

import java.util.List;
import org.stratafed.simulator.host.SimServer;

/// One user of each server in the room says something; each after everything has come to rest.
final class RollCall {

    private RollCall() {}

    static void begin(Stage stage) {
        for (SimServer server : List.copyOf(Sights.inRoom(stage, ""))) {
            server.disk()
                    .room(stage.room(""))
                    .map(room -> room.members(server.name()))
                    .filter(members -> !members.isEmpty())
                    .ifPresent(
                            members -> {
                                var text = server + " is here " + stage.nextNumber();
                                new Deeds(stage, server, members.getFirst()).says(text);
                                Settling.settle(stage);
                            });
        }
    }
}
