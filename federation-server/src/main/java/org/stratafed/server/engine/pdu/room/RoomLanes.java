package org.stratafed.server.engine.pdu.room;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;

/// The lanes of all rooms in use. Idle ones are forgotten beyond a bound: they are made anew from
/// the store.
public final class RoomLanes {

    static final int LANES_MAX = 10_000;

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RoomListener listener;
    private final Map<RoomId, RoomLane> lanes = new LinkedHashMap<>(16, 0.75f, true);

    public RoomLanes(HomeserverEnvironment environment, LocalServer server, RoomListener listener) {
        this.environment = environment;
        this.server = server;
        this.listener = listener;
    }

    /// This server.
    public ServerName local() {
        return server.name();
    }

    public RoomLane lane(RoomId room) {
        var lane = lanes.get(room);
        if (lane == null) {
            lane = new RoomLane(room, environment, server, listener);
            lanes.put(room, lane);
            forgetIdle();
        }
        return lane;
    }

    private void forgetIdle() {
        var eldest = lanes.values().iterator();
        for (int excess = lanes.size() - LANES_MAX; excess > 0 && eldest.hasNext(); excess--) {
            if (eldest.next().isIdle()) {
                eldest.remove();
            }
        }
    }
}
