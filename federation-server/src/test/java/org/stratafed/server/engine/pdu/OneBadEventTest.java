package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.event.ReferenceHash;

/// Three events that arrive together, with the second of them spoiled in one way or another: what
/// becomes of it, and that nothing becomes of the others.
class OneBadEventTest {

    private static final UserId ALICE = new UserId("@alice:alpha");
    private static final UserId BOB = new UserId("@bob:beta");
    private static final RoomId NAMED = new RoomId("!room:alpha");

    @TempDir private Path directory;

    private final Map<ServerName, Neighbour> street = new LinkedHashMap<>();
    private ExecutorService loop;
    private Neighbour alpha;
    private Neighbour beta;
    private RoomVersionRules rules;
    private RoomId room;
    private RawPdu first;
    private RawPdu second;
    private RawPdu third;

    @BeforeEach
    void open() {
        loop = Executors.newSingleThreadExecutor();
        alpha = new Neighbour("alpha", directory, loop, street);
        beta = new Neighbour("beta", directory, loop, street);
    }

    @AfterEach
    void close() {
        street.values().forEach(Neighbour::close);
        loop.shutdownNow();
        assertThat(beta.defects()).isEmpty();
    }

    /// It has no ID that anybody could agree on, so there is no entry for it.
    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void aNumberThatTheVersionForbidsFailsItsEventAlone(String version) {
        say(version);
        var content = json("{\"body\": \"2\", \"x\": 1.5}");

        var outcomes = receive(second.json().with("content", content));

        assertThat(outcomes).hasSize(2);
        assertThat(beta.refusals()).singleElement().asString().contains("FORMAT", "canonical");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void anEventThatItsServerDidNotSignIsDroppedAlone(String version) {
        say(version);
        for (String signatures :
                List.of(
                        "{}",
                        "{\"beta\": {\"ed25519:1\": \"" + "A".repeat(86) + "\"}}",
                        "{\"alpha\": {\"ed25519:1\": \"" + "A".repeat(86) + "\"}}",
                        "{\"alpha\": {\"ed25519:2\": \"" + "A".repeat(86) + "\"}}")) {
            var outcomes = receive(second.json().with("signatures", json(signatures)));

            assertThat(outcomes.values().stream().toList().get(1))
                    .as(signatures)
                    .isInstanceOfSatisfying(
                            PduOutcome.Dropped.class,
                            it -> assertThat(it.refusal().check()).isEqualTo(PduCheck.SIGNATURES));
            assertThat(stored(second)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void anEventWithAnotherContentThanHashedIsTakenRedacted(String version) {
        say(version);

        var outcomes = receive(second.json().with("content", json("{\"body\": \"changed\"}")));

        assertThat(outcomes.values()).allMatch(it -> it instanceof PduOutcome.Accepted);
        assertThat(stored(second).orElseThrow().pdu().content().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void anEventOfWhoIsNotInTheRoomIsRejectedAndKeptWithTheReason(String version) {
        say(version);
        var stranger =
                second.json()
                        .with("sender", new JsonString("@mallory:alpha"))
                        .without("signatures", "hashes", "unsigned");
        RawPdu made = alpha.made(rules, stranger);

        var outcomes = receive(made.json());

        assertThat(outcomes.values().stream().toList().get(1))
                .isInstanceOfSatisfying(
                        PduOutcome.Rejected.class,
                        it -> {
                            assertThat(it.wireError()).isPresent();
                            var kept = stored(made).orElseThrow();
                            assertThat(kept.status()).isEqualTo(EventStatus.REJECTED);
                            assertThat(kept.refusal()).contains(it.refusal());
                            assertThat(it.refusal().reason()).isNotBlank();
                        });
    }

    /// Beta gets the first, this, and the third.
    private SequencedMap<EventId, PduOutcome> receive(JsonObject spoiled) {
        var outcomes =
                beta.get(
                        () ->
                                beta.pdu.onPdus(
                                        alpha.name,
                                        room,
                                        List.of(first, new RawPdu(spoiled), third)));
        for (RawPdu good : List.of(first, third)) {
            assertThat(stored(good).orElseThrow().status()).isEqualTo(EventStatus.ACCEPTED);
            assertThat(outcomes.get(id(good)).wireError()).isEmpty();
        }
        return outcomes;
    }

    /// Alice says three things one after the other, the one to be spoiled last.
    private void say(String version) {
        rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        room = alpha.get(() -> alpha.pdu.create(plan()));
        beta.get(() -> beta.pdu.join(room, BOB, List.of(alpha.name), JsonObject.empty()));
        alpha.push(beta);
        for (String text : List.of("1", "3", "2")) {
            var content = JsonObject.builder().put("body", text).build();
            var draft = EventDraft.message(room, ALICE, "m.room.message", content);
            alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
        }
        var pending = alpha.get(() -> alpha.stores().outbox().pending(beta.name, 50));
        first = pending.get(0).pdu();
        third = pending.get(1).pdu();
        second = pending.get(2).pdu();
    }

    private Optional<StoredEvent> stored(RawPdu pdu) {
        var id = id(pdu);
        var found = beta.get(() -> beta.stores().rooms().events(room, List.of(id)));
        return Optional.ofNullable(found.get(id));
    }

    private EventId id(RawPdu pdu) {
        return ReferenceHash.eventId(rules, pdu.json());
    }

    private RoomPlan plan() {
        var levels =
                rules.creatorsHaveInfinitePower()
                        ? JsonObject.empty()
                        : json("{\"users\": {\"@alice:alpha\": 100}}");
        return new RoomPlan(
                rules.version(),
                rules.roomIdIsCreateHash() ? Optional.empty() : Optional.of(NAMED),
                ALICE,
                JsonObject.empty(),
                List.of(
                        new PlannedEvent(
                                "m.room.member", ALICE.value(), json("{\"membership\": \"join\"}")),
                        new PlannedEvent("m.room.power_levels", "", levels),
                        new PlannedEvent(
                                "m.room.join_rules", "", json("{\"join_rule\": \"public\"}"))));
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
