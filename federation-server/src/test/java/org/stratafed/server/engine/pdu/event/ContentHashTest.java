package org.stratafed.server.engine.pdu.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.event.TestEvents.V11;
import static org.stratafed.server.engine.pdu.event.TestEvents.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

class ContentHashTest {

    private static final JsonObject EVENT = TestEvents.signedMessage(V11);

    @Test
    void anyChangeToTheEventShows() {
        assertThat(ContentHash.matches(EVENT)).isTrue();
        for (String key : EVENT.without("hashes", "signatures").keys()) {
            assertThat(ContentHash.matches(EVENT.with(key, new JsonString("other"))))
                    .as(key)
                    .isFalse();
        }
        assertThat(ContentHash.matches(EVENT.with("new", new JsonString("x")))).isFalse();
    }

    @Test
    void signaturesAndUnsignedMayChange() {
        JsonObject changed = EVENT.with("unsigned", json("{'x': 1}")).without("signatures");
        assertThat(ContentHash.matches(changed)).isTrue();
        assertThat(ContentHash.of(changed)).isEqualTo(ContentHash.of(EVENT));
    }

    @Test
    void theOrderOfKeysIsIrrelevant() {
        var content = EVENT.get("content").orElseThrow();
        assertThat(ContentHash.matches(EVENT.without("content").with("content", content))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'sha256': 1}", "{'sha256': '!'}", "{'sha256': ''}", "[]"})
    void noHashOrNoneThatCanBeReadIsNoMatch(String hashes) {
        var value = json("{'x': %s}".formatted(hashes)).get("x").orElseThrow();
        assertThat(ContentHash.matches(EVENT.with("hashes", value))).isFalse();
        assertThat(ContentHash.matches(EVENT.without("hashes"))).isFalse();
    }

    @Test
    void theHashIsReadInEitherAlphabetAndWithPadding() {
        String hash = ContentHash.of(EVENT);
        assertThat(ContentHash.matches(withHash(hash + "="))).isTrue();
        JsonObject event = EVENT;
        for (int i = 0; ContentHash.of(event).indexOf('+') < 0; i++) {
            event = EVENT.with("n", new JsonString("" + i));
        }
        String urlSafe = ContentHash.of(event).replace('+', '-').replace('/', '_');
        var hashes = JsonObject.builder().put("sha256", urlSafe).build();
        assertThat(ContentHash.matches(event.with("hashes", hashes))).isTrue();
    }

    private static JsonObject withHash(String hash) {
        return EVENT.with("hashes", JsonObject.builder().put("sha256", hash).build());
    }
}
