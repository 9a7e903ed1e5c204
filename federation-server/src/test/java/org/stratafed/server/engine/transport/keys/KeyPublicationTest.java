package org.stratafed.server.engine.transport.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.transaction.ManualLoop;
import org.stratafed.server.engine.transport.PeerServer;

class KeyPublicationTest {

    private static final ServerName ALPHA = new ServerName("alpha");

    private final Signatures signatures = SignatureProviders.pureJava();
    private final ManualLoop loop = new ManualLoop();
    private final ServerKey old =
            new ServerKey(
                    new PeerServer("alpha", "ed25519:0", 3).verifyKey(), 0, OptionalLong.of(1000));
    private final OwnKeys own =
            OwnKeys.of(
                    ALPHA,
                    new SigningKey(new KeyId("ed25519:1"), new byte[SigningKey.SEED_BYTES]),
                    List.of(old),
                    signatures);
    private final KeyPublication publication = new KeyPublication(own, signatures, loop);

    @Test
    void whatIsPublishedProvesItself() {
        var keys = KeyAnswer.keys(published(), ALPHA, signatures, loop.millis());

        var validUntil = loop.instant().plus(Duration.ofHours(24)).toEpochMilli();
        assertThat(keys)
                .containsExactly(
                        new ServerKey(own.verifyKey(), validUntil, OptionalLong.empty()), old);
    }

    @Test
    void whatIsGivenOutIsGoodForHalfADayAtLeastAndSignedTwiceADay() {
        var first = publication.answer();
        loop.advance(Duration.ofHours(12));
        assertThat(publication.answer()).isSameAs(first);

        loop.advance(Duration.ofMillis(1));
        var left = published().integer("valid_until_ts").orElseThrow() - loop.millis();
        assertThat(Duration.ofMillis(left)).isEqualTo(Duration.ofHours(24));
    }

    private JsonObject published() {
        return JsonReader.readObject(publication.answer());
    }
}
