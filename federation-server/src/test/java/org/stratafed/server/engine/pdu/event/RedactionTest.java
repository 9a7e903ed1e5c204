package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.ALL;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.V12;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// @see <a href="https://spec.matrix.org/v1.19/rooms/v11/#redactions">Redactions</a>
class RedactionTest {

    private static final List<RoomVersionRules> UP_TO_10 = ALL.subList(0, 10);
    private static final List<RoomVersionRules> SINCE_11 = List.of(V11, V12);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event_id",
                "type",
                "room_id",
                "sender",
                "state_key",
                "content",
                "hashes",
                "signatures",
                "depth",
                "prev_events",
                "auth_events",
                "origin_server_ts"
            })
    void theseTopLevelKeysStay(String key) {
        for (RoomVersionRules rules : ALL) {
            assertThat(Redaction.redact(rules, fullEvent()).has(key)).as(rules + key).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prev_state", "origin", "membership"})
    void theseTopLevelKeysStayUpToVersion10(String key) {
        for (RoomVersionRules rules : UP_TO_10) {
            assertThat(Redaction.redact(rules, fullEvent()).has(key)).isTrue();
        }
        for (RoomVersionRules rules : SINCE_11) {
            assertThat(Redaction.redact(rules, fullEvent()).has(key)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsigned", "redacts", "age_ts", "org.example.other"})
    void otherTopLevelKeysGo(String key) {
        assertThat(fullEvent().has(key)).isTrue();
        for (RoomVersionRules rules : ALL) {
            assertThat(Redaction.redact(rules, fullEvent()).has(key)).isFalse();
        }
    }

    @Test
    void theKeysThatStayKeepTheirValuesAndTheirOrder() {
        JsonObject redacted = Redaction.redact(V11, fullEvent());
        assertThat(redacted.toString())
                .startsWith("{\"hashes\":{\"sha256\":\"h\",\"x\":1},\"type\":\"X\",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    m.room.member | {'membership': 'join'} | {'membership': 'join'}
                    m.room.member | {'displayname': 'A', 'reason': 'r', 'is_direct': true} | {}
                    m.room.create | {'creator': '@a:b'} | =
                    m.room.join_rules | {'join_rule': 'restricted'} | =
                    m.room.join_rules | {'x': 1} | {}
                    m.room.power_levels | {'ban': 1, 'events': {'x': 2}, 'events_default': 3} | =
                    m.room.power_levels | {'kick': 1, 'redact': 2, 'state_default': 3} | =
                    m.room.power_levels | {'users': {'@a:b': 1}, 'users_default': 2} | =
                    m.room.power_levels | {'notifications': {'room': 50}} | {}
                    m.room.history_visibility | {'history_visibility': 'shared'} | =
                    m.room.history_visibility | {'x': 1} | {}
                    m.room.message | {'body': 'x', 'membership': 'join', 'creator': '@a:b'} | {}
                    m.room.third_party_invite | {'public_key': 'k', 'display_name': 'd'} | {}
                    m.room.tombstone | {'replacement_room': '!x:y'} | {}
                    """)
    void inAllVersionsTheSameStays(String type, String content, String kept) {
        for (RoomVersionRules rules : ALL) {
            assertKept(rules, type, content, kept.equals("=") ? content : kept);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    m.room.create | {'room_version': '11', 'x': {'y': 1}, 'm.federate': false}
                    m.room.power_levels | {'invite': 50}
                    m.room.redaction | {'redacts': '$x'}
                    m.room.member | {'third_party_invite': {'signed': {'token': 't'}}}
                    """)
    void sinceVersion11TheseStayToo(String type, String content) {
        UP_TO_10.forEach(rules -> assertKept(rules, type, content, "{}"));
        for (RoomVersionRules rules : SINCE_11) {
            assertKept(rules, type, content, content);
        }
    }

    /// The last column is the first version in which it stays.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    m.room.join_rules | {'allow': [{'type': 'm.room_membership'}]} | 8
                    m.room.member | {'join_authorised_via_users_server': '@a:b'} | 9
                    """)
    void sinceSomeVersionThisStays(String type, String content, int since) {
        ALL.subList(0, since - 1).forEach(rules -> assertKept(rules, type, content, "{}"));
        ALL.subList(since - 1, 12).forEach(rules -> assertKept(rules, type, content, content));
    }

    @Test
    void upToVersion5AliasesStay() {
        var content = "{'aliases': ['#a:b']}";
        ALL.subList(0, 5).forEach(it -> assertKept(it, "m.room.aliases", content, content));
        ALL.subList(5, 12).forEach(it -> assertKept(it, "m.room.aliases", content, "{}"));
    }

    @Test
    void ofAThirdPartyInviteOnlyWhatWasSignedStays() {
        var content = "{'third_party_invite': {'display_name': 'a', 'signed': {'mxid': 'm'}}}";
        var kept = "{'third_party_invite': {'signed': {'mxid': 'm'}}}";
        SINCE_11.forEach(rules -> assertKept(rules, "m.room.member", content, kept));
    }

    /// The specification doesn't say; this is what most servers do.
    @Test
    void ofAThirdPartyInviteWithNothingSignedAnEmptyObjectStays() {
        var content = "{'third_party_invite': {'display_name': 'a'}}";
        var kept = "{'third_party_invite': {}}";
        SINCE_11.forEach(rules -> assertKept(rules, "m.room.member", content, kept));
    }

    /// The specification doesn't say; this is what most servers do.
    @ParameterizedTest
    @ValueSource(strings = {"null", "'signed'", "[{'signed': {}}]", "1"})
    void aThirdPartyInviteThatIsNoObjectGoes(String invite) {
        var content = "{'third_party_invite': %s}".formatted(invite);
        SINCE_11.forEach(rules -> assertKept(rules, "m.room.member", content, "{}"));
    }

    @Test
    void valuesStayWhateverTheyAre() {
        for (RoomVersionRules rules : ALL) {
            assertKept(rules, "m.room.power_levels", "{'users': 'x'}", "{'users': 'x'}");
            assertKept(rules, "m.room.member", "{'membership': null}", "{'membership': null}");
        }
    }

    @Test
    void redactingTwiceIsRedactingOnce() {
        for (RoomVersionRules rules : ALL) {
            JsonObject redacted = Redaction.redact(rules, fullEvent());
            assertThat(Redaction.redact(rules, redacted)).isEqualTo(redacted);
        }
    }

    @Test
    void redactionLeavesTheEventsIdAlone() {
        for (RoomVersionRules rules : ALL) {
            JsonObject event = TestEvents.signedMessage(rules);
            assertThat(ReferenceHash.eventId(rules, Redaction.redact(rules, event)))
                    .isEqualTo(ReferenceHash.eventId(rules, event));
        }
    }

    @Test
    void theTableCoversEveryVersionThereIs() {
        assertThat(RoomVersionRules.supported())
                .containsExactlyElementsOf(ALL.stream().map(RoomVersionRules::version).toList());
    }

    private static void assertKept(
            RoomVersionRules rules, String type, String content, String kept) {
        JsonObject event = json("{'type': '%s', 'content': %s}".formatted(type, content));
        assertThat(Redaction.redact(rules, event).object("content"))
                .as("%s in version %s", type, rules.version())
                .contains(json(kept));
    }

    private static JsonObject fullEvent() {
        return json(
                """
                {'hashes': {'sha256': 'h', 'x': 1}, 'type': 'X', 'event_id': '$e', 'room_id': '!r',
                 'sender': '@a', 'state_key': '', 'content': {'x': 1}, 'signatures': {'a': {}},
                 'depth': 1, 'prev_events': ['$p'], 'prev_state': [], 'auth_events': ['$a'],
                 'origin': 'o', 'origin_server_ts': 1, 'membership': 'join',
                 'unsigned': {'age': 1, 'replaces_state': '$x'}, 'redacts': '$r', 'age_ts': 1,
                 'org.example.other': 1}
                """);
    }
}
