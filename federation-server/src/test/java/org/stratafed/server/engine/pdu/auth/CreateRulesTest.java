package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonString;

/// Rule 1 of all room versions.
class CreateRulesTest {

    @EveryVersion
    void rule1AllowsACreateEventWhateverTheState(String version) {
        var room = publicRoom(version);
        var create = room.createEvent().build();

        assertAllowed(
                EventAuthorization.check(
                        room.rules(), create, (_, _) -> Optional.empty(), new NoSignatures()));
    }

    @EveryVersion
    void rule1p1DeniesACreateEventThatComesAfterAnother(String version) {
        var room = publicRoom(version);

        assertDenied(room, room.createEvent().prev(room.latest()), "1.1", "1.1");
    }

    @Versions.WithChosenRoomId
    void rule1p2DeniesARoomIdOfAnotherServer(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.createEvent().inRoom("!other:alpha"));
        assertDenied(room.check(room.createEvent().inRoom("!room:beta")), "1.2");
        assertDenied(room.check(room.createEvent().inRoom("!room:alpha:8448")), "1.2");
    }

    @Versions.WithChosenRoomId
    void rule1p2DeniesARoomIdWithoutAServerWhereItHasToHaveOne(String version) {
        var room = publicRoom(version);
        var hash = publicRoom("12").roomId().value();

        assertDenied(room.check(room.createEvent().inRoom(hash)), "1.2");
    }

    @Test
    void rule1p2DeniesARoomIdInTheEventWhereItFollowsFromIt() {
        var room = publicRoom("12");
        var create = room.createEvent();

        assertAllowed(room, create);
        assertDenied(room.check(create.field("room_id", new JsonString("!room:alpha"))), "1.2");
    }

    @EveryVersion
    void rule1p3DeniesARoomVersionThatIsNotKnown(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.createEvent().content("room_version", version));
        assertDenied(room, room.createEvent().content("room_version", "mine"), "1.3", "1.3");
        assertDenied(room, room.createEvent().content("room_version", ""), "1.3", "1.3");
    }

    @EveryVersion
    void rule1p3DeniesARoomVersionThatIsNoString(String version) {
        var room = publicRoom(version);
        var create =
                room.createEvent()
                        .content("{'creator': '@alice:alpha', 'room_version': " + version + "}");

        assertDenied(room, create, "1.3", "1.3");
    }

    /// The absent version means version 1, whose rooms are not checked by these rules.
    @EveryVersion
    void rule1p3AllowsACreateEventWithoutARoomVersion(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.createEvent().content("{'creator': '@alice:alpha'}"));
    }

    @Versions.WithNamedCreator
    void rule1p4UpToVersion10DeniesACreateEventWithoutACreator(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.createEvent().content("{'creator': '@bob:beta'}"));
        assertDenied(room.check(room.createEvent().content("{}")), "1.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "12"})
    void fromVersion11OnNobodyNamesTheCreator(String version) {
        var room = publicRoom(version);

        assertAllowed(room, room.createEvent().content("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'@bob:beta'",
                "{}",
                "null",
                "[1]",
                "['bob']",
                "['@bob']",
                "['@bob:']",
                "['@bob:beta', '@carol:not a server']",
                "['@bob:beta', null]"
            })
    void rule1p4OfVersion12DeniesAdditionalCreatorsThatAreNotAllUserIds(String creators) {
        var room = publicRoom("12");
        var create = room.createEvent().content("{'additional_creators': " + creators + "}");

        assertDenied(room.check(create), "1.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "['@bob:beta']", "['@bob:beta', '@Old Name!:gamma:8448', '@:g']"})
    void rule1p4OfVersion12AllowsAdditionalCreatorsThatAreUserIdsByTheHistoricalGrammar(
            String creators) {
        var room = publicRoom("12");
        var create = room.createEvent().content("{'additional_creators': " + creators + "}");

        assertAllowed(room, create);
    }

    @Test
    void rule1p4OfVersion12DeniesAUserIdThatIsTooLong() {
        var room = publicRoom("12");
        var name = "@" + "a".repeat(250) + ":beta";
        var create = room.createEvent().content("{'additional_creators': ['" + name + "']}");

        assertDenied(room.check(create), "1.4");
    }

    @Versions.WithChosenRoomId
    void beforeVersion12AdditionalCreatorsMeanNothing(String version) {
        var room = publicRoom(version);
        var create =
                room.createEvent()
                        .content("{'creator': '@alice:alpha', 'additional_creators': 'nobody'}");

        assertAllowed(room, create);
    }
}
