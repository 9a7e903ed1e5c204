package org.stratafed.server.engine.pdu.arrival;

import java.time.Duration;
import java.util.Optional;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.api.spi.Telemetry;

/// Counts how far a join through another server has come.
public final class JoinProgress {

    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    private final RoomId room;
    private final UserId user;
    private final long startedTs;
    private Optional<ServerName> through = Optional.empty();
    private long receivedBytes;
    private int receivedEvents;
    private int verifiedEvents;
    private int storedEvents;
    private int droppedEvents;
    private long toldTs;

    public JoinProgress(RoomId room, UserId user, long startedTs) {
        this.room = room;
        this.user = user;
        this.startedTs = startedTs;
        toldTs = startedTs;
    }

    /// It is tried through this server now, from the beginning.
    public void begin(ServerName server) {
        through = Optional.of(server);
        receivedBytes = 0;
        receivedEvents = 0;
        verifiedEvents = 0;
        storedEvents = 0;
        droppedEvents = 0;
    }

    void received(int events, long bytesInAll) {
        receivedEvents += events;
        receivedBytes = bytesInAll;
    }

    void verified(int events) {
        verifiedEvents += events;
    }

    void stored(int events) {
        storedEvents += events;
    }

    void dropped() {
        droppedEvents++;
    }

    /// Says how far it is, if nothing was said of it for a while.
    void tell(Telemetry telemetry, long nowTs) {
        if (nowTs - toldTs >= TOLD_EVERY.toMillis()) {
            toldTs = nowTs;
            telemetry.progress(
                    ("Joining %s for %s through %s: %d events (%d bytes) received, %d checked, %d"
                                    + " stored")
                            .formatted(
                                    room,
                                    user,
                                    through.map(ServerName::value).orElse("nobody"),
                                    receivedEvents,
                                    receivedBytes,
                                    verifiedEvents,
                                    storedEvents));
        }
    }

    public JoinUnderWay now() {
        return new JoinUnderWay(
                room,
                user,
                through,
                startedTs,
                receivedBytes,
                receivedEvents,
                verifiedEvents,
                storedEvents,
                droppedEvents);
    }
}
