package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.server.engine.messaging.SampleEvents.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.SyncAnswer.RoomUpdate;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// A public room of Alice, of the first of two servers next door to each other, down to their
/// databases.
abstract class SharedRoom {

    @TempDir Path directory;

    private Street street;
    Household alpha;
    Household beta;
    UserId alice;
    UserId anna;
    UserId bob;
    RoomId room;

    @BeforeEach
    void open() {
        street = new Street(directory);
        alpha = new Household("alpha", street);
        beta = new Household("beta", street);
        alice = alpha.register("alice");
        anna = alpha.register("anna");
        bob = beta.register("bob");
        room = alpha.get(() -> alpha.messaging().rooms().create(alice, RoomRequests.open()));
    }

    @AfterEach
    void close() {
        assertThat(alpha.server.defects()).isEmpty();
        assertThat(beta.server.defects()).isEmpty();
        street.close();
    }

    EventId redact(Household at, UserId user, EventId target) {
        return at.get(
                () -> at.messaging().rooms().redact(room, user, target, none(), Optional.empty()));
    }

    EventId send(ClientTransaction transaction) {
        return alpha.get(
                () ->
                        alpha.messaging()
                                .rooms()
                                .send(
                                        room,
                                        alice,
                                        "m.room.message",
                                        json("{'body': 'once'}"),
                                        Optional.of(transaction)));
    }

    void join(Household at, UserId user) {
        var via = List.of(alpha.server.name);
        at.get(() -> at.messaging().memberships().join(room, user, via, none()));
    }

    void setState(UserId user, String type, JsonObject content) {
        alpha.get(() -> alpha.messaging().rooms().setState(room, user, type, "", content));
    }

    String name(UserId reader) {
        return stateEvent(reader, "m.room.name").content().string("name").orElseThrow();
    }

    Pdu stateEvent(UserId reader, String type) {
        return alpha.get(() -> alpha.messaging().timeline().stateEvent(reader, room, type, ""))
                .pdu();
    }

    static JsonObject visibility(String setting) {
        return JsonObject.builder().put("history_visibility", setting).build();
    }

    static EventFilter limit(int limit) {
        return new EventFilter(
                limit,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false);
    }

    static List<String> bodies(List<TimelineEvent> events) {
        return events.stream().flatMap(it -> it.pdu().content().string("body").stream()).toList();
    }

    static List<String> types(List<TimelineEvent> events) {
        return events.stream().map(it -> it.pdu().type()).toList();
    }

    static List<String> members(RoomUpdate update) {
        return update.state().stream()
                .filter(it -> it.pdu().type().equals("m.room.member"))
                .map(it -> it.pdu().stateKey().orElseThrow())
                .toList();
    }

    static Optional<String> none() {
        return Optional.empty();
    }

    static void assertError(MatrixErrorCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        MatrixException.class, it -> assertThat(it.code()).isEqualTo(code));
    }
}
