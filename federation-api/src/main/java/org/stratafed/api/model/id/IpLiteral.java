package org.stratafed.api.model.id;

import java.util.List;

/// The written forms of IP addresses.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3513#section-2.2">RFC 3513, text representation
///     of addresses</a>
final class IpLiteral {

    private static final int IPV6_CHARS_MIN = 2;
    private static final int IPV6_CHARS_MAX = 45;
    private static final int IPV6_GROUPS = 8;
    private static final int IPV4_OCTETS = 4;
    private static final int OCTET_MAX = 255;

    private IpLiteral() {}

    static boolean isIpv4(String text) {
        List<String> octets = List.of(text.split("\\.", -1));
        return octets.size() == IPV4_OCTETS && octets.stream().allMatch(IpLiteral::isOctet);
    }

    /// Whether the text is an IPv6 address, without brackets. Zones (`%eth0`) aren't part of it.
    static boolean isIpv6(String text) {
        if (text.length() < IPV6_CHARS_MIN || text.length() > IPV6_CHARS_MAX) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == IPV6_GROUPS;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < IPV6_GROUPS;
    }

    /// How many 16-bit groups the text is, or -1 if it isn't. An IPv4 address may end the whole
    /// and counts as two.
    private static int groups(String text, boolean endsAddress) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (isGroup(parts[i])) {
                count++;
            } else if (last && endsAddress && isIpv4(parts[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }

    private static boolean isGroup(String text) {
        return !text.isEmpty()
                && text.length() <= 4
                && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    }

    private static boolean isOctet(String text) {
        return !text.isEmpty()
                && text.length() <= 3
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(text) <= OCTET_MAX;
    }
}
