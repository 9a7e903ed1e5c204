package org.stratafed.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.server.crypto.Edwards25519.Point;

/// Each test runs over every library: whatever the verdict is, they must agree on it.
class StrictSignaturesTest {

    private static final KeyId KEY_ID = new KeyId("ed25519:1");
    private static final BigInteger SECRET = new BigInteger("81854932078562390123456789");
    private static final BigInteger NONCE = new BigInteger("34567890098765432123456789");

    /// Of the specification's test vectors.
    private static final SigningKey SPEC_KEY =
            new SigningKey(
                    KEY_ID,
                    Base64.getDecoder().decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1"));

    static Stream<StrictSignatures> libraries() {
        return Stream.of(
                        ConscryptEd25519.load().orElseThrow(),
                        new BouncyCastleEd25519(),
                        JcaEd25519.ofJdk())
                .map(StrictSignatures::new);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void theSpecificationsKeyAndSignaturesComeOut(StrictSignatures signatures) {
        VerifyKey key = signatures.verifyKey(SPEC_KEY);
        assertThat(UnpaddedBase64.encode(key.bytes()))
                .isEqualTo("XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI");
        assertThat(key.id()).isEqualTo(KEY_ID);
        assertSigns(
                signatures,
                JsonObject.empty(),
                "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtT"
                        + "dGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ");
        assertSigns(
                signatures,
                JsonObject.builder().put("one", 1).put("two", "Two").build(),
                "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL"
                        + "53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw");
    }

    /// Keys and `R`s with every combination of points of small order added, of which libraries
    /// take some and leave others when asked alone.
    @ParameterizedTest
    @MethodSource("libraries")
    void addedPointsOfSmallOrderPassOnlyWhereTheyCancelOut(StrictSignatures signatures) {
        int passed = 0;
        for (Point keyTorsion : Edwards25519.torsion()) {
            for (Point rTorsion : Edwards25519.torsion()) {
                var forged = ForgedSignature.of(SECRET, NONCE, keyTorsion, rTorsion, "message");
                assertVerdict(signatures, forged, forged.holdsWithoutCofactor());
                passed += forged.holdsWithoutCofactor() ? 1 : 0;
            }
        }
        assertThat(passed).as("of 64, so that both verdicts occur").isBetween(8, 32);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void keysAndRsOfSmallOrderNeverPass(StrictSignatures signatures) {
        for (Point small : Edwards25519.torsion()) {
            var key = ForgedSignature.of(BigInteger.ZERO, NONCE, small, negative(small), "a");
            var r = ForgedSignature.of(SECRET, BigInteger.ZERO, negative(small), small, "b");
            var plainR =
                    ForgedSignature.of(SECRET, BigInteger.ZERO, Edwards25519.IDENTITY, small, "c");
            assertVerdict(signatures, key, false);
            assertVerdict(signatures, r, false);
            assertVerdict(signatures, plainR, false);
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void unreducedSNeverPasses(StrictSignatures signatures) {
        var valid =
                ForgedSignature.of(
                        SECRET, NONCE, Edwards25519.IDENTITY, Edwards25519.IDENTITY, "message");
        assertVerdict(signatures, valid, true);
        var key = new VerifyKey(KEY_ID, valid.key());
        assertThat(signatures.verify(key, valid.message(), valid.withGroupOrderAdded())).isFalse();
    }

    /// Half of all `y` have no point.
    @ParameterizedTest
    @MethodSource("libraries")
    void keysOffTheCurveAreRefusedAndNoError(StrictSignatures signatures) {
        byte[] signature = signatures.sign(SPEC_KEY, new byte[0]);
        List<byte[]> offCurve =
                IntStream.range(2, 100)
                        .mapToObj(BigInteger::valueOf)
                        .filter(y -> !Edwards25519.isOnCurve(y))
                        .map(Edwards25519::littleEndian)
                        .toList();
        assertThat(offCurve).hasSizeGreaterThan(20);
        for (byte[] bytes : offCurve) {
            assertThat(signatures.verify(new VerifyKey(KEY_ID, bytes), new byte[0], signature))
                    .isFalse();
            byte[] withR = signature.clone();
            System.arraycopy(bytes, 0, withR, 0, 32);
            assertThat(signatures.verify(signatures.verifyKey(SPEC_KEY), new byte[0], withR))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void signaturesOfAnotherLengthAreRefusedAndNoError(StrictSignatures signatures) {
        byte[] signature = signatures.sign(SPEC_KEY, new byte[0]);
        VerifyKey key = signatures.verifyKey(SPEC_KEY);
        for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
            assertThat(signatures.verify(key, new byte[0], Arrays.copyOf(signature, length)))
                    .isFalse();
        }
    }

    @Test
    void whatOneLibrarySignsAllVerifyAndAnyChangeToItNone() {
        var random = new Random(20260101);
        List<StrictSignatures> libraries = libraries().toList();
        for (int round = 0; round < 60; round++) {
            var key = new SigningKey(KEY_ID, randomBytes(random, 32));
            byte[] message = randomBytes(random, random.nextInt(2_000));
            List<byte[]> signed = libraries.stream().map(it -> it.sign(key, message)).toList();
            assertThat(signed).allSatisfy(it -> assertThat(it).isEqualTo(signed.getFirst()));
            byte[] changed = changed(signed.getFirst(), random);
            for (StrictSignatures signatures : libraries) {
                VerifyKey verifyKey = signatures.verifyKey(key);
                assertThat(signatures.verify(verifyKey, message, signed.getFirst())).isTrue();
                assertThat(signatures.verify(verifyKey, message, changed)).isFalse();
                assertThat(
                                signatures.verify(
                                        verifyKey, randomBytes(random, 100), signed.getFirst()))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void manyThreadsMayAskAtOnce(StrictSignatures signatures) {
        byte[] signature = signatures.sign(SPEC_KEY, new byte[] {1});
        long wrong =
                IntStream.range(0, 400)
                        .parallel()
                        .filter(
                                i -> {
                                    var message = new byte[] {(byte) (i % 2)};
                                    var key = signatures.verifyKey(SPEC_KEY);
                                    return signatures.verify(key, message, signature)
                                            != (i % 2 == 1);
                                })
                        .count();
        assertThat(wrong).isZero();
    }

    @Test
    void theFastestIsNativeHere() {
        assertThat(SignatureProviders.fastest().providerName()).startsWith("Conscrypt");
        assertThat(SignatureProviders.pureJava().providerName()).isEqualTo("BouncyCastle");
    }

    private static void assertSigns(
            StrictSignatures signatures, JsonObject object, String expected) {
        var domain = new ServerName("domain");
        JsonObject signed = JsonSigning.sign(object, domain, SPEC_KEY, signatures);
        assertThat(JsonSigning.signature(signed, domain, KEY_ID).map(UnpaddedBase64::encode))
                .contains(expected);
        VerifyKey key = signatures.verifyKey(SPEC_KEY);
        assertThat(JsonSigning.verify(signed, domain, key, signatures)).isTrue();
    }

    private static void assertVerdict(
            StrictSignatures signatures, ForgedSignature forged, boolean expected) {
        var key = new VerifyKey(KEY_ID, forged.key());
        assertThat(signatures.verify(key, forged.message(), forged.bytes()))
                .as("%s on %s", signatures.providerName(), forged)
                .isEqualTo(expected);
    }

    private static Point negative(Point point) {
        return point.times(BigInteger.valueOf(7));
    }

    private static byte[] changed(byte[] signature, Random random) {
        byte[] changed = signature.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static byte[] randomBytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
