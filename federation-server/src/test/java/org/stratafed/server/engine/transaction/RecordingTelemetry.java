package org.stratafed.server.engine.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.Telemetry;

/// What an operator was told.
public final class RecordingTelemetry implements Telemetry {

    private final List<String> refusals = new ArrayList<>();
    private final List<String> peers = new ArrayList<>();
    private final List<String> defects = new ArrayList<>();

    public List<String> refusals() {
        return refusals;
    }

    public List<String> peers() {
        return peers;
    }

    public List<String> defects() {
        return defects;
    }

    @Override
    public void refused(
            ServerName origin, Optional<RoomId> room, Optional<EventId> event, Refusal refusal) {
        refusals.add(origin + ": " + refusal.check() + " " + refusal.text());
    }

    @Override
    public void peer(ServerName server, String what) {
        peers.add(server + ": " + what);
    }

    @Override
    public void stateReset(StateReset reset) {
        throw new AssertionError("nothing here knows of state: " + reset);
    }

    @Override
    public void progress(String what) {
        throw new AssertionError("nothing here takes long: " + what);
    }

    @Override
    public void defect(String where, Throwable cause) {
        defects.add(where + ": " + cause.getMessage());
    }
}
