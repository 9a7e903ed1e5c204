package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.V10;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.V12;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;

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

    @Test
    void theMinimalEvent() {
        assertSigned(
                V10,
                MINIMAL,
                "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
                "KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTR"
                        + "l16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg",
                "$8yif6p8EqgoSten2BLje9ntKm720NyFLWQv9tn8memc");
    }

    @Test
    void theEventWithRedactableContent() {
        assertSigned(
                V10,
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
