package org.stratafed.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stratafed.server.crypto.Edwards25519.Point;

class Ed25519EncodingTest {

    private static final byte[] GOOD_POINT = Edwards25519.BASE.bytes();

    @Test
    void thePointsOfSmallOrderAreRefusedAsKeyAndAsR() {
        assertThat(Edwards25519.torsion())
                .hasSize(8)
                .doesNotHaveDuplicates()
                .allSatisfy(point -> assertRefused(point.bytes()));
    }

    @Test
    void thePointsOfSmallOrderAreRefusedWithTheOtherSignToo() {
        for (Point point : Edwards25519.torsion()) {
            byte[] bytes = point.bytes();
            bytes[31] ^= (byte) 0x80;
            assertRefused(bytes);
        }
    }

    @Test
    void yThatIsNotReducedIsRefused() {
        for (int above = 0; above < 19; above++) {
            byte[] bytes = Edwards25519.littleEndian(Edwards25519.P.add(BigInteger.valueOf(above)));
            assertRefused(bytes);
            bytes[31] |= (byte) 0x80;
            assertRefused(bytes);
        }
    }

    /// `p - 1` itself is of small order.
    @Test
    void theLargestReducedYPasses() {
        byte[] bytes = Edwards25519.littleEndian(Edwards25519.P.subtract(BigInteger.TWO));
        assertThat(Ed25519Encoding.isStrictKey(bytes)).isTrue();
        bytes[31] |= (byte) 0x80;
        assertThat(Ed25519Encoding.isStrictKey(bytes)).isTrue();
    }

    @Test
    void ordinaryPointsPass() {
        Point point = Edwards25519.BASE;
        for (int i = 0; i < 20; i++) {
            assertThat(Ed25519Encoding.isStrictKey(point.bytes())).isTrue();
            point = point.plus(point).plus(Edwards25519.BASE);
        }
    }

    @Test
    void sHasToBeBelowTheGroupOrder() {
        BigInteger order = Edwards25519.L;
        assertThat(Ed25519Encoding.isStrictSignature(signature(BigInteger.ZERO))).isTrue();
        assertThat(Ed25519Encoding.isStrictSignature(signature(order.subtract(BigInteger.ONE))))
                .isTrue();
        assertThat(Ed25519Encoding.isStrictSignature(signature(order))).isFalse();
        assertThat(Ed25519Encoding.isStrictSignature(signature(order.add(BigInteger.ONE))))
                .isFalse();
        assertThat(Ed25519Encoding.isStrictSignature(signature(BigInteger.TWO.pow(252).add(order))))
                .isFalse();
        assertThat(Ed25519Encoding.isStrictSignature(signature(BigInteger.TWO.pow(255)))).isFalse();
    }

    @Test
    void otherLengthsAreRefused() {
        assertThat(Ed25519Encoding.isStrictKey(new byte[0])).isFalse();
        assertThat(Ed25519Encoding.isStrictKey(Arrays.copyOf(GOOD_POINT, 31))).isFalse();
        assertThat(Ed25519Encoding.isStrictKey(Arrays.copyOf(GOOD_POINT, 33))).isFalse();
        assertThat(Ed25519Encoding.isStrictSignature(new byte[0])).isFalse();
        assertThat(Ed25519Encoding.isStrictSignature(Arrays.copyOf(GOOD_POINT, 63))).isFalse();
        assertThat(Ed25519Encoding.isStrictSignature(Arrays.copyOf(GOOD_POINT, 65))).isFalse();
    }

    private static void assertRefused(byte[] point) {
        assertThat(Ed25519Encoding.isStrictKey(point)).as("as a key").isFalse();
        assertThat(Ed25519Encoding.isStrictSignature(Arrays.copyOf(point, 64)))
                .as("as R")
                .isFalse();
    }

    private static byte[] signature(BigInteger s) {
        byte[] signature = Arrays.copyOf(GOOD_POINT, 64);
        System.arraycopy(Edwards25519.littleEndian(s), 0, signature, 32, 32);
        return signature;
    }
}
