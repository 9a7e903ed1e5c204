package org.stratafed.server.engine.pdu.intake;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.Telemetry;
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
    private final Telemetry telemetry;
    private final KeyRing keys;
    private final DroppedPdus dropped;

    public PduIntake(HomeserverEnvironment environment, KeyRing keys, DroppedPdus dropped) {
        this.dropped = dropped;
        this.compute = environment.compute();
        this.signatures = environment.signatures();
        this.telemetry = environment.telemetry();
        this.keys = keys;
    }

    /// Checks each event on its own, in the order given: one bad event spoils only itself.
    ///
    /// @param from who sent them, and vouches for the keys of servers that are away
    public Uni<List<ReceivedPdu>> check(
            RoomVersionRules rules, List<RawPdu> raw, List<ServerName> from) {
        return parse(rules, raw).chain(parsed -> check(rules, parsed, new LinkedHashSet<>(), from));
    }

    /// The first check: what is an event, and which.
    public Uni<List<ParsedPdu>> parse(RoomVersionRules rules, List<RawPdu> raw) {
        return compute.run(() -> raw.stream().map(pdu -> EventParser.parse(rules, pdu)).toList());
    }

    /// The checks that are left. Leaves out those that are `known`.
    public Uni<List<ReceivedPdu>> check(
            RoomVersionRules rules,
            List<ParsedPdu> parsed,
            SequencedSet<EventId> known,
            List<ServerName> from) {
        var news = parsed.stream().filter(one -> !isKnown(one, known)).toList();
        return compute.run(() -> wanted(rules, news))
                .chain(wanted -> keys.gather(wanted, from))
                .chain(book -> check(checks(rules, news, book), news));
    }

    /// All at once, over all cores; where a defect of ours ends that, one by one, so that the event
    /// which runs into it takes no other with it. That one can't be told from a forged one.
    private Uni<List<ReceivedPdu>> check(
            List<Supplier<ReceivedPdu>> checks, List<ParsedPdu> parsed) {
        return compute.runAll(checks)
                .onFailure()
                .recoverWithUni(
                        defect -> {
                            telemetry.defect("the checks of an event", defect);
                            return oneByOne(checks, parsed);
                        });
    }

    private Uni<List<ReceivedPdu>> oneByOne(
            List<Supplier<ReceivedPdu>> checks, List<ParsedPdu> parsed) {
        List<ReceivedPdu> received = new ArrayList<>();
        Uni<List<ReceivedPdu>> all = Uni.createFrom().item(received);
        for (int i = 0; i < checks.size(); i++) {
            var check = checks.get(i);
            var unchecked = unchecked(parsed.get(i));
            all =
                    all.call(
                            () ->
                                    compute.run(check)
                                            .onFailure()
                                            .recoverWithItem(unchecked)
                                            .invoke(received::add));
        }
        return all;
    }

    private static ReceivedPdu unchecked(ParsedPdu parsed) {
        var refusal = new Refusal(PduCheck.SIGNATURES, "the event could not be checked");
        return switch (parsed) {
            case ParsedPdu.Parsed(var pdu) ->
                    new ReceivedPdu.Refused(Optional.of(pdu.id()), refusal);
            case ParsedPdu.NotAnEvent _ -> new ReceivedPdu.Refused(Optional.empty(), refusal);
        };
    }

    /// Whether there are keys for all the signatures that these events need, whatever they prove.
    public Uni<Boolean> hasKeys(RoomVersionRules rules, List<RawPdu> raw) {
        return parse(rules, raw)
                .map(parsed -> wanted(rules, parsed))
                .chain(
                        wanted ->
                                keys.gather(wanted)
                                        .map(book -> wanted.stream().allMatch(isIn(book))));
    }

    private static Predicate<WantedKey> isIn(KeyBook book) {
        return wanted -> book.key(wanted.server(), wanted.key()).isPresent();
    }

    /// Whether this server, too, signed the event, with a key that proves it.
    public Uni<Boolean> isSignedBy(RoomVersionRules rules, Pdu pdu, ServerName signer) {
        return keys.gather(EventSignatures.wantedOf(rules, pdu, signer))
                .chain(
                        book ->
                                compute.run(
                                        () ->
                                                EventSignatures.checkOf(
                                                                rules,
                                                                pdu,
                                                                signer,
                                                                book,
                                                                signatures)
                                                        .isEmpty()));
    }

    /// How much that is.
    public Uni<Long> bytes(List<RawPdu> raw) {
        return compute.run(
                () -> raw.stream().mapToLong(pdu -> JsonWriter.write(pdu.json()).length).sum());
    }

    /// The sound ones of events that were asked for.
    public Uni<List<Pdu>> sound(RoomVersionRules rules, List<RawPdu> raw, ServerName from) {
        return check(rules, raw, List.of(from))
                .invoke(received -> dropped.addFetched(from, raw, received))
                .map(PduIntake::sound);
    }

    /// The sound ones of older events that were asked for, which may cite any number of others.
    public Uni<List<Pdu>> soundHistory(RoomVersionRules rules, List<RawPdu> raw, ServerName from) {
        return compute.run(
                        () ->
                                raw.stream()
                                        .map(pdu -> EventParser.parseBackfilled(rules, pdu))
                                        .toList())
                .chain(parsed -> check(rules, parsed, new LinkedHashSet<>(), List.of(from)))
                .invoke(received -> dropped.addFetched(from, raw, received))
                .map(PduIntake::sound);
    }

    private static boolean isKnown(ParsedPdu parsed, SequencedSet<EventId> known) {
        return switch (parsed) {
            case ParsedPdu.Parsed(var pdu) -> known.contains(pdu.id());
            case ParsedPdu.NotAnEvent _ -> false;
        };
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

    private static LinkedHashSet<WantedKey> wanted(RoomVersionRules rules, List<ParsedPdu> parsed) {
        var wanted = new LinkedHashSet<WantedKey>();
        for (var one : parsed) {
            switch (one) {
                case ParsedPdu.Parsed(var pdu) -> wanted.addAll(EventSignatures.wanted(rules, pdu));
                case ParsedPdu.NotAnEvent _ -> {}
            }
        }
        return wanted;
    }

    private List<Supplier<ReceivedPdu>> checks(
            RoomVersionRules rules, List<ParsedPdu> parsed, KeyBook book) {
        return parsed.stream()
                .<Supplier<ReceivedPdu>>map(one -> () -> check(rules, one, book))
                .toList();
    }

    private ReceivedPdu check(RoomVersionRules rules, ParsedPdu parsed, KeyBook book) {
        return switch (parsed) {
            case ParsedPdu.Parsed(var pdu) -> PduReceipt.check(rules, pdu, book, signatures);
            case ParsedPdu.NotAnEvent(var refusal) ->
                    new ReceivedPdu.Refused(Optional.empty(), refusal);
        };
    }
}
