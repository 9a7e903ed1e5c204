package org.stratafed.simulator.host;

import java.util.Optional;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.loop.VirtualTime;
import org.stratafed.simulator.store.DiskFull;

/// What one virtual server would log, as lines of the trace. A defect fails the run, unless it
/// comes from a full disk.
final class RecordingTelemetry implements Telemetry {

    private final ServerName server;
    private final VirtualTime time;
    private final Trace trace;
    private final Violations violations;

    RecordingTelemetry(ServerName server, VirtualTime time, Trace trace, Violations violations) {
        this.server = server;
        this.time = time;
        this.trace = trace;
        this.violations = violations;
    }

    @Override
    public void refused(
            ServerName origin, Optional<RoomId> room, Optional<EventId> event, Refusal refusal) {
        line("refuses", event.map(EventId::value).orElse("?") + " of " + origin + ": " + refusal);
    }

    @Override
    public void peer(ServerName peer, String what) {
        line("peer", peer + ": " + what);
    }

    @Override
    public void stateReset(StateReset reset) {
        line("reset", reset.toString());
    }

    @Override
    public void progress(String what) {
        line("progress", what);
    }

    @Override
    public void defect(String where, Throwable cause) {
        line("defect", where + ": " + cause);
        if (!DiskFull.isCauseOf(cause)) {
            violations.add("a defect at " + server + ", in " + where, cause);
        }
    }

    private void line(String kind, String what) {
        trace.record(time.nowNanos(), kind, server + " " + what, 0);
    }
}
