package org.stratafed.server.engine.pdu.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.server.engine.pdu.intake.DroppedPdus;

/// The events of a room that were left out of it, since they did not pass their checks.
final class DroppedEvents {

    /// Of which each is told; of the others their number.
    static final int TOLD_MAX = 100;

    private final Telemetry telemetry;
    private final DroppedPdus record;
    private final ServerName peer;
    private final RoomId room;
    private final JoinProgress progress;
    private final List<DroppedPdus.Copy> copies = new ArrayList<>();
    private int count;

    DroppedEvents(
            HomeserverEnvironment environment,
            ServerName peer,
            RoomId room,
            JoinProgress progress) {
        telemetry = environment.telemetry();
        record = new DroppedPdus(environment);
        this.peer = peer;
        this.room = room;
        this.progress = progress;
    }

    /// @param event its ID, if it is an event at all
    void add(Optional<EventId> event, Refusal refusal) {
        progress.dropped();
        if (++count <= TOLD_MAX) {
            telemetry.refused(peer, Optional.of(room), event, refusal);
            copies.add(new DroppedPdus.Copy(count, event, refusal));
        }
    }

    /// All have come: so that it can be asked later why they are not there.
    void tell() {
        if (count > 0) {
            telemetry.peer(
                    peer,
                    count
                            + " events that it sent of "
                            + room
                            + " did not pass their checks and were left out");
            record.add(Arrival.of(Arrival.Way.TOLD, peer), Optional.of(room), List.copyOf(copies))
                    .subscribe()
                    .with(
                            _ -> {},
                            failure -> telemetry.defect("the record of dropped events", failure));
        }
    }
}
