package org.stratafed.server.crypto;

import java.util.HexFormat;

/// What the bytes of an Ed25519 key or signature have to be, whatever library reads them.
///
/// Libraries differ on points of small order and on numbers that aren't reduced: some let them
/// pass, some don't. Whoever signs can make such ones on purpose, and so split a room between
/// servers. So they are refused here, by comparing bytes, before any library is asked. The rules
/// are those of libsodium, which most of the network checks signatures with.
///
/// Numbers are little-endian, as in keys and signatures. Not checked is whether a point is on the
/// curve at all: there the libraries agree.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1">RFC 8032, Ed25519</a>
public final class Ed25519Encoding {

    public static final int KEY_BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;

    private static final int S_OFFSET = 32;

    /// What of the last byte belongs to a point's `y`. The bit above is the sign of its `x`.
    private static final int LAST_Y_BITS = 0x7F;

    /// 2^255 - 19, which coordinates are reduced by.
    private static final byte[] PRIME =
            bytes("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    /// The order of the base point, which `S` is reduced by.
    private static final byte[] GROUP_ORDER =
            bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    /// The `y` of the eight points whose order divides eight; those with the same `y` differ in
    /// their sign.
    private static final byte[][] SMALL_ORDER = {
        bytes("0100000000000000000000000000000000000000000000000000000000000000"),
        bytes("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        bytes("0000000000000000000000000000000000000000000000000000000000000000"),
        bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    };

    private Ed25519Encoding() {}

    /// Whether these can be the bytes of a public key that everybody understands alike.
    public static boolean isStrictKey(byte[] key) {
        return key.length == KEY_BYTES && isStrictPoint(key);
    }

    /// Whether these can be the bytes of a signature that everybody understands alike.
    public static boolean isStrictSignature(byte[] signature) {
        return signature.length == SIGNATURE_BYTES
                && isStrictPoint(signature)
                && isBelow(signature, S_OFFSET, 0xFF, GROUP_ORDER);
    }

    /// Of the first 32 bytes.
    private static boolean isStrictPoint(byte[] bytes) {
        return isBelow(bytes, 0, LAST_Y_BITS, PRIME) && !isOfSmallOrder(bytes);
    }

    private static boolean isOfSmallOrder(byte[] bytes) {
        for (byte[] y : SMALL_ORDER) {
            if (isEqualButForSign(bytes, y)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEqualButForSign(byte[] bytes, byte[] y) {
        for (int i = 0; i < KEY_BYTES - 1; i++) {
            if (bytes[i] != y[i]) {
                return false;
            }
        }
        return ((bytes[KEY_BYTES - 1] ^ y[KEY_BYTES - 1]) & LAST_Y_BITS) == 0;
    }

    /// Whether the 32 bytes there, of the last of which only the mask's bits count, are less than
    /// the limit.
    private static boolean isBelow(byte[] bytes, int offset, int lastMask, byte[] limit) {
        int mask = lastMask;
        for (int i = limit.length - 1; i >= 0; i--) {
            int difference = (bytes[offset + i] & mask) - (limit[i] & 0xFF);
            if (difference != 0) {
                return difference < 0;
            }
            mask = 0xFF;
        }
        return false;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
