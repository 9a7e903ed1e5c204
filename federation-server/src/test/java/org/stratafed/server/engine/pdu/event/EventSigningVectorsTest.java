package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.ALL;
import static org.stratafed.server.engine.pdu.event.TestEvents.V1;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.V12;
import static org.stratafed.server.engine.pdu.event.TestEvents.V2;
import static org.stratafed.server.engine.pdu.event.TestEvents.V3;
import static org.stratafed.server.engine.pdu.event.TestEvents.V4;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// The specification's vectors, which hold for versions that keep `origin` when redacting, and
/// what the same events come to in later versions.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#event-signing">Event signing</a>
class EventSigningVectorsTest {

    private static final JsonObject MINIMAL =
            json(
                    """
                    {'room_id': '!x:domain', 'sender': '@a:domain', 'origin': 'domain',
                     'origin_server_ts': 1000000, 'signatures': {}, 'hashes': {}, 'type': 'X',
                     'content': {}, 'prev_events': [], 'auth_events': [], 'depth': 3,
                     'unsigned': {'age_ts': 1000000}}
                    """);

    private static final JsonObject REDACTABLE =
            json(
                    """
                    {'content': {'body': 'Here is the message content'}, 'event_id': '$0:domain',
                     'origin': 'domain', 'origin_server_ts': 1000000, 'type': 'm.room.message',
                     'room_id': '!r:domain', 'sender': '@u:domain', 'signatures': {},
                     'unsigned': {'age_ts': 1000000}}
                    """);

    private static final JsonObject CREATE_12 =
            json(
                    """
                    {'auth_events': [], 'content': {'room_version': '12'}, 'depth': 1,
                     'origin_server_ts': 1000000, 'prev_events': [], 'sender': '@a:domain',
                     'state_key': '', 'type': 'm.room.create'}
                    """);

    /// The same from version 4 on: none of the changes of redaction until version 11 is about it.
    @Test
    void theMinimalEvent() {
        for (RoomVersionRules rules : ALL.subList(3, 10)) {
            assertSigned(
                    rules,
                    MINIMAL,
                    "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
                    "KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTR"
                            + "l16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg",
                    "$8yif6p8EqgoSten2BLje9ntKm720NyFLWQv9tn8memc");
        }
    }

    /// What the specification's example was made for: the event has an ID of its own. Its hash is
    /// what others cite beside that.
    @Test
    void theEventThatHasAnId() {
        for (RoomVersionRules rules : List.of(V1, V2)) {
            JsonObject signed =
                    assertSigned(
                            rules,
                            REDACTABLE,
                            "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
                            "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu"
                                    + "6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA",
                            "$0:domain");
            assertThat(ReferenceHash.of(rules, signed))
                    .isEqualTo("oFAil2fHTGY66j9PIsC3hnc+/6r2SQGxCzd1/FUgtOE");
            assertThat(Citations.cite(rules, List.of(new EventId("$0:domain")), _ -> signed))
                    .isEqualTo(
                            json("{'x': [['$0:domain', {'sha256':"
                                            + " 'oFAil2fHTGY66j9PIsC3hnc+/6r2SQGxCzd1/FUgtOE'}]]}")
                                    .array("x")
                                    .orElseThrow());
        }
    }

    /// The only version with the other alphabet.
    @Test
    void theEventNamedInTheStandardAlphabet() {
        assertSigned(
                V3,
                REDACTABLE,
                "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
                "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu"
                        + "6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA",
                "$oFAil2fHTGY66j9PIsC3hnc+/6r2SQGxCzd1/FUgtOE");
    }

    @Test
    void theEventWithRedactableContent() {
        assertSigned(
                V4,
                REDACTABLE,
                "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
                "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu"
                        + "6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA",
                "$oFAil2fHTGY66j9PIsC3hnc-_6r2SQGxCzd1_FUgtOE");
    }

    @Test
    void theMinimalEventWithoutOriginInWhatIsSigned() {
        assertSigned(
                V11,
                MINIMAL,
                "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
                "Jxp+1glFcZM+nnHpY0EkedRR7u0VmKsJYGnQqIvqus3U"
                        + "vL5X/p1y6wSkLhGoTBel6MZ9lrMIzUqrjqFquWJKBw",
                "$70O_oKlXzFbkfu0KE88USi98DjSWrOELrPj-8tisl8I");
    }

    @Test
    void theEventWithRedactableContentWithoutOriginInWhatIsSigned() {
        assertSigned(
                V11,
                REDACTABLE,
                "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
                "4WQB/6LN2OtkUN/+18xUNB/U4RTX1N3EeKBdlCxux08Y"
                        + "O8izKDrSRqML1XB8V97IK7AujkNO1xMl7TaBLA4kDw",
                "$4Wse3wARkU3vfz3WvvTUUlWan9kETgdNEiY6CTbJGTQ");
    }

    @Test
    void theCreateEventWhoseHashIsTheRoomsId() {
        var id = "$P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM";
        JsonObject signed =
                assertSigned(
                        V12,
                        CREATE_12,
                        "ccqBumrNf46eCfIkdZSYW9RNafS0xFYYDm5rnZBSVJU",
                        "0iTJ32BZFymf41Y7UBttP2wZ0JTo6UjsLDQuf+79LB+W"
                                + "eKVfoLyR2I8RF23ZdFgCuxtjVBl5MKXIOWP+ocELDw",
                        id);
        var room = new RoomId(id.replace('$', '!'));
        assertThat(ReferenceHash.roomId(V12, signed)).isEqualTo(room);
        var parsed = EventParser.parse(V12, TestEvents.raw(signed));
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        ParsedPdu.Parsed.class,
                        it -> {
                            assertThat(it.pdu().id()).isEqualTo(new EventId(id));
                            assertThat(it.pdu().roomId()).isEqualTo(room);
                        });
    }

    private static JsonObject assertSigned(
            RoomVersionRules rules, JsonObject event, String hash, String signature, String id) {
        JsonObject signed = TestEvents.signed(rules, event);
        assertThat(signed)
                .isEqualTo(
                        event.with("hashes", json("{'sha256': '%s'}".formatted(hash)))
                                .with(
                                        "signatures",
                                        json(
                                                "{'domain': {'ed25519:1': '%s'}}"
                                                        .formatted(signature))));
        assertThat(ContentHash.of(signed)).isEqualTo(hash);
        assertThat(ContentHash.matches(signed)).isTrue();
        assertThat(ReferenceHash.eventId(rules, signed)).isEqualTo(new EventId(id));
        return signed;
    }
}
