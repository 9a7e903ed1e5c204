package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;

import java.util.List;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersionRules;

/// What the tests of the event format say about events that differ from an ordinary one in one
/// member.
final class FormatAssertions {

    static final List<RoomVersionRules> ALL = TestEvents.ALL;

    /// Those whose events are named after their hashes.
    static final List<RoomVersionRules> HASHED = ALL.subList(2, ALL.size());

    /// Those that take canonical JSON at its word.
    static final List<RoomVersionRules> STRICT = ALL.subList(5, ALL.size());

    static final String ABSENT = "absent";

    private FormatAssertions() {}

    /// An event made for a room version.
    interface Made {
        JsonObject by(RoomVersionRules rules);
    }

    static void assertAllPass(Made event) {
        ALL.forEach(rules -> assertPasses(rules, event.by(rules)));
    }

    static void assertAllRefuse(Made event, String reason) {
        ALL.forEach(rules -> assertRefused(rules, event.by(rules), reason));
    }

    static void assertPasses(RoomVersionRules rules, JsonObject event) {
        assertThat(EventFormat.check(rules, event)).as("version " + rules.version()).isEmpty();
        assertThat(EventParser.parse(rules, TestEvents.raw(event)))
                .isInstanceOf(ParsedPdu.Parsed.class);
    }

    static void assertRefused(RoomVersionRules rules, JsonObject event, String reason) {
        assertThat(EventFormat.check(rules, event))
                .as("version " + rules.version())
                .hasValueSatisfying(why -> assertThat(why).contains(reason));
    }

    /// A message of which the member has this value, or is [#ABSENT].
    static JsonObject message(RoomVersionRules rules, String key, String value) {
        JsonObject message = TestEvents.signedMessage(rules);
        return value.equals(ABSENT) ? message.without(key) : message.with(key, text(value));
    }

    static JsonValue text(String value) {
        return json("{'value': %s}".formatted(value)).get("value").orElseThrow();
    }
}
