package org.stratafed.server.engine.transport.discovery;

import java.util.List;

/// Where this server lets itself be sent. Other servers' names are chosen by whoever likes, so
/// without this anybody could have it ask the machines of its own network: a router, a database,
/// a cloud's metadata service.
///
/// Refused are all addresses that aren't of one machine on the public internet, and the IPv6
/// addresses that lead to such IPv4 ones.
///
/// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA, special IPv4
///     addresses</a>
/// @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA, special IPv6
///     addresses</a>
public final class AddressPolicy {

    private static final List<Prefix> REFUSED =
            List.of(
                    // This network, private, carrier's, loopback, link-local with the metadata.
                    Prefix.of("0.0.0.0", 8),
                    Prefix.of("10.0.0.0", 8),
                    Prefix.of("100.64.0.0", 10),
                    Prefix.of("127.0.0.0", 8),
                    Prefix.of("169.254.0.0", 16),
                    Prefix.of("172.16.0.0", 12),
                    Prefix.of("192.168.0.0", 16),
                    // Protocol assignments, documentation, 6to4 relays, benchmarks.
                    Prefix.of("192.0.0.0", 24),
                    Prefix.of("192.0.2.0", 24),
                    Prefix.of("192.88.99.0", 24),
                    Prefix.of("198.18.0.0", 15),
                    Prefix.of("198.51.100.0", 24),
                    Prefix.of("203.0.113.0", 24),
                    // Multicast, reserved, broadcast.
                    Prefix.of("224.0.0.0", 4),
                    Prefix.of("240.0.0.0", 4),
                    // Unspecified and loopback, with the old IPv4-compatible addresses.
                    Prefix.of("::", 96),
                    // Local translation, discard, protocol assignments with Teredo, documentation.
                    Prefix.of("64:ff9b:1::", 48),
                    Prefix.of("100::", 64),
                    Prefix.of("2001::", 23),
                    Prefix.of("2001:db8::", 32),
                    Prefix.of("3fff::", 20),
                    // Unique local with the metadata, link-local, site-local, multicast.
                    Prefix.of("fc00::", 7),
                    Prefix.of("fe80::", 10),
                    Prefix.of("fec0::", 10),
                    Prefix.of("ff00::", 8));

    /// IPv6 addresses that stand for an IPv4 one, and where they have it.
    private static final List<Translation> TRANSLATIONS =
            List.of(
                    new Translation(Prefix.of("::ffff:0:0", 96), 12),
                    new Translation(Prefix.of("::ffff:0:0:0", 96), 12),
                    new Translation(Prefix.of("64:ff9b::", 96), 12),
                    new Translation(Prefix.of("2002::", 16), 2));

    private final boolean arePrivatePermitted;

    /// @param arePrivatePermitted whether every address will do, as in a network of one's own
    public AddressPolicy(boolean arePrivatePermitted) {
        this.arePrivatePermitted = arePrivatePermitted;
    }

    /// Whether a request may go to this address, an IP literal without brackets.
    boolean permits(String address) {
        return IpAddress.parse(address).filter(this::permits).isPresent();
    }

    private boolean permits(IpAddress address) {
        return arePrivatePermitted || isPublic(address);
    }

    private static boolean isPublic(IpAddress address) {
        for (Translation translation : TRANSLATIONS) {
            if (translation.from().contains(address)) {
                return isPublic(address.ipv4At(translation.offset()));
            }
        }
        return REFUSED.stream().noneMatch(prefix -> prefix.contains(address));
    }

    private record Prefix(IpAddress start, int bits) {

        static Prefix of(String start, int bits) {
            return new Prefix(IpAddress.parse(start).orElseThrow(), bits);
        }

        boolean contains(IpAddress address) {
            return address.startsAs(start, bits);
        }
    }

    private record Translation(Prefix from, int offset) {}
}
