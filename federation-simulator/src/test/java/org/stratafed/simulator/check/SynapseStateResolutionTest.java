package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.sketch.RoomSketch;

/// The engine's state resolution and authorization rules against Synapse's own, over rooms that
/// fork all the time.
///
/// Takes a Python that has the package `matrix-synapse`, named by the environment variable
/// `STRATA_SYNAPSE_PYTHON`, and is skipped where there is none. `STRATA_SYNAPSE_MERGES` says how
/// many merges of differing states are compared for each room version.
class SynapseStateResolutionTest {

    private static final String PYTHON = "STRATA_SYNAPSE_PYTHON";
    private static final String MERGES = "STRATA_SYNAPSE_MERGES";
    private static final String MERGES_DEFAULT = "500";
    private static final Path SCRIPT = Path.of("src", "test", "python", "synapse_resolve.py");

    private static final long SEED = 20_260_601;
    private static final int EVENTS = 60;
    private static final int MADE_UP_MERGES = 20;

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void theEngineResolvesAsSynapseDoes(String version) {
        var python = System.getenv(PYTHON);
        assumeTrue(python != null, "skipped: " + PYTHON + " names no Python with matrix-synapse");
        int wanted =
                Integer.parseInt(Objects.requireNonNullElse(System.getenv(MERGES), MERGES_DEFAULT));
        try (var synapse = new Synapse(python)) {
            int compared = 0;
            for (long seed = SEED; compared < wanted; seed++) {
                compared += compare(synapse, version, seed);
            }
            assertThat(compared).isGreaterThanOrEqualTo(wanted);
        }
    }

    private static int compare(Synapse synapse, String version, long seed) {
        var room = new RandomRoom(version, seed, EVENTS);
        var merges = new ArrayList<>(room.merges());
        for (int i = 0; i < MADE_UP_MERGES; i++) {
            merges.add(room.anyStates());
        }
        merges.removeIf(states -> states.stream().distinct().count() < 2);
        var theirs = synapse.resolve(room.sketch(), merges);
        for (int i = 0; i < merges.size(); i++) {
            var ours = room.sketch().resolve(merges.get(i).toArray(StateMap[]::new));
            assertThat(ids(ours))
                    .as("merge %d of the room %s of seed %d", i, version, seed)
                    .isEqualTo(theirs.get(i));
        }
        return merges.size();
    }

    private static SequencedSet<String> ids(StateMap state) {
        var ids = new TreeSet<String>();
        state.forEach((_, event) -> ids.add(event.value()));
        return ids;
    }

    /// The script, running.
    private static final class Synapse implements AutoCloseable {

        private final Process process;
        private final OutputStream questions;
        private final BufferedReader answers;

        Synapse(String python) {
            try {
                process =
                        new ProcessBuilder(python, SCRIPT.toString())
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            questions = process.getOutputStream();
            answers = process.inputReader();
        }

        List<SequencedSet<String>> resolve(RoomSketch room, List<List<StateMap>> merges) {
            try {
                questions.write(CanonicalJson.encode(question(room, merges)));
                questions.write('\n');
                questions.flush();
                var line = answers.readLine();
                assertThat(line).as("Synapse's answer; see its error output").isNotNull();
                return answer(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static JsonObject question(RoomSketch room, List<List<StateMap>> merges) {
            var events = room.events().stream().map(pdu -> line(room, pdu)).toList();
            var sets = new ArrayList<JsonValue>();
            for (var states : merges) {
                sets.add(
                        JsonArray.of(
                                states.stream().map(s -> JsonArray.ofStrings(ids(s))).toList()));
            }
            return JsonObject.builder()
                    .put("version", room.rules().version().id())
                    .put("events", JsonArray.of(events))
                    .put("merges", JsonArray.of(sets))
                    .build();
        }

        private static JsonObject line(RoomSketch room, Pdu pdu) {
            var auth = pdu.authEvents().stream().map(EventId::value).toList();
            return JsonObject.builder()
                    .put("id", pdu.id().value())
                    .put("auth", JsonArray.ofStrings(auth))
                    .put("rejected", room.isRejected(pdu.id()))
                    .put("json", pdu.json())
                    .build();
        }

        private static List<SequencedSet<String>> answer(String line) {
            var states = (JsonArray) JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
            var resolved = new ArrayList<SequencedSet<String>>();
            for (var state : states.items()) {
                resolved.add(new TreeSet<>(((JsonArray) state).strings().orElseThrow()));
            }
            return resolved;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
