package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.it.peer.SynapseInstallation;
import org.stratafed.server.command.judge.JudgeCommand;
import picocli.CommandLine;

/// Whether `judge` and Synapse's own modules make the same of rooms that fork all the time: every
/// event's ID, hashes and verdicts, the state before it, where the room ends, and the state there.
///
/// System properties: `strata.differential.rooms` is how many rooms of each version, and
/// `strata.differential.seed` the number of the first, of which they are made;
/// `strata.differential.versions` names versions, with commas between, if not all are wanted.
class SynapseJudgementIT {

    private static final int ROOMS = Integer.getInteger("strata.differential.rooms", 20);
    private static final long FIRST_SEED = Long.getLong("strata.differential.seed", 1);
    private static final int PROGRESS_ROOMS = 100;
    private static final int DIFFERENCES_SHOWN_MAX = 5;
    private static final Tally TOTAL = new Tally();

    @TempDir private static Path directory;
    private static Path script;
    private static SynapseInstallation installation;

    @BeforeAll
    static void synapse() throws IOException {
        var obstacle = SynapseInstallation.obstacle();
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "skipped: " + obstacle.orElseThrow());
        installation = SynapseInstallation.get();
        script = directory.resolve("synapse_rooms.py");
        try (var source = SynapseJudgementIT.class.getResourceAsStream("synapse_rooms.py")) {
            Files.copy(source, script);
        }
    }

    @AfterAll
    static void sayHowMany() {
        say("all versions", TOTAL.toString());
    }

    @TestFactory
    Stream<DynamicTest> roomsAreJudgedAsSynapseJudgesThem() {
        var wanted = System.getProperty("strata.differential.versions", "");
        return RoomVersionRules.supported().stream()
                .filter(
                        version ->
                                wanted.isEmpty()
                                        || Arrays.asList(wanted.split(",")).contains(version.id()))
                .map(version -> dynamicTest("room version " + version, () -> compare(version)));
    }

    private static void compare(RoomVersion version) throws IOException {
        var process =
                new ProcessBuilder(installation.python().toString(), script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var tally = new Tally();
        try (var questions = process.outputWriter(StandardCharsets.UTF_8);
                var answers = process.inputReader(StandardCharsets.UTF_8)) {
            ask(questions, version, 0);
            for (int i = 0; i < ROOMS; i++) {
                // Synapse makes up the next room while this one is judged here.
                ask(questions, version, i + 1);
                tally.take(version, FIRST_SEED + i, answer(answers));
                if ((i + 1) % PROGRESS_ROOMS == 0 || i + 1 == ROOMS) {
                    say("room version " + version, tally + " of " + ROOMS);
                }
            }
        } finally {
            process.destroy();
        }
        TOTAL.add(tally);
        assertThat(tally.differences.stream().limit(DIFFERENCES_SHOWN_MAX))
                .as("of version %s: %s", version, tally)
                .isEmpty();
    }

    /// How many rooms were compared, and what came of it.
    private static final class Tally {

        private final List<String> differences = new ArrayList<>();
        private int rooms;
        private int broken;

        void take(RoomVersion version, long seed, JsonObject room) throws IOException {
            rooms++;
            try {
                if (!compare(version, seed, room)) {
                    broken++;
                }
            } catch (AssertionError difference) {
                differences.add(String.valueOf(difference.getMessage()));
                System.err.println(difference.getMessage());
            }
        }

        void add(Tally other) {
            rooms += other.rooms;
            broken += other.broken;
            differences.addAll(other.differences);
        }

        @Override
        public String toString() {
            return "%d differ, %d at which Synapse breaks, %d compared"
                    .formatted(differences.size(), broken, rooms);
        }
    }

    /// The front door shows such lines as they come.
    private static void say(String what, String counts) {
        System.out.println("differential: " + what + ": " + counts);
    }

    private static void ask(Writer questions, RoomVersion version, int room) throws IOException {
        questions.write(version + " " + (FIRST_SEED + room) + "\n");
        questions.flush();
    }

    private static JsonObject answer(BufferedReader answers) throws IOException {
        var answer = answers.readLine();
        assertThat(answer).as("Synapse's answer; see its error output").isNotNull();
        return JsonReader.readObject(answer.getBytes(StandardCharsets.UTF_8));
    }

    /// Compares up to where Synapse breaks, and answers whether it doesn't.
    private static boolean compare(RoomVersion version, long seed, JsonObject room)
            throws IOException {
        var expected = room.object("expected").orElseThrow();
        var input = room.object("input").orElseThrow();
        var ours = judge(input);
        var theirEvents = expected.array("events").orElseThrow().objects();
        var ourEvents = ours.array("events").orElseThrow().objects();
        var sent = input.array("events").orElseThrow().objects();
        assertThat(ourEvents).hasSameSizeAs(theirEvents);
        for (int i = 0; i < theirEvents.size(); i++) {
            if (!comparable(ourEvents.get(i)).equals(comparable(theirEvents.get(i)))
                    && isBroken(theirEvents.get(i))) {
                return false;
            }
            assertThat(comparable(ourEvents.get(i)))
                    .as(
                            "room version %s, seed %d, event %d: %s%nours: %s%ntheirs: %s",
                            version, seed, i, sent.get(i), ourEvents.get(i), theirEvents.get(i))
                    .isEqualTo(comparable(theirEvents.get(i)));
        }
        if (expected.string("broken").isPresent()) {
            return false;
        }
        assertThat(ours.array("forward_extremities"))
                .as("the ends of room version %s, seed %d", version, seed)
                .isEqualTo(expected.array("forward_extremities"));
        assertThat(ours.array("state"))
                .as("the state of room version %s, seed %d", version, seed)
                .isEqualTo(expected.array("state"));
        return true;
    }

    /// Whether Synapse has no verdict on this event, since it failed at power levels that are none.
    private static boolean isBroken(JsonObject theirEvent) {
        return Stream.of("auth_own", "auth_state")
                .flatMap(verdict -> theirEvent.object(verdict).stream())
                .flatMap(verdict -> verdict.string("reason").stream())
                .anyMatch(reason -> reason.matches("(Type|Value)Error\\(.*int\\(\\).*"));
    }

    /// Without rules and reasons, which everybody words differently.
    private static String comparable(JsonObject event) {
        return text(
                event.with("auth_own", allowed(event, "auth_own"))
                        .with("auth_state", allowed(event, "auth_state")));
    }

    private static JsonValue allowed(JsonObject event, String verdict) {
        return event.object(verdict).orElse(JsonObject.empty()).without("rule", "reason");
    }

    private static String text(JsonObject json) {
        return CanonicalJson.text(json);
    }

    private static JsonObject judge(JsonObject input) throws IOException {
        var file = directory.resolve("room.json");
        Files.writeString(file, input.toString());
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                new CommandLine(new JudgeCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(file.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        return JsonReader.readObject(out.toString().getBytes(StandardCharsets.UTF_8));
    }
}
