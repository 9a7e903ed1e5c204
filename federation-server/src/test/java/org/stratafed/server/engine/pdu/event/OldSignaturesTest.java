package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.ALL;
import static org.stratafed.server.engine.pdu.event.TestEvents.DOMAIN;
import static org.stratafed.server.engine.pdu.event.TestEvents.KEY;
import static org.stratafed.server.engine.pdu.event.TestEvents.OTHER;
import static org.stratafed.server.engine.pdu.event.TestEvents.SIGNATURES;
import static org.stratafed.server.engine.pdu.event.TestEvents.TS;
import static org.stratafed.server.engine.pdu.event.TestEvents.V1;
import static org.stratafed.server.engine.pdu.event.TestEvents.V2;
import static org.stratafed.server.engine.pdu.event.TestEvents.V3;
import static org.stratafed.server.engine.pdu.event.TestEvents.V4;
import static org.stratafed.server.engine.pdu.event.TestEvents.V5;
import static org.stratafed.server.engine.pdu.event.TestEvents.V7;
import static org.stratafed.server.engine.pdu.event.TestEvents.V8;
import static org.stratafed.server.engine.pdu.event.TestEvents.current;
import static org.stratafed.server.engine.pdu.event.TestEvents.key;
import static org.stratafed.server.engine.pdu.event.TestEvents.keys;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;

/// Whose signatures an event needs, and by which keys, where room versions differ.
class OldSignaturesTest {

    private static final SigningKey SECOND = key("ed25519:second");

    // The server in the event's ID, up to version 2.

    @Test
    void upToVersion2TheServerInTheIdSignsToo() {
        for (RoomVersionRules rules : List.of(V1, V2)) {
            JsonObject event = TestEvents.signed(rules, named(rules, "$e:other"));
            assertThat(check(rules, event, keys().with(OTHER, current(SECOND)))).isPresent();
            JsonObject both = EventSigner.addSignature(rules, event, OTHER, SECOND, SIGNATURES);
            assertThat(check(rules, both, keys().with(OTHER, current(SECOND)))).isEmpty();
            assertThat(check(rules, both, keys())).isPresent();
            assertThat(wanted(rules, both))
                    .containsExactly(
                            new WantedKey(DOMAIN, KEY.id(), 0),
                            new WantedKey(OTHER, SECOND.id(), 0));
        }
    }

    @Test
    void upToVersion2TheSendersSignatureIsEnoughWhereItIsTheSameServer() {
        assertThat(check(V2, TestEvents.signedMessage(V2), keys())).isEmpty();
    }

    // Keys that have run out, before version 5.

    @Test
    void aKeyThatHasRunOutProvesEventsBeforeVersion5Only() {
        for (RoomVersionRules rules : ALL) {
            var keys = KeyBook.empty().with(DOMAIN, validUntil(TS - 1));
            boolean isProved = check(rules, TestEvents.signedMessage(rules), keys).isEmpty();
            assertThat(isProved).as("version " + rules.version()).isEqualTo(isBefore(V5, rules));
        }
    }

    @Test
    void aKeyIsAskedForThatWasGoodThenSinceVersion5() {
        assertThat(wanted(V4, TestEvents.signedMessage(V4)))
                .containsExactly(new WantedKey(DOMAIN, KEY.id(), 0));
        assertThat(wanted(V5, TestEvents.signedMessage(V5)))
                .containsExactly(new WantedKey(DOMAIN, KEY.id(), TS));
    }

    // Who vouches for a join, since version 8.

    @Test
    void whoVouchesForAJoinSignsItSinceVersion8() {
        var content = "{'membership': 'join', 'join_authorised_via_users_server': '@b:other'}";
        JsonObject before = TestEvents.signed(V7, TestEvents.member(V7, content));
        assertThat(check(V7, before, keys())).isEmpty();
        JsonObject since = TestEvents.signed(V8, TestEvents.member(V8, content));
        assertThat(check(V8, since, keys())).isPresent();
        JsonObject both = EventSigner.addSignature(V8, since, OTHER, SECOND, SIGNATURES);
        assertThat(check(V8, both, keys().with(OTHER, current(SECOND)))).isEmpty();
    }

    // IDs given by us.

    @Test
    void anEventWithoutAnIdGetsOneOfTheSignerUpToVersion2() {
        for (RoomVersionRules rules : List.of(V1, V2)) {
            JsonObject template = TestEvents.message(rules).without("event_id");
            JsonObject signed = TestEvents.signed(rules, template);
            var id = signed.string("event_id").orElseThrow();
            assertThat(id).startsWith("$").endsWith(":domain");
            assertThat(EventFormat.check(rules, signed)).isEmpty();
            assertThat(ContentHash.matches(signed)).isTrue();
            assertThat(ReferenceHash.eventId(rules, signed)).isEqualTo(new EventId(id));
            JsonObject another = template.with("content", JsonObject.empty());
            assertThat(TestEvents.signed(rules, another).string("event_id")).isNotEqualTo(id);
        }
        JsonObject hashed = TestEvents.signed(V3, TestEvents.message(V3));
        assertThat(hashed.has("event_id")).isFalse();
    }

    @Test
    void anIdThatIsGivenIsNotTooLongHoweverLongTheServersName() {
        var server = new ServerName("s".repeat(230));
        JsonObject signed =
                EventSigner.sign(
                        V1, TestEvents.message(V1).without("event_id"), server, KEY, SIGNATURES);
        assertThat(EventFormat.check(V1, signed)).isEmpty();
    }

    private static boolean isBefore(RoomVersionRules limit, RoomVersionRules rules) {
        return ALL.indexOf(rules) < ALL.indexOf(limit);
    }

    private static JsonObject named(RoomVersionRules rules, String id) {
        return TestEvents.message(rules).with("event_id", new JsonString(id));
    }

    private static ServerKey validUntil(long ts) {
        return new ServerKey(SIGNATURES.verifyKey(KEY), ts, OptionalLong.empty());
    }

    private static Optional<String> check(RoomVersionRules rules, JsonObject event, KeyBook keys) {
        return EventSignatures.check(rules, EventParser.event(rules, event), keys, SIGNATURES);
    }

    private static List<WantedKey> wanted(RoomVersionRules rules, JsonObject event) {
        return EventSignatures.wanted(rules, EventParser.event(rules, event));
    }
}
