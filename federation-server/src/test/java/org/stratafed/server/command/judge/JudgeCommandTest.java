package org.stratafed.server.command.judge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.command.judge.WrittenRoom.Cited.NOTHING;
import static org.stratafed.server.command.judge.WrittenRoom.Cited.after;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.server.engine.pdu.event.Redaction;
import picocli.CommandLine;

/// What `judge` makes of rooms, from its input to its output.
class JudgeCommandTest {

    private static final String ALICE = "@alice:a";
    private static final String BOB = "@bob:a";

    @TempDir private Path directory;

    private final WrittenRoom room = new WrittenRoom();
    private Pdu create;
    private Pdu alice;
    private Pdu powers;
    private Pdu rules;

    @BeforeEach
    void aPublicRoomOfAlice() {
        create = room.state(ALICE, "m.room.create", "", "{\"room_version\":\"11\"}", NOTHING);
        alice =
                room.state(
                        ALICE,
                        "m.room.member",
                        ALICE,
                        "{\"membership\":\"join\"}",
                        after(create).by(create));
        powers =
                room.state(
                        ALICE,
                        "m.room.power_levels",
                        "",
                        "{\"users\":{\"@alice:a\":100}}",
                        after(alice).by(create, alice));
        rules =
                room.state(
                        ALICE,
                        "m.room.join_rules",
                        "",
                        "{\"join_rule\":\"public\"}",
                        after(powers).by(create, alice, powers));
    }

    @Test
    void aRoomWithoutDisputesEndsInItsLastEventWithAllItsState() {
        var said = say(ALICE, rules, alice);
        var out = judge(room.input());
        assertThat(out.array("forward_extremities")).contains(ids(said));
        assertThat(out.array("state"))
                .contains(
                        JsonArray.of(
                                List.of(
                                        entry("m.room.create", "", create),
                                        entry("m.room.join_rules", "", rules),
                                        entry("m.room.member", ALICE, alice),
                                        entry("m.room.power_levels", "", powers))));
        assertThat(events(out))
                .hasSize(5)
                .allSatisfy(it -> assertThat(it.bool("rejected")).contains(false));
    }

    @Test
    void anEventTellsWhatItIsAndWhatItWasJudgedBy() {
        var out = judge(room.input());
        var first = events(out).getFirst();
        assertThat(first.string("event_id")).contains(create.id().value());
        assertThat(first.bool("content_hash_ok")).contains(true);
        assertThat(first.string("state_before_sha256")).contains(sha256("[]"));
        assertThat(first.string("redacted_sha256"))
                .contains(sha256(canonical(Redaction.redact(WrittenRoom.RULES, create.json()))));
        var second = events(out).get(1);
        assertThat(second.string("state_before_sha256"))
                .contains(sha256("[[\"m.room.create\",\"\",\"" + create.id() + "\"]]"));
        assertThat(second.object("auth_own"))
                .contains(object("{\"allowed\":true,\"rule\":null,\"reason\":null}"));
        assertThat(second.object("dropped")).isEmpty();
    }

    @Test
    void aRejectedEventTellsTheRuleAndChangesNothing() {
        var topic =
                room.state(
                        BOB,
                        "m.room.topic",
                        "",
                        "{\"topic\":\"mine\"}",
                        after(rules).by(create, powers));
        var out = judge(room.input());
        var judged = events(out).getLast();
        assertThat(judged.string("event_id")).contains(topic.id().value());
        assertThat(judged.bool("rejected")).contains(true);
        assertThat(judged.object("auth_own").flatMap(it -> it.string("rule"))).contains("5");
        assertThat(judged.object("auth_state").flatMap(it -> it.string("reason")))
                .contains("@bob:a is not in the room.");
        assertThat(out.array("forward_extremities")).contains(ids(rules));
        assertThat(out.array("state").orElseThrow().toString()).doesNotContain("m.room.topic");
    }

    @Test
    void anEventMayBeAllowedByWhatItCitesAndNotByTheStateBeforeIt() {
        var banned =
                room.state(
                        ALICE,
                        "m.room.member",
                        BOB,
                        "{\"membership\":\"ban\"}",
                        after(rules).by(create, alice, powers));
        room.state(
                BOB,
                "m.room.member",
                BOB,
                "{\"membership\":\"join\"}",
                after(banned).by(create, powers, rules));
        var judged = events(judge(room.input())).getLast();
        assertThat(judged.object("auth_own").flatMap(it -> it.bool("allowed"))).contains(true);
        assertThat(judged.object("auth_state").flatMap(it -> it.bool("allowed"))).contains(false);
        assertThat(judged.bool("rejected")).contains(true);
    }

    @Test
    void aForkIsResolvedWhereItEnds() {
        var banned =
                room.state(
                        ALICE,
                        "m.room.member",
                        BOB,
                        "{\"membership\":\"ban\"}",
                        after(rules).by(create, alice, powers));
        var joined =
                room.state(
                        BOB,
                        "m.room.member",
                        BOB,
                        "{\"membership\":\"join\"}",
                        after(rules).by(create, powers, rules));
        var out = judge(room.input());
        assertThat(out.array("forward_extremities").flatMap(JsonArray::strings).orElseThrow())
                .containsExactlyInAnyOrder(banned.id().value(), joined.id().value());
        assertThat(out.array("state").orElseThrow().toString())
                .contains(banned.id().value())
                .doesNotContain(joined.id().value());
    }

