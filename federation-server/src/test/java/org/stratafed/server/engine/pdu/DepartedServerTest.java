package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// What a server is told of a room that all of its users have left.
class DepartedServerTest extends HandshakeStage {

    @Test
    void aServerThatHasLeftIsToldNothingOfWhatCameLater() {
        create("12", "public");
        var before = say("before");
        comesAndGoes();
        var after = say("after");
        var later = say("later");

        isForbidden(after);
        isForbidden(later);
        assertThat(backfilled(later)).contains(before).doesNotContain(after, later);
        assertThat(missing(later)).contains(before).doesNotContain(after);
    }

    @Test
    void aServerThatHasLeftIsToldWhatItSaw() {
        create("12", "public");
        var before = say("before");
        beta.get(this::joining);
        var during = say("during");
        alpha.push(beta);
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        beta.push(alpha);
        var left = member();

        for (var event : List.of(before, during, left)) {
            isTold(event);
        }
    }

    @Test
    void whoIsPutOutIsToldThatHeIs() {
        create("12", "public");
        beta.get(this::joining);
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        var ban = member();
        var after = say("after");

        isTold(ban);
        isForbidden(after);
    }

    @Test
    void whatTheWorldMayReadAServerThatHasLeftMayToo() {
        create("12", "public");
        comesAndGoes();
        visibility("world_readable");
        isTold(say("to the world"));
    }

    @Test
    void whatOnlyMembersSeeAServerIsNotToldOfTheTimeBeforeItCame() {
        create("12", "public");
        visibility("joined");
        var before = say("before");
        beta.get(this::joining);
        var during = say("during");
        alpha.push(beta);
        isTold(before);
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        beta.push(alpha);

        isForbidden(before);
        isTold(during);
    }

    @Test
    void aServerThatComesBackIsToldAll() {
        create("12", "public");
        comesAndGoes();
        var after = say("after");
        isForbidden(after);
        beta.get(this::joining);
        isTold(after);
    }

    @Test
    void aQuestionStartsFromFiftyEventsAtMost() {
        create("12", "public");
        beta.get(this::joining);
        var known = say("known");
        var named = new ArrayList<EventId>();
        for (int i = 0; i < 49; i++) {
            named.add(new EventId("$unknown" + i));
        }
        named.add(known);
        assertThat(backfilled(named.toArray(EventId[]::new))).contains(known);
        assertThat(missing(named.toArray(EventId[]::new))).isNotEmpty();
        named.add(0, new EventId("$unknown"));
        assertThat(backfilled(named.toArray(EventId[]::new))).isEmpty();
        assertThat(missing(named.toArray(EventId[]::new))).isEmpty();
    }

    @Test
    void theEventNearestToATimeIsOneThatTheServerMayKnowOf() {
        create("12", "public");
        comesAndGoes();
        var left = member();
        assertThat(nearest(Long.MAX_VALUE, true)).isEqualTo(left);
        for (int i = 0; i < 3; i++) {
            say("later");
        }
        assertThat(nearest(Long.MAX_VALUE, true)).isEqualTo(left);
        refused(
                MatrixErrorCode.NOT_FOUND,
                "no event",
                () ->
                        alpha.pdu
                                .rooms()
                                .onTimestampToEvent(
                                        beta.name,
                                        new TimestampRequest(room, Long.MAX_VALUE, false)));
        refused(
                MatrixErrorCode.FORBIDDEN,
                "is not in room",
                () ->
                        alpha.pdu
                                .rooms()
                                .onTimestampToEvent(
                                        new ServerName("gamma"),
                                        new TimestampRequest(room, 0, false)));
    }

    @Test
    void aServerInTheRoomIsToldTheEventNearestToATime() {
        create("12", "public");
        beta.get(this::joining);
        var said = say("hello");
        long time = time(said);
        assertThat(nearest(Long.MAX_VALUE, true)).isEqualTo(said);
        assertThat(nearest(time, true)).isEqualTo(said);
        var first = nearest(0, false);
        assertThat(first).isEqualTo(new EventId("$" + room.value().substring(1)));
        assertThat(time(nearest(time, false))).isEqualTo(time);
    }

    private EventId nearest(long timestamp, boolean backwards) {
        var request = new TimestampRequest(room, timestamp, backwards);
        var found = alpha.get(() -> alpha.pdu.rooms().onTimestampToEvent(beta.name, request));
        assertThat(found.originServerTs()).isEqualTo(time(found.event()));
        return found.event();
    }

    private long time(EventId event) {
        return alpha.get(() -> alpha.pdu.event(room, event)).orElseThrow().originServerTs();
    }

    private void comesAndGoes() {
        beta.get(this::joining);
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        beta.push(alpha);
    }

    private EventId say(String text) {
        var draft =
                EventDraft.message(
                        room,
                        ALICE,
                        "m.room.message",
                        JsonObject.builder().put("body", text).build());
        return alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    private void visibility(String setting) {
        var content = JsonObject.builder().put("history_visibility", setting).build();
        var draft = EventDraft.state(room, ALICE, "m.room.history_visibility", "", content);
        alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    private EventId member() {
        return alpha.get(() -> alpha.pdu.state(room))
                .orElseThrow()
                .event("m.room.member", BOB.value())
                .orElseThrow()
                .id();
    }

    private void isTold(EventId event) {
        var ask = alpha.pdu.rooms();
        var named = new EventInRoom(room, event);
        assertThat(id(alpha.get(() -> ask.onEvent(beta.name, event)))).isEqualTo(event);
        assertThat(alpha.get(() -> ask.onStateIds(beta.name, named)).state()).isNotEmpty();
        assertThat(backfilled(event)).contains(event);
    }

    private void isForbidden(EventId event) {
        var ask = alpha.pdu.rooms();
        var named = new EventInRoom(room, event);
        var why = "after you left";
        refused(MatrixErrorCode.FORBIDDEN, why, () -> ask.onEvent(beta.name, event));
        refused(MatrixErrorCode.FORBIDDEN, why, () -> ask.onState(beta.name, named));
        refused(MatrixErrorCode.FORBIDDEN, why, () -> ask.onStateIds(beta.name, named));
        refused(MatrixErrorCode.FORBIDDEN, why, () -> ask.onEventAuth(beta.name, named));
        assertThat(backfilled(event)).doesNotContain(event);
    }

    private List<EventId> backfilled(EventId... from) {
        var request = new BackfillRequest(room, List.of(from), 50);
        return ids(alpha.get(() -> alpha.pdu.rooms().onBackfill(beta.name, request)));
    }

    private List<EventId> missing(EventId... latest) {
        var request = new MissingEventsRequest(room, List.of(), List.of(latest), 50, 0);
        return ids(alpha.get(() -> alpha.pdu.rooms().onMissingEvents(beta.name, request)));
    }
}
