package org.stratafed.server.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// The curve by the book: slow, and simple enough to be believed. For making keys and signatures
/// that no library makes.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1">RFC 8032, Ed25519</a>
final class Edwards25519 {

    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666))).mod(P);
    private static final BigInteger SQRT_M1 =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE);
    static final Point BASE =
            decodeY(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P));

    private Edwards25519() {}

    record Point(BigInteger x, BigInteger y) {

        Point plus(Point other) {
            BigInteger dxxyy = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y);
            BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
            BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
            return new Point(
                    sumX.multiply(inverse(BigInteger.ONE.add(dxxyy))).mod(P),
                    sumY.multiply(inverse(BigInteger.ONE.subtract(dxxyy))).mod(P));
        }

        Point times(BigInteger factor) {
            Point sum = IDENTITY;
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                if (factor.testBit(bit)) {
                    sum = sum.plus(this);
                }
            }
            return sum;
        }

        byte[] bytes() {
            byte[] bytes = littleEndian(y);
            bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
            return bytes;
        }
    }

    /// The eight points whose order divides eight.
    static List<Point> torsion() {
        Point generator = IDENTITY;
        for (int y = 2; generator.times(BigInteger.valueOf(4)).equals(IDENTITY); y++) {
            BigInteger candidate = BigInteger.valueOf(y);
            if (isOnCurve(candidate)) {
                generator = decodeY(candidate).times(L);
            }
        }
        var points = new ArrayList<Point>();
        for (int i = 0; i < 8; i++) {
            points.add(generator.times(BigInteger.valueOf(i)));
        }
        return points;
    }

    /// `k`, which a signature multiplies the key by.
    static BigInteger challenge(byte[] r, byte[] key, byte[] message) {
        try {
            var sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(r);
            sha512.update(key);
            return fromLittleEndian(sha512.digest(message)).mod(L);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] littleEndian(BigInteger number) {
        var bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger fromLittleEndian(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    static boolean isOnCurve(BigInteger y) {
        BigInteger x = squareRoot(xSquared(y));
        return x.multiply(x).subtract(xSquared(y)).mod(P).signum() == 0;
    }

    /// The point with this `y` and an even `x`.
    private static Point decodeY(BigInteger y) {
        BigInteger x = squareRoot(xSquared(y));
        return new Point(x.testBit(0) ? P.subtract(x) : x, y);
    }

    private static BigInteger xSquared(BigInteger y) {
        BigInteger yy = y.multiply(y);
        return yy.subtract(BigInteger.ONE)
                .multiply(inverse(D.multiply(yy).add(BigInteger.ONE)))
                .mod(P);
    }

    private static BigInteger squareRoot(BigInteger square) {
        BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        boolean isRoot = root.multiply(root).subtract(square).mod(P).signum() == 0;
        return isRoot ? root : root.multiply(SQRT_M1).mod(P);
    }

    private static BigInteger inverse(BigInteger number) {
        return number.modInverse(P);
    }
}
