package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.Timeline.ContextRequest;
import org.stratafed.api.layer.messaging.Timeline.MembersRequest;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixErrorCode;

/// What users see when they look into a room.
class ReadingRoomsTest extends SharedRoom {

    @Test
    void whoNeverWasInTheRoomReadsNothingOfIt() {
        assertError(MatrixErrorCode.FORBIDDEN, () -> name(anna));
        assertError(
                MatrixErrorCode.FORBIDDEN, () -> alpha.pageBack(anna, room, Optional.empty(), 5));
        setState(alice, "m.room.history_visibility", visibility("world_readable"));
        assertThat(name(anna)).isEqualTo("Lobby");
        alpha.say(alice, room, "for all the world");
        assertThat(bodies(alpha.pageBack(anna, room, Optional.empty(), 5).chunk()))
                .containsExactly("for all the world");
    }

    @Test
    void whoJoinsLaterSeesWhatTheSettingOfTheTimeLetsThemSee() {
        alpha.say(alice, room, "shared");
        setState(alice, "m.room.history_visibility", visibility("joined"));
        var hidden = alpha.say(alice, room, "for who is here");
        join(alpha, anna);
        alpha.say(alice, room, "welcome");
        assertThat(bodies(alpha.pageBack(anna, room, Optional.empty(), 50).chunk()))
                .containsExactly("welcome", "shared");
        assertThat(bodies(alpha.pageBack(alice, room, Optional.empty(), 50).chunk()))
                .containsExactly("welcome", "for who is here", "shared");
        assertError(
                MatrixErrorCode.NOT_FOUND,
                () -> alpha.get(() -> alpha.messaging().timeline().event(anna, room, hidden)));
    }

    @Test
    void whoCameFromNextDoorReadsBackBeyondTheirOwnServersTime() {
        IntStream.range(0, 30).forEach(i -> alpha.say(alice, room, "message " + i));
        join(beta, bob);
        var update = beta.sync(bob).join().get(room);
        assertThat(bodies(update.timeline())).isEmpty();
        assertThat(update.limited()).isTrue();
        assertThat(update.state()).extracting(it -> it.pdu().type()).contains("m.room.create");

        var seen = new ArrayList<TimelineEvent>();
        var token = Optional.of(update.prevBatch());
        while (token.isPresent()) {
            var page = beta.pageBack(bob, room, token, 10);
            seen.addAll(page.chunk());
            token = page.end();
        }
        assertThat(bodies(seen))
                .startsWith("message 29", "message 28")
                .endsWith("message 0")
                .hasSize(30);
        assertThat(seen.getLast().pdu().type()).isEqualTo("m.room.create");
    }

    @Test
    void whereNobodyAnswersWhatIsHereIsShown() {
        IntStream.range(0, 5).forEach(i -> alpha.say(alice, room, "message " + i));
        join(beta, bob);
        alpha.server.deaf = true;
        var page = beta.pageBack(bob, room, Optional.empty(), 10);
        assertThat(types(page.chunk())).containsExactly("m.room.member");
        assertThat(page.end()).isPresent();
        assertThat(beta.pageBack(bob, room, page.end(), 10).end()).isEmpty();
    }

    @Test
    void aRoomIsReadForwardsToo() {
        alpha.say(alice, room, "one");
        alpha.say(alice, room, "two");
        var filter =
                new EventFilter(
                        10,
                        Optional.of(List.of("m.room.message")),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false);
        var page = alpha.page(alice, room, Optional.empty(), false, 5, filter);
        assertThat(bodies(page.chunk())).containsExactly("one", "two");
        var first = alpha.page(alice, room, Optional.empty(), false, 1, EventFilter.ALL);
        assertThat(types(first.chunk())).containsExactly("m.room.create");
        var second = alpha.page(alice, room, first.end(), false, 1, EventFilter.ALL);
        assertThat(types(second.chunk())).containsExactly("m.room.member");
        var back = alpha.page(alice, room, second.end(), true, 2, EventFilter.ALL);
        assertThat(types(back.chunk())).containsExactly("m.room.member", "m.room.create");
    }

    @Test
    void anEventIsShownWithWhatWasAroundIt() {
        alpha.say(alice, room, "before");
        var middle = alpha.say(alice, room, "middle");
        alpha.say(alice, room, "after");
        var request = new ContextRequest(room, middle, 2, EventFilter.ALL);
        var context = alpha.get(() -> alpha.messaging().timeline().context(alice, request));
        assertThat(bodies(context.before())).containsExactly("before");
        assertThat(bodies(List.of(context.event()))).containsExactly("middle");
        assertThat(bodies(context.after())).containsExactly("after");
        assertThat(types(context.state())).contains("m.room.create", "m.room.name");
        assertThat(bodies(alpha.pageBack(alice, room, Optional.of(context.end()), 1).chunk()))
                .containsExactly("after");
        assertThat(bodies(alpha.pageBack(alice, room, Optional.of(context.start()), 1).chunk()))
                .isEmpty();
    }

    @Test
    void membersAreListedByMembershipNowAndThen() {
        var before = alpha.sync(alice);
        join(alpha, anna);
        alpha.get(() -> alpha.messaging().memberships().leave(room, anna, none()));
        var timeline = alpha.messaging().timeline();
        assertThat(alpha.get(() -> timeline.members(alice, room, MembersRequest.ALL))).hasSize(2);
        assertThat(alpha.get(() -> timeline.joinedMembers(alice, room))).hasSize(1);
        var then =
                new MembersRequest(
                        Optional.of(before.nextBatch()), Optional.empty(), Optional.empty());
        assertThat(alpha.get(() -> timeline.members(alice, room, then))).hasSize(1);
        assertError(
                MatrixErrorCode.FORBIDDEN,
                () -> alpha.get(() -> timeline.joinedMembers(anna, room)));
    }

    @Test
    void consumersFollowTheStreamAtTheirOwnPace() {
        var timeline = alpha.messaging().timeline();
        var all = alpha.get(() -> timeline.after(0, 100));
        var first = alpha.get(() -> timeline.after(0, 3));
        assertThat(first).isEqualTo(all.subList(0, 3));
        long position = first.getLast().position().orElseThrow();
        assertThat(alpha.get(() -> timeline.after(position, 100)))
                .isEqualTo(all.subList(3, all.size()));
    }

    @Test
    void aStateEventSaysWhatWasBefore() {
        setState(alice, "m.room.name", json("{'name': 'Attic'}"));
        var event = alpha.pageBack(alice, room, Optional.empty(), 1).chunk().getFirst();
        assertThat(event.previousContent()).contains(json("{'name': 'Lobby'}"));
        assertThat(event.membership()).contains("join");
    }
}
