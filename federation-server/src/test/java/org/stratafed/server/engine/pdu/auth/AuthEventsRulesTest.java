package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;

/// Rule 2 of room versions 10 and 11, rule 3 of room version 12.
class AuthEventsRulesTest {

    @EveryVersion
    void allowsWhatIsSelected(String version) {
        var room = publicRoom(version);

        assertAllowed(check(room, _ -> {}));
    }

    @EveryVersion
    void rule3p1DeniesTwoThatSetTheSame(String version) {
        var room = publicRoom(version);
        var another = room.state(AuthTypes.POWER_LEVELS, "").build();

        assertDenied(room, check(room, cited -> cited.add(accepted(another))), "2.1", "3.1");
    }

    @EveryVersion
    void rule3p1DeniesTheSameEventTwice(String version) {
        var room = publicRoom(version);

        assertDenied(room, check(room, cited -> cited.add(cited.getLast())), "2.1", "3.1");
    }

    @EveryVersion
    void rule3p2DeniesStateThatIsNotSelected(String version) {
        var room = publicRoom(version).joined("@bob:beta");
        var topic = room.state("m.room.topic", "").build();
        var stranger = room.event(AuthTypes.MEMBER, "@bob:beta").orElseThrow();
        var joinRules = room.event(AuthTypes.JOIN_RULES, "").orElseThrow();

        for (var event : List.of(topic, stranger, joinRules)) {
            assertDenied(room, check(room, cited -> cited.add(accepted(event))), "2.2", "3.2");
        }
    }

    @EveryVersion
    void rule3p2DeniesAnEventThatSetsNoState(String version) {
        var room = publicRoom(version);
        var message = room.message(AuthTypes.POWER_LEVELS).build();

        assertDenied(room, check(room, cited -> cited.add(accepted(message))), "2.2", "3.2");
    }

    @Test
    void rule3p2OfVersion12DeniesTheCreateEvent() {
        var room = publicRoom("12");

        assertDenied(check(room, cited -> cited.add(accepted(room.create()))), "3.2");
    }

    @EveryVersion
    void rule3p3DeniesOneThatWasRejected(String version) {
        var room = publicRoom(version);

        assertDenied(
                room,
                check(room, cited -> cited.add(rejected(cited.removeLast().event()))),
                "2.3",
                "3.3");
    }

    @Versions.WithChosenRoomId
    void rule2p4UpToVersion11DeniesTheLackOfTheCreateEvent(String version) {
        var room = publicRoom(version);

        assertDenied(check(room, cited -> cited.remove(accepted(room.create()))), "2.4");
    }

    @EveryVersion
    void rule3p5DeniesOneOfAnotherRoom(String version) {
        var room = publicRoom(version);
        var elsewhere = room.member(RoomFixture.ALICE, "join").inRoom("!elsewhere:alpha").build();

        assertDenied(
                room,
                check(
                        room,
                        cited -> {
                            cited.removeLast();
                            cited.add(accepted(elsewhere));
                        }),
                "2.5",
                "3.5");
    }

    /// A decision: the rule is about those that are there. What a missing one would have said
    /// comes out when the event is checked against the room's state.
    @EveryVersion
    void aSelectedOneThatIsMissingIsNoError(String version) {
        var room = publicRoom(version);

        assertAllowed(
                check(
                        room,
                        cited ->
                                cited.removeIf(
                                        auth -> !auth.event().type().equals(AuthTypes.CREATE))));
    }

    @EveryVersion
    void theRuleIsNotForCreateEvents(String version) {
        var room = publicRoom(version);
        var create = room.createEvent().build();

        assertAllowed(EventAuthorization.checkAuthEvents(room.rules(), create, List.of()));
    }

    private static AuthVerdict check(RoomFixture room, Consumer<List<CitedAuthEvent>> change) {
        var event = room.message("m.room.message").build();
        var cited = new ArrayList<CitedAuthEvent>();
        room.selected(event).forEach(auth -> cited.add(accepted(auth)));
        change.accept(cited);
        return EventAuthorization.checkAuthEvents(room.rules(), event, cited);
    }

    private static CitedAuthEvent accepted(Pdu event) {
        return new CitedAuthEvent(event, false);
    }

    private static CitedAuthEvent rejected(Pdu event) {
        return new CitedAuthEvent(event, true);
    }
}
