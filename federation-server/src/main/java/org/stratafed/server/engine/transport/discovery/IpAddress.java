package org.stratafed.server.engine.transport.discovery;

import java.util.Arrays;
import java.util.Optional;

/// An IP address, read from its text without asking any resolver.
///
/// An IPv4 octet with a leading zero is refused: some libraries take it for an octal number, and
/// would connect to another address than the one that was checked.
final class IpAddress {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Of an IPv4 or IPv6 literal, the latter without brackets and without a zone.
    static Optional<IpAddress> parse(String text) {
        return (text.indexOf(':') < 0 ? ipv4(text) : ipv6(text)).map(IpAddress::new);
    }

    /// Whether both are of one family and agree in that many leading bits.
    boolean startsAs(IpAddress other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (((bytes[i / 8] ^ other.bytes[i / 8]) >> (7 - i % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    /// The IPv4 address that this one has from that byte on.
    IpAddress ipv4At(int offset) {
        return new IpAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES));
    }

    private static Optional<byte[]> ipv4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != IPV4_BYTES) {
            return Optional.empty();
        }
        var bytes = new byte[IPV4_BYTES];
        for (int i = 0; i < IPV4_BYTES; i++) {
            int octet = number(octets[i], 10, 3);
            if (octet < 0
                    || octet > 255
                    || (octets[i].length() > 1 && octets[i].charAt(0) == '0')) {
                return Optional.empty();
            }
            bytes[i] = (byte) octet;
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true).filter(bytes -> bytes.length == IPV6_BYTES);
        }
        var before = groups(text.substring(0, gap), false);
        var after = groups(text.substring(gap + 2), true);
        if (before.isEmpty()
                || after.isEmpty()
                || before.get().length + after.get().length > IPV6_BYTES - 2) {
            return Optional.empty();
        }
        var bytes = Arrays.copyOf(before.get(), IPV6_BYTES);
        byte[] tail = after.get();
        System.arraycopy(tail, 0, bytes, IPV6_BYTES - tail.length, tail.length);
        return Optional.of(bytes);
    }

    /// The bytes of colon-separated groups. Those that end the address may end in an IPv4 address.
    private static Optional<byte[]> groups(String text, boolean endsAddress) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        if (parts.length > IPV6_BYTES / 2) {
            return Optional.empty();
        }
        var bytes = new byte[2 * parts.length];
        for (int i = 0; i < parts.length; i++) {
            int group = number(parts[i], 16, 4);
            if (group < 0) {
                boolean mayBeIpv4 = endsAddress && i == parts.length - 1;
                return mayBeIpv4 ? ipv4(parts[i]).map(v4 -> appended(bytes, v4)) : Optional.empty();
            }
            bytes[2 * i] = (byte) (group >> 8);
            bytes[2 * i + 1] = (byte) group;
        }
        return Optional.of(bytes);
    }

    /// The groups, of which the last is replaced by an IPv4 address.
    private static byte[] appended(byte[] groups, byte[] ipv4) {
        var bytes = Arrays.copyOf(groups, groups.length + 2);
        System.arraycopy(ipv4, 0, bytes, groups.length - 2, IPV4_BYTES);
        return bytes;
    }

    /// A number of at most that many digits, or -1.
    private static int number(String text, int radix, int digitsMax) {
        if (text.isEmpty() || text.length() > digitsMax) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
