package org.stratafed.server.engine.pdu.event;

import static org.stratafed.server.engine.pdu.event.FormatAssertions.ABSENT;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.ALL;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.HASHED;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.STRICT;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertAllPass;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertAllRefuse;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertPasses;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.assertRefused;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.message;
import static org.stratafed.server.engine.pdu.event.FormatAssertions.text;
import static org.stratafed.server.engine.pdu.event.TestEvents.V1;
import static org.stratafed.server.engine.pdu.event.TestEvents.V10;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.V12;
import static org.stratafed.server.engine.pdu.event.TestEvents.V2;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// One event per way to be malformed, in every room version.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#event-format">Event format</a>
class EventFormatTest {

    @Test
    void anOrdinaryEventPasses() {
        assertAllPass(TestEvents::signedMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sender",
                "type",
                "room_id",
                "content",
                "depth",
                "origin_server_ts",
                "prev_events",
                "auth_events",
                "hashes",
                "signatures"
            })
    void noneOfTheseMayBeMissing(String key) {
        assertAllRefuse(rules -> message(rules, key, ABSENT), key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    sender           | 1
                    sender           | null
                    sender           | 'a:domain'
                    sender           | '@a'
                    sender           | '@a:'
                    sender           | '@a:dom ain'
                    type             | 1
                    type             | null
                    room_id          | 1
                    room_id          | 'r:domain'
                    room_id          | '!r'
                    content          | null
                    content          | []
                    content          | 'x'
                    state_key        | 1
                    state_key        | null
                    state_key        | {}
                    depth            | '3'
                    depth            | null
                    depth            | true
                    depth            | -1
                    origin_server_ts | '1000000'
                    origin_server_ts | null
                    prev_events      | {}
                    prev_events      | '$a'
                    prev_events      | [1]
                    prev_events      | ['a']
                    prev_events      | ['$']
                    auth_events      | null
                    auth_events      | ['$a', null]
                    hashes           | []
                    hashes           | {}
                    hashes           | {'md5': 'x'}
                    hashes           | {'sha256': 1}
                    hashes           | {'sha256': 'x', 'md5': 1}
                    signatures       | []
                    signatures       | {'domain': 'x'}
                    signatures       | {'domain': {'ed25519:1': 1}}
                    event_id         | '$mine'
                    event_id         | null
                    """)
    void noneOfTheseMayBeOfAnotherType(String key, String value) {
        assertAllRefuse(rules -> message(rules, key, value), key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    sender           | '@:domain'
                    sender           | '@a b\\u0001/:domain:8448'
                    sender           | '@a:[::1]:80'
                    type             | ''
                    state_key        | ''
                    depth            | 0
                    depth            | -0
                    origin_server_ts | 0
                    origin_server_ts | -9007199254740991
                    origin_server_ts | 9007199254740991
                    prev_events      | []
                    auth_events      | []
                    signatures       | {}
                    signatures       | {'who is this': {'strange': ''}, 'domain': {}}
                    hashes           | {'sha256': 'not a hash', 'x': ''}
                    redacts          | 1
                    membership       | []
                    origin           | null
                    org.example.new  | {'any': [null, true, 'thing']}
                    """)
    void allOfTheseArePassed(String key, String value) {
        assertAllPass(rules -> message(rules, key, value));
    }

    @Test
    void anEventNeedsNoOrigin() {
        assertAllPass(rules -> message(rules, "origin", ABSENT));
        assertAllPass(rules -> message(rules, "origin", "'somebody.else'"));
    }

    // What events cite.

    @Test
    void upToVersion2EventsAreCitedWithTheirHashes() {
        for (String cited :
                List.of("[]", "[['$a:b', {'sha256': 'x'}]]", "[['$a', {}], ['$a', {'y': 1}]]")) {
            assertPasses(V1, message(V1, "prev_events", cited));
            assertPasses(V2, message(V2, "auth_events", cited));
        }
        for (String cited :
                List.of(
                        "['$a:b']",
                        "[['$a:b']]",
                        "[[]]",
                        "[['$a:b', 'x']]",
                        "[['a:b', {}]]",
                        "[[{}, '$a:b']]",
                        "[['$a:b', {'sha256': 'x'}, 1]]")) {
            assertRefused(V1, message(V1, "prev_events", cited), "prev_events");
            assertRefused(V2, message(V2, "auth_events", cited), "auth_events");
        }
    }

    @Test
    void sinceVersion3EventsAreCitedByTheirIds() {
        for (RoomVersionRules rules : HASHED) {
            assertPasses(rules, message(rules, "prev_events", "['$a', '$a']"));
            assertPasses(rules, message(rules, "prev_events", "['$id:of.the.first.versions']"));
            var pair = "[['$a', {'sha256': 'x'}]]";
            assertRefused(rules, message(rules, "prev_events", pair), "prev_events");
            assertRefused(rules, message(rules, "auth_events", pair), "auth_events");
        }
    }

    // The event's ID.

    @Test
    void upToVersion2AnEventHasAnIdOfAServer() {
        for (RoomVersionRules rules : List.of(V1, V2)) {
            assertPasses(rules, message(rules, "event_id", "'$a/+ b:domain:8448'"));
            assertRefused(rules, message(rules, "event_id", ABSENT), "event_id");
            for (String id : List.of("''", "'$'", "1", "'a:domain'", "'$a:'", "'$a:dom ain'")) {
                assertRefused(rules, message(rules, "event_id", id), "event_id");
            }
        }
    }

    /// Otherwise an event could take the name of one that is named after its hash.
    @Test
    void upToVersion2AnEventsIdIsNoHash() {
        var hash = "'$oFAil2fHTGY66j9PIsC3hnc-_6r2SQGxCzd1_FUgtOE'";
        assertRefused(V2, message(V2, "event_id", hash), "event_id");
    }

    @Test
    void sinceVersion3AnEventHasNoId() {
        for (RoomVersionRules rules : HASHED) {
            assertRefused(rules, message(rules, "event_id", "'$a:domain'"), "event_id");
        }
    }

    // Canonical JSON.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1.5",
                "1e3",
                "1E3",
                "9007199254740992",
                "-9007199254740992",
                "123456789012345678901234567890",
                "[[{'deep': 1.5}]]"
            })
    void numbersThatAreNotCanonicalJsonAreRefusedSinceVersion6(String value) {
        for (RoomVersionRules rules : STRICT) {
            assertRefused(rules, message(rules, "org.example.x", value), "canonical");
            assertRefused(rules, message(rules, "content", "{'x': " + value + "}"), "canonical");
        }
        for (RoomVersionRules rules : ALL.subList(0, 5)) {
            assertPasses(rules, message(rules, "org.example.x", value));
            assertPasses(rules, message(rules, "content", "{'x': " + value + "}"));
        }
    }

    /// It has no bytes that a hash could be over.
    @ParameterizedTest
    @ValueSource(strings = {"'\\ud800'", "'\\udc00\\ud800'", "{'\\ud800': 1}"})
    void whatIsNoTextIsRefusedWhereverItStands(String value) {
        assertAllRefuse(rules -> message(rules, "org.example.x", value), "canonical");
        assertAllRefuse(rules -> message(rules, "content", "{'x': %s}".formatted(value)), "canon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740991",
                "-9007199254740991",
                "0",
                "'\\ud83d\\ude00'",
                "'\\u0000'"
            })
    void whatIsJustCanonicalJsonPasses(String value) {
        assertAllPass(rules -> message(rules, "content", "{'x': %s}".formatted(value)));
    }

    /// No hash or signature covers it, so any server in between may have written it.
    @ParameterizedTest
    @ValueSource(strings = {"{'x': 1.5}", "{'x': '\\ud800'}", "[]", "null", "{'age': 1}"})
    void unsignedMayBeAnything(String value) {
        assertAllPass(rules -> message(rules, "unsigned", value));
    }

    // The room's ID.

    @Test
    void upToVersion11RoomIdsNameTheirServer() {
        var hash = "'!P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM'";
        assertRefused(V1, message(V1, "room_id", hash), "room_id");
        assertRefused(V10, message(V10, "room_id", hash), "room_id");
        assertRefused(V11, message(V11, "room_id", hash), "room_id");
        assertPasses(V12, message(V12, "room_id", hash));
    }

    @Test
    void sinceVersion12RoomIdsAreHashes() {
        for (String id : List.of("'!r:domain'", "'!short'", "'!" + "+".repeat(43) + "'")) {
            assertRefused(V12, message(V12, "room_id", id), "room_id");
        }
    }

    @Test
    void sinceVersion12ACreateEventHasNoRoomIdAndOthersDo() {
        JsonObject create = message(V12, "type", "'m.room.create'").with("state_key", text("''"));
        assertRefused(V12, create, "room_id");
        assertPasses(V12, create.without("room_id"));
        assertRefused(V11, create.without("room_id"), "room_id");
        JsonObject notTheRooms = create.with("state_key", text("'x'"));
        assertPasses(V12, notTheRooms);
        assertRefused(V12, notTheRooms.without("room_id"), "room_id");
        assertRefused(V12, create.without("room_id", "state_key"), "room_id");
    }
}
