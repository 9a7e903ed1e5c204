package org.stratafed.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPairsTest {

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, SHA256withRSA",
        "EC, 256, SHA256withECDSA",
        "EC, 384, SHA256withECDSA",
        "Ed25519, 255, Ed25519"
    })
    void onlyKeysOfOnePairMatch(String kind, int bits, String algorithm)
            throws GeneralSecurityException {
        var one = pair(kind, bits);
        var other = pair(kind, bits);

        assertThat(KeyPairs.match(algorithm, one.getPrivate(), one.getPublic())).isTrue();
        assertThat(KeyPairs.match(algorithm, one.getPrivate(), other.getPublic())).isFalse();
    }

    @Test
    void keysOfDifferentKindsAreAnError() throws GeneralSecurityException {
        var curve = pair("EC", 256);
        var rsa = pair("RSA", 2048);

        assertThatThrownBy(
                        () ->
                                KeyPairs.match(
                                        "SHA256withECDSA", curve.getPrivate(), rsa.getPublic()))
                .isInstanceOf(InvalidKeyException.class);
    }

    private static KeyPair pair(String kind, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
