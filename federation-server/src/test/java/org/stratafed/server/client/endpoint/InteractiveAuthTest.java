package org.stratafed.server.client.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.server.client.format.JsonFields;
import org.stratafed.server.client.routing.ClientAnswer;

class InteractiveAuthTest {

    @Test
    void withoutAuthThereAreFlowsAndASession() {
        ClientAnswer challenge =
                InteractiveAuth.challenge(body("{\"username\": \"a\"}"), "fresh").orElseThrow();

        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.body().toString())
                .isEqualTo(
                        "{\"session\":\"fresh\",\"flows\":[{\"stages\":[\"m.login.dummy\"]}],"
                                + "\"params\":{}}");
    }

    @Test
    void theDummyStageIsEnoughWithASessionOrWithout() {
        assertThat(challenge("{\"auth\": {\"type\": \"m.login.dummy\"}}")).isEmpty();
        assertThat(challenge("{\"auth\": {\"type\": \"m.login.dummy\", \"session\": \"s\"}}"))
                .isEmpty();
    }

    @Test
    void anotherStageIsRefusedAndTheSessionKept() {
        var challenge =
                (JsonObject)
                        challenge("{\"auth\": {\"type\": \"m.login.sso\", \"session\": \"s\"}}")
                                .orElseThrow()
                                .body();

        assertThat(challenge.string("errcode")).contains("M_UNRECOGNIZED");
        assertThat(challenge.string("session")).contains("s");
        assertThat(challenge.has("flows")).isTrue();
    }

    private static Optional<ClientAnswer> challenge(String body) {
        return InteractiveAuth.challenge(body(body), "fresh");
    }

    private static JsonFields body(String text) {
        return new JsonFields(JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8)));
    }
}