    @Test
    void whatFollowsARejectedEventHidesWhatCameBeforeThat() {
        var refused = room.state(BOB, "m.room.name", "", "{}", after(rules).by(create, powers));
        var next = say(ALICE, refused, alice);
        var out = judge(room.input());
        assertThat(out.array("forward_extremities")).contains(ids(next));
    }

    @Test
    void whatIsNoEventIsDroppedAndSaysWhy() {
        room.addAsItIs(object("{\"type\":\"m.room.message\"}"));
        var judged = events(judge(room.input())).getLast();
        assertThat(judged.keys()).containsExactly("dropped");
        assertThat(judged.string("dropped").orElseThrow()).isNotBlank();
    }

    @Test
    void whatCitesAnEventThatIsNotThereIsDroppedByName() {
        var elsewhere = new WrittenRoom();
        var other = elsewhere.state(ALICE, "m.room.create", "", "{\"other\":true}", NOTHING);
        room.state(ALICE, "m.room.topic", "", "{}", after(other).by(create, alice, powers));
        var judged = events(judge(room.input())).getLast();
        assertThat(judged.string("dropped").orElseThrow()).contains(other.id().value());
    }

    @Test
    void contentThatIsNotWhatWasHashedIsRedactedAndJudgedLikeThat() {
        var said = room.draft(ALICE, "m.room.message", Optional.empty(), "{\"body\":\"a\"}", tip());
        var signed = WrittenRoom.signed(said);
        room.addAsItIs(signed.with("content", object("{\"body\":\"b\"}")));
        var judged = events(judge(room.input())).getLast();
        assertThat(judged.bool("content_hash_ok")).contains(false);
        assertThat(judged.bool("rejected")).contains(false);
    }

    @Test
    void theSameEventTwiceIsTheSameAnswerTwice() {
        room.addAsItIs(create.json());
        var judged = events(judge(room.input()));
        assertThat(judged.getLast()).isEqualTo(judged.getFirst());
    }

    @Test
    void aSecondCreateEventIsRefused() {
        room.state(ALICE, "m.room.create", "", "{\"room_version\":\"11\",\"n\":2}", NOTHING);
        var judged = events(judge(room.input())).getLast();
        assertThat(judged.object("auth_state").flatMap(it -> it.string("reason")))
                .contains("The room was created by " + create.id() + " already.");
    }

    @Test
    void signaturesCountOnlyWhereKeysAreGiven() {
        var unsigned = room.draft(ALICE, "m.room.message", Optional.empty(), "{}", tip());
        room.addAsItIs(
                WrittenRoom.signed(unsigned)
                        .with("signatures", object("{\"a\":{\"ed25519:1\":\"AAAA\"}}")));
        assertThat(events(judge(room.input())).getLast().bool("rejected")).contains(false);
        var withKeys = room.input().with("keys", WrittenRoom.keys());
        var judged = events(judge(withKeys));
        assertThat(judged.getLast().keys()).containsExactly("dropped");
        assertThat(judged.getFirst().bool("rejected")).contains(false);
    }

    @Test
    void whatCannotBeJudgedIsSaidInOneSentence() {
        assertThat(refusal("{")).startsWith("strata judge: the input is not a JSON object");
        assertThat(refusal("{\"events\":[]}")).contains("\"room_version\" must be a string");
        assertThat(refusal("{\"room_version\":\"nine\",\"events\":[]}"))
                .contains("room version nine is not supported; these are: ");
        assertThat(refusal("{\"room_version\":\"11\"}")).contains("\"events\" must be an array");
        assertThat(refusal("{\"room_version\":\"11\",\"events\":[],\"keys\":{\"a\":{\"x\":1}}}"))
                .contains("\"keys\" of a: x is no Ed25519 key");
        assertThat(run(directory.resolve("nowhere").toString()).err()).contains("there is no file");
    }

    private WrittenRoom.Cited tip() {
        return after(rules).by(create, alice, powers);
    }

    private Pdu say(String sender, Pdu previous, Pdu member) {
        return room.add(
                sender,
                "m.room.message",
                Optional.empty(),
                "{\"body\":\"hello\"}",
                after(previous).by(create, member, powers));
    }

    private JsonObject judge(JsonObject input) {
        var ran = run(write(input.toString()));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        return object(ran.out());
    }

    private String refusal(String input) {
        var ran = run(write(input));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        return ran.err();
    }

    private String write(String text) {
        try {
            return Files.writeString(directory.resolve("room.json"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ran run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                new CommandLine(new JudgeCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    private record Ran(int code, String out, String err) {}

    private static List<JsonObject> events(JsonObject out) {
        return out.array("events").orElseThrow().objects();
    }

    private static JsonArray ids(Pdu... events) {
        return JsonArray.of(
                Arrays.stream(events).map(it -> new JsonString(it.id().value())).toList());
    }

    private static JsonArray entry(String type, String key, Pdu event) {
        return JsonArray.ofStrings(List.of(type, key, event.id().value()));
    }

    private static JsonObject object(String text) {
        return JsonReader.readObject(text.getBytes(UTF_8));
    }

    private static String canonical(JsonObject json) {
        return CanonicalJson.text(json);
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.digest(text.getBytes(UTF_8)));
    }
}
