package org.stratafed.api.model.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// @see <a href="https://spec.matrix.org/v1.19/appendices/#server-name">Server name</a>
class ServerNameTest {

    @ParameterizedTest
    @CsvSource({
        "matrix.org, matrix.org, , false",
        "matrix.org:8888, matrix.org, 8888, false",
        "1.2.3.4, 1.2.3.4, , true",
        "1.2.3.4:1234, 1.2.3.4, 1234, true",
        "[1234:5678::abcd], [1234:5678::abcd], , true",
        "[1234:5678::abcd]:5678, [1234:5678::abcd], 5678, true",
        "localhost, localhost, , false",
        "UPPER.Case, UPPER.Case, , false",
        "a:0, a, 0, false",
        "a:99999, a, 99999, false",
        "255.255.255.255, 255.255.255.255, , true",
        "256.1.1.1, 256.1.1.1, , false",
        "1.2.3, 1.2.3, , false",
        "1.2.3.4.5, 1.2.3.4.5, , false",
    })
    void aServerNameIsAHostAndMaybeAPort(
            String text, String host, Integer port, boolean isIpLiteral) {
        var name = ServerName.parse(text).orElseThrow();

        assertThat(name.host()).isEqualTo(host);
        assertThat(name.port())
                .isEqualTo(port == null ? OptionalInt.empty() : OptionalInt.of(port));
        assertThat(name.isIpLiteral()).isEqualTo(isIpLiteral);
        assertThat(name).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "1::8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "::ffff:1.2.3.4",
                "1:2:3:4:5:6:1.2.3.4",
                "ABCD:ef01::",
            })
    void ipv6AddressesAreAccepted(String address) {
        assertThat(ServerName.parse("[" + address + "]:1")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "::1.2.3.256",
                "1.2.3.4::",
                "1.2.3.4:2:3:4:5:6:7",
                "fe80::1%eth0",
                "1:",
                ":1",
                "[::1]",
            })
    void whatIsNotAnIpv6AddressIsRefused(String address) {
        assertThat(ServerName.parse("[" + address + "]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":80",
                "a:",
                "a:b",
                "a:-1",
                "a:+1",
                "a:123456",
                "a:1:2",
                "a b",
                " a",
                "a_b",
                "a/b",
                "a@b",
                "exämple.org",
                "a\0",
                "[::1",
                "::1",
                "[::1]a",
                "[::1]a:80",
                "[::1]:",
                "a[::1]",
                "a:१",
            })
    void whatIsNotAServerNameIsRefused(String text) {
        assertThat(ServerName.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new ServerName(text));
    }

    @Test
    void aHostMayHaveUpTo255Characters() {
        assertThat(ServerName.parse("a".repeat(255) + ":65535")).isPresent();
        assertThat(ServerName.parse("a".repeat(256))).isEmpty();
    }

    @Test
    void namesAreComparedToTheLetter() {
        assertThat(new ServerName("a.org")).isNotEqualTo(new ServerName("A.org"));
        assertThat(new ServerName("a.org")).isGreaterThan(new ServerName("A.org"));
    }
}
