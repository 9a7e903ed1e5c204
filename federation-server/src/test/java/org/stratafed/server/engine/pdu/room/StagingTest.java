package org.stratafed.server.engine.pdu.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.StagedEvent;

/// How much may wait in a room, in all and of one server.
class StagingTest {

    private static final ServerName GREEDY = new ServerName("greedy");
    private static final ServerName MODEST = new ServerName("modest");
    private static final PduOutcome.Deferred WAITS =
            new PduOutcome.Deferred(PduOutcome.Wait.CITED_EVENTS, new LinkedHashSet<>());

    private final WaitingEvents waiting = new WaitingEvents();
    private int count;

    private StagedEvent event(ServerName origin, String text) {
        var json = JsonObject.builder().put("text", text).build();
        return new StagedEvent(
                new EventId("$e" + count++),
                origin,
                PduOutcome.Wait.CITED_EVENTS,
                new RawPdu(json));
    }

    private void remember(StagedEvent event) {
        waiting.add(RoomVersionRules.of(new RoomVersion("12")).orElseThrow(), event);
    }

    private static String big() {
        return "x".repeat(1_024 * 1_024);
    }

    @Test
    void aServerMayMakeOnlySoManyWait() {
        for (int i = 0; i < Staging.STAGED_PER_ORIGIN_MAX - 1; i++) {
            remember(event(GREEDY, ""));
        }
        var staging = new Staging(waiting);
        assertThat(staging.keep(event(GREEDY, ""), WAITS)).isEqualTo(WAITS);
        assertThat(staging.keep(event(GREEDY, ""), WAITS)).isInstanceOf(PduOutcome.Dropped.class);
        assertThat(staging.keep(event(MODEST, ""), WAITS)).isEqualTo(WAITS);
        assertThat(staging.staged()).hasSize(2);
    }

    @Test
    void aServerMayMakeOnlySoMuchWait() {
        for (int i = 0; i < Staging.STAGED_BYTES_PER_ORIGIN_MAX / (1_024 * 1_024); i++) {
            remember(event(GREEDY, big()));
        }
        var staging = new Staging(waiting);
        assertThat(staging.keep(event(GREEDY, ""), WAITS)).isInstanceOf(PduOutcome.Dropped.class);
        assertThat(staging.keep(event(MODEST, ""), WAITS)).isEqualTo(WAITS);
    }

    @Test
    void aRoomHasABoundOfItsOwn() {
        int servers = Staging.STAGED_MAX / 1_000;
        for (int i = 0; i < servers; i++) {
            for (int j = 0; j < 1_000; j++) {
                remember(event(new ServerName("s" + i), ""));
            }
        }
        assertThat(new Staging(waiting).keep(event(MODEST, ""), WAITS))
                .isInstanceOf(PduOutcome.Dropped.class);
    }
}
