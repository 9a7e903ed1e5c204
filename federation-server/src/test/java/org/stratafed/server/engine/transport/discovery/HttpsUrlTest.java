package org.stratafed.server.engine.transport.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://b, b, /",
        "HTTPS://b:8443/x?y#z, b:8443, /x?y",
        "https://b?q, b, /?q",
        "https://b#f, b, /",
        "https://[::1]:1/x, [::1]:1, /x",
        "//c/x, c, /x",
        "/x?y, a, /x?y",
        "/x:y, a, /x:y",
        "?q, a, /p/d?q",
        "#f, a, /p/d?o",
        "r/s, a, /p/r/s",
        "'', a, /p/d?o",
    })
    void aLocationIsResolvedAgainstWhereItWasFound(String location, String host, String target) {
        var url = HttpsUrl.parse("https://a/p/d?o").orElseThrow().resolve(location).orElseThrow();

        assertThat(url.authority().value()).isEqualTo(host);
        assertThat(url.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://b/x",
                "ftp:x",
                "javascript:x",
                "https:b",
                "https://",
                "https:///x",
                "https://user@b/",
                "https://b:123456/",
                "https://b:/",
                "https://b/x y",
                "/x\r\nHost: c",
                "/ü",
            })
    void whatLeadsOutOfTlsOrIsNoUrlLeadsNowhere(String location) {
        var url = HttpsUrl.parse("https://a/p/d?o").orElseThrow();

        assertThat(url.resolve(location)).isEmpty();
    }
}
