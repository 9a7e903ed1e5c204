package org.stratafed.server.engine.pdu.intake;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.store.VerdictStore;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// Writes down copies of events that are not kept, so that it can be said later why.
///
/// Those that came together are one write.
public final class DroppedPdus {

    /// What is kept of a reason, which quotes what a peer sent.
    static final int REASON_CHARS_MAX = 1_000;

    private final VerdictStore verdicts;
    private final InstantSource clock;
    private final Telemetry telemetry;

    public DroppedPdus(HomeserverEnvironment environment) {
        this.verdicts = environment.stores().verdicts();
        this.clock = environment.clock();
        this.telemetry = environment.telemetry();
    }

    /// One of those that came together.
    ///
    /// @param index its place among them
    public record Copy(int index, Optional<EventId> event, Refusal refusal) {}

    /// Completes when they are durable.
    public Uni<Void> add(Arrival arrival, Optional<RoomId> room, List<Copy> copies) {
        return copies.isEmpty()
                ? Uni.createFrom().voidItem()
                : verdicts.drop(copies.stream().map(copy -> dropped(arrival, room, copy)).toList());
    }

    /// Of what a server answered with, those that did not pass the checks. Nobody waits for that.
    void addFetched(ServerName from, List<RawPdu> raw, List<ReceivedPdu> received) {
        var dropped = new ArrayList<DroppedPdu>();
        var arrival = Arrival.of(Arrival.Way.FETCHED, from);
        for (int i = 0; i < received.size(); i++) {
            switch (received.get(i)) {
                case ReceivedPdu.Sound _ -> {}
                case ReceivedPdu.Refused(var id, var refusal) -> {
                    var room = raw.get(i).json().string("room_id").flatMap(RoomId::parse);
                    dropped.add(dropped(arrival, room, new Copy(i, id, refusal)));
                }
            }
        }
        write(dropped);
    }

    private DroppedPdu dropped(Arrival arrival, Optional<RoomId> room, Copy copy) {
        return new DroppedPdu(
                arrival, copy.index(), room, copy.event(), cut(copy.refusal()), clock.millis());
    }

    private static Refusal cut(Refusal refusal) {
        var reason = refusal.reason();
        return reason.length() <= REASON_CHARS_MAX
                ? refusal
                : new Refusal(
                        refusal.check(),
                        refusal.rule(),
                        reason.substring(0, REASON_CHARS_MAX),
                        refusal.deciding());
    }

    private void write(List<DroppedPdu> dropped) {
        if (!dropped.isEmpty()) {
            verdicts.drop(dropped)
                    .subscribe()
                    .with(
                            _ -> {},
                            failure -> telemetry.defect("the record of dropped events", failure));
        }
    }
}
