package org.stratafed.benchmarks.join;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.crypto.StrictSignatures;
import org.stratafed.server.engine.pdu.event.Redaction;

/// Joins rooms of several sizes, shows what that costs beside what it has to cost, and writes it
/// down as JSON.
public final class JoinMain {

    private static final int SERVERS = 200;
    private static final int WARM_UP_MEMBERS = 2_000;
    private static final int[] MEMBERS = {10_000, 50_000};
    private static final double MIB = 1 << 20;

    private final StrictSignatures signatures = SignatureProviders.fastest();

    private JoinMain() {}

    /// @param args the numbers of members, or nothing
    public static void main(String[] args) throws IOException {
        var sizes = args.length == 0 ? MEMBERS : numbers(args);
        var main = new JoinMain();
        main.measure(WARM_UP_MEMBERS);
        var rows = new ArrayList<JsonValue>();
        for (int members : sizes) {
            rows.add(main.measure(members));
        }
        var report = Path.of(System.getProperty("strata.home", "."), "target", "join.json");
        Files.createDirectories(report.getParent());
        Files.write(report, JsonWriter.write(JsonArray.of(rows)));
        System.out.println("written to " + report);
    }

    private static int[] numbers(String[] args) {
        var numbers = new int[args.length];
        for (int i = 0; i < args.length; i++) {
            numbers[i] = Integer.parseInt(args[i]);
        }
        return numbers;
    }

    private JsonValue measure(int members) throws IOException {
        var room = new LargeRoom(members, SERVERS, signatures);
        var template = room.template(JoinMeasurement.user());
        var answer = room.answer();
        var alone = verifyAlone(room);
        int events = room.events().size();
        int expected = room.stateSize() + 1;
        // The room itself would be counted as the join's.
        room = new LargeRoom(0, SERVERS, signatures);
        try (var measurement = new JoinMeasurement(template, answer, room, signatures)) {
            var outcome = measurement.run();
            if (outcome.members() != expected) {
                throw new IllegalStateException(
                        "the state has " + outcome.members() + " keys, not " + expected);
            }
            return row(members, events, answer.length, alone, outcome);
        }
    }

    /// What nobody who checks the room can do without, on as many threads as there are cores.
    private Spent verifyAlone(LargeRoom room) {
        var work = room.events().stream().map(event -> proof(room, event)).toList();
        var start = Spent.untilNow();
        boolean sound = work.parallelStream().allMatch(this::isRight);
        var time = Spent.untilNow().minus(start);
        if (!sound) {
            throw new IllegalStateException("a signature is wrong");
        }
        return time;
    }

    private boolean isRight(Proof proof) {
        return signatures.verify(proof.key().key(), proof.message(), proof.signature());
    }

    private record Proof(ServerKey key, byte[] message, byte[] signature) {}

    private Proof proof(LargeRoom room, Pdu event) {
        var server = event.sender().server();
        var key = room.key(server);
        var signature =
                event.json()
                        .object("signatures")
                        .flatMap(all -> all.object(server.value()))
                        .flatMap(of -> of.string(key.key().id().value()))
                        .flatMap(UnpaddedBase64::decodeEither)
                        .orElseThrow();
        var redacted = Redaction.redact(LargeRoom.RULES, event.json());
        return new Proof(key, CanonicalJson.encode(redacted.without("signatures")), signature);
    }

    private static JsonValue row(
            int members,
            int events,
            int answerBytes,
            Spent alone,
            JoinMeasurement.Outcome outcome) {
        double ratio = (double) outcome.time().millis() / alone.millis();
        double copies = (double) outcome.heapBytes() / answerBytes;
        System.out.printf(
                Locale.ROOT,
                "%,7d members: %,d events in %.1f MiB; signatures alone %,d ms (processors"
                        + " %,d), join %,d ms (%,d), %.1f times that; heap %.0f MiB (%.1f times the"
                        + " answer), database %.1f MiB%n",
                members,
                events,
                answerBytes / MIB,
                alone.millis(),
                alone.processorMillis(),
                outcome.time().millis(),
                outcome.time().processorMillis(),
                ratio,
                outcome.heapBytes() / MIB,
                copies,
                outcome.databaseBytes() / MIB);
        return JsonObject.builder()
                .put("members", members)
                .put("events", events)
                .put("answer_bytes", answerBytes)
                .put("signatures_alone_ms", alone.millis())
                .put("signatures_alone_processor_ms", alone.processorMillis())
                .put("join_ms", outcome.time().millis())
                .put("join_processor_ms", outcome.time().processorMillis())
                .put("heap_bytes", outcome.heapBytes())
                .put("database_bytes", outcome.databaseBytes())
                .build();
    }
}
