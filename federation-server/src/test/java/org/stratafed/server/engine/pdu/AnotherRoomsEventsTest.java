package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// Whoever is in one room learns nothing of another by naming an event of it, whichever endpoint
/// they ask and whichever room they say it is of.
class AnotherRoomsEventsTest {

    @TempDir private Path directory;

    private Street street;
    private Neighbour alpha;
    private Neighbour beta;
    private RoomId shared;
    private RoomId secret;
    private EventId open;
    private EventId hidden;

    @BeforeEach
    void open() {
        street = new Street(directory, "12");
        alpha = street.moveIn("alpha");
        beta = street.moveIn("beta");
        street.create(alpha);
        secret = street.room;
        street.topic(alpha, "unheard of");
        hidden = street.say(alpha, "unheard of");
        street.create(alpha);
        shared = street.room;
        street.join(beta, alpha);
        open = street.say(alpha, "heard");
    }

    @AfterEach
    void close() {
        street.close();
    }

    private record Named(RoomId room, EventId event) {}

    private Map<String, BiFunction<RoomQueryHandler, Named, Uni<?>>> endpoints() {
        var all = new LinkedHashMap<String, BiFunction<RoomQueryHandler, Named, Uni<?>>>();
        all.put("state", (to, it) -> to.onState(beta.name, in(it)));
        all.put("state_ids", (to, it) -> to.onStateIds(beta.name, in(it)));
        all.put("event_auth", (to, it) -> to.onEventAuth(beta.name, in(it)));
        all.put("event", (to, it) -> to.onEvent(beta.name, it.event()));
        all.put(
                "backfill",
                (to, it) ->
                        to.onBackfill(
                                beta.name, new BackfillRequest(it.room(), List.of(it.event()), 9)));
        all.put(
                "get_missing_events",
                (to, it) ->
                        to.onMissingEvents(
                                beta.name,
                                new MissingEventsRequest(
                                        it.room(), List.of(), List.of(it.event()), 9, 0)));
        return all;
    }

    private static EventInRoom in(Named named) {
        return new EventInRoom(named.room(), named.event());
    }

    private String answer(BiFunction<RoomQueryHandler, Named, Uni<?>> endpoint, Named named) {
        try {
            return alpha.get(() -> endpoint.apply(alpha.pdu.rooms(), named).map(Object::toString));
        } catch (MatrixException refusal) {
            return "no: " + refusal.code();
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingIsToldOfARoomToWhoeverNamesItsEventAsOneOfTheirOwnRoom() {
        return endpoints().entrySet().stream()
                .map(
                        it ->
                                dynamicTest(
                                        it.getKey(),
                                        () ->
                                                assertThat(
                                                                answer(
                                                                        it.getValue(),
                                                                        new Named(shared, hidden)))
                                                        .isIn(
                                                                "[]",
                                                                "no: NOT_FOUND",
                                                                "no: FORBIDDEN")));
    }

    @TestFactory
    Stream<DynamicTest> norToWhoeverNamesTheRoomWithAnEventThatTheyMayKnow() {
        return endpoints().entrySet().stream()
                .filter(it -> !it.getKey().equals("event"))
                .map(
                        it ->
                                dynamicTest(
                                        it.getKey(),
                                        () ->
                                                assertThatThrownBy(
                                                                () ->
                                                                        ask(
                                                                                it.getValue(),
                                                                                new Named(
                                                                                        secret,
                                                                                        open)))
                                                        .isInstanceOf(MatrixException.class)));
    }

    private Object ask(BiFunction<RoomQueryHandler, Named, Uni<?>> endpoint, Named named) {
        return alpha.get(() -> endpoint.apply(alpha.pdu.rooms(), named).map(Object::toString));
    }

    @TestFactory
    Stream<DynamicTest> butOfTheirOwnRoomTheyAreTold() {
        return endpoints().entrySet().stream()
                .map(
                        it ->
                                dynamicTest(
                                        it.getKey(),
                                        () ->
                                                assertThat(
                                                                answer(
                                                                        it.getValue(),
                                                                        new Named(shared, open)))
                                                        .hasSizeGreaterThan(20)));
    }
}
