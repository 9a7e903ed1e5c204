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
import java.util.stream.Stream;
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
/// How many rooms of each version: the system property `strata.differential.rooms`.
class SynapseJudgementIT {

    private static final int ROOMS = Integer.getInteger("strata.differential.rooms", 20);
    private static final long FIRST_SEED = Long.getLong("strata.differential.seed", 1);

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

    @TestFactory
    Stream<DynamicTest> roomsAreJudgedAsSynapseJudgesThem() {
        return RoomVersionRules.supported().stream()
                .map(version -> dynamicTest("room version " + version, () -> compare(version)));
    }

    private static void compare(RoomVersion version) throws IOException {
        var process =
                new ProcessBuilder(installation.python().toString(), script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var questions = process.outputWriter(StandardCharsets.UTF_8);
                var answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + ROOMS; seed++) {
                compare(version, seed, ask(questions, answers, version + " " + seed));
            }
        } finally {
            process.destroy();
        }
    }

    private static JsonObject ask(Writer questions, BufferedReader answers, String question)
            throws IOException {
        questions.write(question + "\n");
        questions.flush();
        var answer = answers.readLine();
        assertThat(answer).as("an answer for %s; see its error output", question).isNotNull();
        return JsonReader.readObject(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void compare(RoomVersion version, long seed, JsonObject room)
            throws IOException {
        var expected = room.object("expected").orElseThrow();
        var input = room.object("input").orElseThrow();
        var ours = judge(input);
        var theirEvents = expected.array("events").orElseThrow().objects();
        var ourEvents = ours.array("events").orElseThrow().objects();
        var sent = input.array("events").orElseThrow().objects();
        for (int i = 0; i < theirEvents.size(); i++) {
            assertThat(comparable(ourEvents.get(i)))
                    .as(
                            "room version %s, seed %d, event %d: %s%nours: %s%ntheirs: %s",
                            version, seed, i, sent.get(i), ourEvents.get(i), theirEvents.get(i))
                    .isEqualTo(comparable(theirEvents.get(i)));
        }
        assertThat(ours.array("forward_extremities"))
                .as("the ends of room version %s, seed %d", version, seed)
                .isEqualTo(expected.array("forward_extremities"));
        assertThat(ours.array("state"))
                .as("the state of room version %s, seed %d", version, seed)
                .isEqualTo(expected.array("state"));
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
