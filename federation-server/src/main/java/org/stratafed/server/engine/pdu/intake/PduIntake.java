package org.stratafed.server.engine.pdu.intake;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSignatures;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.event.PduReceipt;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// What every event passes before it comes near a room: format, signatures, hash, over all cores.
/// Missing keys are fetched here; an event that is not verified causes no other network traffic.
public final class PduIntake {

    private final Compute compute;
    private final Signatures signatures;
    private final KeyRing keys;

    public PduIntake(Compute compute, Signatures signatures, KeyRing keys) {
        this.compute = compute;
        this.signatures = signatures;
        this.keys = keys;
    }

    /// Checks each event on its own, in the order given: one bad event spoils only itself.
    public Uni<List<ReceivedPdu>> check(RoomVersionRules rules, List<RawPdu> raw) {
        return compute.run(() -> wanted(rules, raw))
                .chain(keys::gather)
                .chain(book -> compute.runAll(checks(rules, raw, book)));
    }

    /// The sound ones of events that were asked for.
    public Uni<List<Pdu>> sound(RoomVersionRules rules, List<RawPdu> raw) {
        return check(rules, raw).map(PduIntake::sound);
    }

    private static List<Pdu> sound(List<ReceivedPdu> received) {
        var events = new ArrayList<Pdu>();
        for (var pdu : received) {
            switch (pdu) {
                case ReceivedPdu.Sound(var sound, _) -> events.add(sound);
                case ReceivedPdu.Refused _ -> {}
            }
        }
        return events;
    }

    private static LinkedHashSet<WantedKey> wanted(RoomVersionRules rules, List<RawPdu> raw) {
        var wanted = new LinkedHashSet<WantedKey>();
        for (var pdu : raw) {
            switch (EventParser.parse(rules, pdu)) {
                case ParsedPdu.Parsed(var parsed) ->
                        wanted.addAll(EventSignatures.wanted(rules, parsed));
                case ParsedPdu.NotAnEvent _ -> {}
            }
        }
        return wanted;
    }

    private List<Supplier<ReceivedPdu>> checks(
            RoomVersionRules rules, List<RawPdu> raw, KeyBook book) {
        return raw.stream()
                .<Supplier<ReceivedPdu>>map(
                        pdu -> () -> PduReceipt.check(rules, pdu, book, signatures))
                .toList();
    }
}
