package org.stratafed.server.engine.messaging.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.BOB;
import static org.stratafed.server.engine.messaging.SampleEvents.ROOM;
import static org.stratafed.server.engine.messaging.SampleEvents.json;
import static org.stratafed.server.engine.messaging.SampleEvents.message;
import static org.stratafed.server.engine.messaging.SampleEvents.state;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.SINCE;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.UP_TO;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.membership;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.question;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.shown;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncAnswer.Summary;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.messaging.reading.HistoryToken;
import org.stratafed.server.engine.messaging.reading.ShownEvent;
import org.stratafed.server.engine.messaging.sync.SyncAssembly.RoomOutside;
import org.stratafed.server.engine.messaging.sync.SyncAssembly.SyncReadings;

class SyncAssemblyTest {

    private static final TimelineEvent NAME =
            TimelineEvent.of(state("name", ALICE, "m.room.name", "", "{}"));
    private static final Summary SUMMARY = new Summary(List.of(BOB), 2, 0);

    @Test
    void anAnswerEndsWhereItWasReadUpTo() {
        var answer = answer(SyncFilter.ALL, List.of());
        assertThat(answer.isEmpty()).isTrue();
        assertThat(answer.nextBatch()).isEqualTo("s1_100");
    }

    @Test
    void aRoomHasItsTimelineAndState() {
        var event = shown(message("a", BOB), 60);
        var answer = answer(SyncFilter.ALL, List.of(followed(true, List.of(event))));
        assertThat(answer.join()).containsOnlyKeys(ROOM);
        var update = answer.join().get(ROOM);
        assertThat(update.timeline()).containsExactly(event.event());
        assertThat(update.state()).containsExactly(NAME);
        assertThat(update.prevBatch()).isEqualTo("t1_7");
        assertThat(update.summary()).contains(SUMMARY);
    }

    @Test
    void aRoomThatWasLeftIsNotAmongThoseJoined() {
        var event = shown(message("a", BOB), 60);
        var answer = answer(SyncFilter.ALL, List.of(followed(false, List.of(event))));
        assertThat(answer.join()).isEmpty();
        assertThat(answer.leave()).containsOnlyKeys(ROOM);
    }

    @Test
    void aRoomWithNothingLeftByTheFilterIsLeftOut() {
        var noNames =
                new EventFilter(
                        10,
                        Optional.empty(),
                        List.of("m.room.*"),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false);
        var filter = new SyncFilter(Optional.empty(), List.of(), false, EventFilter.ALL, noNames);
        assertThat(answer(filter, List.of(followed(true, List.of()))).isEmpty()).isTrue();
        assertThat(answer(SyncFilter.ALL, List.of(followed(true, List.of()))).isEmpty()).isFalse();
    }

    @Test
    void anInviteBringsStrippedStateAndComesLast() {
        var invite = membership("invite", 60);
        var brought =
                List.of(
                        json(
                                "{'type': 'm.room.name', 'state_key': '', 'sender': '@bob:beta',"
                                        + " 'content': {'name': 'Lobby'}, 'depth': 4}"),
                        invite.event().json());
        var readings =
                new SyncReadings(
                        List.of(), List.of(new RoomOutside(invite, brought)), List.of(), List.of());
        var state = new SyncAssembly(question(SINCE)).answer(readings).invite().get(ROOM).state();
        assertThat(state)
                .containsExactly(
                        json(
                                "{'type': 'm.room.name', 'state_key': '', 'sender': '@bob:beta',"
                                        + " 'content': {'name': 'Lobby'}}"),
                        json(
                                "{'type': 'm.room.member', 'state_key': '@alice:alpha',"
                                        + " 'sender': '@alice:alpha',"
                                        + " 'content': {'membership': 'invite'}}"));
    }

    @Test
    void aKnockBringsStrippedStateToo() {
        var knock = membership("knock", 60);
        var brought =
                List.of(
                        json(
                                "{'type': 'm.room.name', 'state_key': '', 'sender': '@bob:beta',"
                                        + " 'content': {'name': 'Lobby'}, 'depth': 4}"));
        var readings =
                new SyncReadings(
                        List.of(), List.of(), List.of(new RoomOutside(knock, brought)), List.of());
        var answer = new SyncAssembly(question(SINCE)).answer(readings);
        assertThat(answer.isEmpty()).isFalse();
        assertThat(answer.invite()).isEmpty();
        assertThat(answer.knock().get(ROOM).state())
                .extracting(it -> it.string("type").orElseThrow())
                .containsExactly("m.room.name", "m.room.member");
    }

    @Test
    void anInviteThatEndedIsARoomThatWasLeft() {
        UserMembership end = membership("leave", 60);
        var readings = new SyncReadings(List.of(), List.of(), List.of(), List.of(end));
        var answer = new SyncAssembly(question(SINCE)).answer(readings);
        assertThat(answer.invite()).isEmpty();
        assertThat(answer.leave().get(ROOM).timeline())
                .extracting(TimelineEvent::pdu)
                .containsExactly(end.event());
    }

    private static RoomReading followed(boolean joined, List<ShownEvent> events) {
        var task = new RoomTask(ROOM, joined, 50, UP_TO, SINCE, false);
        var cut = new TimelineCut(events, false, new HistoryToken(7));
        return new RoomReading(task, cut, List.of(NAME), Optional.of(SUMMARY));
    }

    private static SyncAnswer answer(SyncFilter filter, List<RoomReading> rooms) {
        return new SyncAssembly(question(SINCE, false, filter))
                .answer(new SyncReadings(rooms, List.of(), List.of(), List.of()));
    }
}
