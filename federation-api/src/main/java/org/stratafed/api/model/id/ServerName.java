package org.stratafed.api.model.id;

import java.util.Optional;
import java.util.OptionalInt;
import org.stratafed.api.model.json.CodePoints;

/// The name of a homeserver: a host, and a port if it has one.
///
/// As an identifier it is compared to the letter, upper and lower case apart. It says who a
/// server is, not where it is: that is found out by server discovery.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#server-name">Server name</a>
public record ServerName(String value) implements Comparable<ServerName> {

    public static final int HOST_CHARS_MAX = 255;

    private static final int PORT_DIGITS_MAX = 5;

    /// For names this server has or already checked: a malformed one is a bug.
    public ServerName {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a server name: " + value);
        }
    }

    /// For names somebody else sent: a malformed one is an answer, not a bug.
    public static Optional<ServerName> parse(String text) {
        return isWellFormed(text) ? Optional.of(new ServerName(text)) : Optional.empty();
    }

    /// The name without the port. An IPv6 address keeps its brackets.
    public String host() {
        return value.substring(0, hostEnd(value));
    }

    /// The port as written. The grammar has five digits, so it may exceed 65,535: such a server
    /// may have events in a room, but can't be reached.
    public OptionalInt port() {
        int hostEnd = hostEnd(value);
        return hostEnd == value.length()
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(value.substring(hostEnd + 1)));
    }

    /// Whether the host is an IP address, so that nothing is to be resolved.
    public boolean isIpLiteral() {
        return value.charAt(0) == '[' || IpLiteral.isIpv4(host());
    }

    static boolean isWellFormed(String text) {
        int hostEnd = hostEnd(text);
        return isHost(text.substring(0, hostEnd))
                && (hostEnd == text.length() || isPort(text.substring(hostEnd + 1)));
    }

    /// A dotted quad with a number above 255 is a well-formed DNS name; it is just nobody's.
    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]") && IpLiteral.isIpv6(host.substring(1, host.length() - 1));
        }
        for (int i = 0; i < host.length(); i++) {
            if (!isDnsChar(host.charAt(i))) {
                return false;
            }
        }
        return !host.isEmpty() && host.length() <= HOST_CHARS_MAX;
    }

    private static boolean isDnsChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-';
    }

    private static boolean isPort(String port) {
        return !port.isEmpty()
                && port.length() <= PORT_DIGITS_MAX
                && port.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Where the host ends: at the first colon that isn't in brackets.
    private static int hostEnd(String text) {
        int colon = text.indexOf(':', text.startsWith("[") ? text.indexOf(']') + 1 : 0);
        return colon < 0 ? text.length() : colon;
    }

    @Override
    public int compareTo(ServerName other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
