package org.stratafed.server.engine.pdu.graph;

import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// What gaps are filled with.
record Means(
        HomeserverEnvironment environment,
        RemoteRooms remote,
        RoomLanes lanes,
        PduIntake intake,
        Judging judging,
        PeersOfRoom peers,
        EventFetcher fetcher,
        GapBook book) {

    RoomStore rooms() {
        return environment.stores().rooms();
    }

    long now() {
        return environment.clock().millis();
    }
}
