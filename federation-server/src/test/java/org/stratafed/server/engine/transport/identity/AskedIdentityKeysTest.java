package org.stratafed.server.engine.transport.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transport.ScriptedWire.response;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.transport.IdentityKeys.Validity;
import org.stratafed.server.engine.transport.TransportWorld;
import org.stratafed.server.engine.transport.discovery.AddressPolicy;
import org.stratafed.server.engine.transport.discovery.Addresses;

class AskedIdentityKeysTest {

    private static final String URL = "https://id.example/valid";
    private static final String KEY = "a+b/c";

    private final TransportWorld world = new TransportWorld();
    private final AskedIdentityKeys keys =
            new AskedIdentityKeys(
                    world.wire, new Addresses(world.names, new AddressPolicy(false)), world.loop);

    AskedIdentityKeysTest() {
        world.names.with("id.example", "198.41.0.1").with("inside.example", "10.0.0.1");
    }

    @Test
    void theKeyIsAskedAboutOverTlsAtTheUrlThatTheInvitationNames() {
        answers(200, "{\"valid\":true}");
        assertThat(validity(URL)).isEqualTo(Validity.VALID);
        var sent = world.wire.sent().getFirst();
        assertThat(sent.route().port()).isEqualTo(443);
        assertThat(sent.route().certificateName()).isEqualTo("id.example");
        assertThat(sent.request().method()).isEqualTo("GET");
        assertThat(sent.request().target()).isEqualTo("/valid?public_key=a%2Bb%2Fc");
        assertThat(sent.request().headerValues("Authorization")).isEmpty();
    }

    @Test
    void aQueryThatIsThereStays() {
        answers(200, "{\"valid\":true}");
        validity(URL + "?a=1");
        assertThat(world.wire.sent().getFirst().request().target())
                .isEqualTo("/valid?a=1&public_key=a%2Bb%2Fc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "200; {\"valid\":false}; REVOKED",
                "200; {\"valid\":\"true\"}; UNKNOWN",
                "200; {}; UNKNOWN",
                "200; []; UNKNOWN",
                "200; no JSON; UNKNOWN",
                "404; {\"valid\":true}; UNKNOWN",
                "500; {\"valid\":false}; UNKNOWN",
            })
    void onlyAClearWordCounts(int status, String body, Validity validity) {
        answers(status, body);
        assertThat(validity(URL)).isEqualTo(validity);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example/valid",
                "ftp://id.example/",
                "id.example",
                "https://user@id.example/",
                "https://10.0.0.1/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://inside.example/",
                "https://unknown.example/"
            })
    void nothingIsSentButOverTlsAndToPublicAddresses(String url) {
        assertThat(validity(url)).isEqualTo(Validity.UNKNOWN);
        assertThat(world.wire.sent()).isEmpty();
    }

    @Test
    void aUrlOfAnyLengthIsNotAsked() {
        answers(200, "{\"valid\":true}");
        var url = URL + "?" + "x".repeat(AskedIdentityKeys.URL_CHARS_MAX);
        assertThat(validity(url)).isEqualTo(Validity.UNKNOWN);
        assertThat(world.wire.sent()).isEmpty();
    }

    @Test
    void redirectsAreNotFollowed() {
        world.wire.at(
                "198.41.0.1:443", _ -> response(302, "", "Location", "https://id.example/other"));
        assertThat(validity(URL)).isEqualTo(Validity.UNKNOWN);
        assertThat(world.wire.sent()).hasSize(1);
    }

    @Test
    void anAnswerIsRememberedForAWhile() {
        answers(200, "{\"valid\":true}");
        validity(URL);
        answers(200, "{\"valid\":false}");
        assertThat(validity(URL)).isEqualTo(Validity.VALID);
        assertThat(world.wire.sent()).hasSize(1);
        world.loop.advance(AskedIdentityKeys.LIFETIME);
        assertThat(validity(URL)).isEqualTo(Validity.REVOKED);
    }

    @Test
    void whoDidNotAnswerIsAskedAgainSoon() {
        assertThat(validity(URL)).isEqualTo(Validity.UNKNOWN);
        answers(200, "{\"valid\":true}");
        assertThat(validity(URL)).isEqualTo(Validity.UNKNOWN);
        world.loop.advance(AskedIdentityKeys.LIFETIME_OF_SILENCE);
        assertThat(validity(URL)).isEqualTo(Validity.VALID);
    }

    @Test
    void theSameIsAskedOnceAtATimeAndNotTooMuchAtOnce() {
        answers(200, "{\"valid\":true}");
        var asked = new ArrayList<Uni<Validity>>();
        for (int i = 0; i < AskedIdentityKeys.UNDER_WAY_MAX; i++) {
            asked.add(keys.validity(URL + i, KEY));
            asked.add(keys.validity(URL + i, KEY));
        }
        var tooMany = keys.validity(URL, KEY);
        asked.forEach(it -> assertThat(world.outcome(it)).isEqualTo(Validity.VALID));
        assertThat(world.outcome(tooMany)).isEqualTo(Validity.UNKNOWN);
        assertThat(world.wire.sent()).hasSize(AskedIdentityKeys.UNDER_WAY_MAX);
        assertThat(validity(URL)).isEqualTo(Validity.VALID);
    }

    private void answers(int status, String body) {
        world.wire.at("198.41.0.1:443", _ -> response(status, body));
    }

    private Validity validity(String url) {
        return world.outcome(keys.validity(url, KEY));
    }
}
