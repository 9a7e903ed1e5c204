package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonString;

/// The rules before those about memberships.
final class FirstRuleRows extends RuleRows {

    FirstRuleRows() {
        create();
        authEvents();
        rule(
                "4",
                r -> closed(r).joined("@dan:alpha").message("m").by("@dan:alpha"),
                r -> closed(r).joined(BOB).message("m").by(BOB));
        aliases();
    }

    /// Rule 4 of the texts up to version 5.
    private void aliases() {
        String aliases = AuthTypes.ALIASES;
        row(
                "4.1 on aliases",
                "=4.1",
                UNTIL_5,
                r -> r.state(aliases, "alpha"),
                r -> r.message(aliases));
        row(
                "4.2 on aliases",
                "=4.2",
                UNTIL_5,
                r -> r.state(aliases, "alpha"),
                r -> r.state(aliases, "beta"));
        row(
                "4.3 on aliases",
                "=4.2",
                UNTIL_5,
                r -> r.state(aliases, "beta").by(BOB),
                r -> r.state(aliases, "alpha").by(BOB));
    }

    private void create() {
        rule("1.1", RoomFixture::createEvent, FirstRuleRows::createAfterAnother);
        rule("1.2", RoomFixture::createEvent, FirstRuleRows::createWithWrongRoomId);
        rule("1.3", RoomFixture::createEvent, r -> r.createEvent().content("room_version", "x"));
        row(
                "1.4",
                "1.4",
                FROM_12,
                RoomFixture::createEvent,
                r -> r.createEvent().content("{'additional_creators': ['nobody']}"));
        row(
                "1.4 before version 11",
                "1.4",
                UNTIL_10,
                RoomFixture::createEvent,
                r -> r.createEvent().content("{}"));
        row(
                "1.5",
                "1.1",
                ALL,
                r -> r.createEvent().content("{'creator': 'x', 'y': 1}"),
                FirstRuleRows::createAfterAnother);
    }

    private void authEvents() {
        row(
                "2",
                "2",
                FROM_12,
                r -> r.message("m"),
                r -> r.message("m").inRoom("!" + "B".repeat(43)));
        cited("3.1", ALL, (_, auth) -> auth.add(auth.getLast()));
        cited("3.2", ALL, (r, auth) -> auth.add(accepted(r.state("m.room.topic", "").build())));
        cited(
                "3.3",
                ALL,
                (_, auth) -> auth.add(new CitedAuthEvent(auth.removeLast().event(), true)));
        cited("3.4 before version 12", UNTIL_11, (r, auth) -> auth.remove(accepted(r.create())));
        cited(
                "3.5",
                ALL,
                (r, auth) -> {
                    auth.removeLast();
                    auth.add(accepted(r.member(ALICE, "join").inRoom("!other:alpha").build()));
                });
    }

    /// A rule about what an event cites, which may be all that is selected for it.
    private void cited(
            String number,
            List<String> versions,
            BiConsumer<RoomFixture, List<CitedAuthEvent>> failing) {
        add(
                new Row(
                        number,
                        number.split(" ")[0],
                        versions,
                        room -> check(room, (_, _) -> {}),
                        room -> check(room, failing)));
    }

    private static AuthVerdict check(
            RoomFixture room, BiConsumer<RoomFixture, List<CitedAuthEvent>> change) {
        var event = room.message("m.room.message").build();
        var auth = new ArrayList<CitedAuthEvent>();
        room.selected(event).forEach(one -> auth.add(accepted(one)));
        change.accept(room, auth);
        return EventAuthorization.checkAuthEvents(room.rules(), event, auth);
    }

    private static CitedAuthEvent accepted(Pdu event) {
        return new CitedAuthEvent(event, false);
    }

    private static EventFixture createAfterAnother(RoomFixture room) {
        return room.createEvent().prev(room.latest());
    }

    private static EventFixture createWithWrongRoomId(RoomFixture room) {
        return room.rules().roomIdIsCreateHash()
                ? room.createEvent().field("room_id", new JsonString("!room:alpha"))
                : room.createEvent().inRoom("!room:beta");
    }

    private static RoomFixture closed(RoomFixture room) {
        return room.createContent("{'creator': '@alice:alpha', 'm.federate': false}");
    }
}
