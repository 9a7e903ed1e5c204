package org.stratafed.api.layer.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private static final PathTemplate TEMPLATE = new PathTemplate("/v1/event/{eventId}");

    @ParameterizedTest
    @CsvSource({
        "/v1/event/$abc, $abc",
        "/v1/event/%24abc%3Adomain, $abc:domain",
        "/v1/event/%24a%2Fb, $a/b",
        "/v1/event/%24a%2fb, $a/b",
        "/v1/event/a+b, a+b",
        "/v1/event/a%20b, 'a b'",
        "/v1/event/%2525, %25",
        "/v1/event/%E6%97%A5, 日",
        "/v1/event/, ''",
        "/%761/event/x, x",
    })
    void aParameterIsDecodedOnceAfterThePathWasSplit(String path, String parameter) {
        assertThat(TEMPLATE.match(path)).hasValue(List.of(parameter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1/event/x",
                "/v1/event",
                "/v1//event/x",
                "//v1/event/x",
                "/v1/event/x/",
                "/v1/event/a/b",
                "/v1/events/x",
                "/V1/event/x",
                "/v1/event/%",
                "/v1/event/%4",
                "/v1/event/%zz",
                "/v1/event/%FF",
                "/v1/event/%C3",
            })
    void anotherPathDoesNotMatch(String path) {
        assertThat(TEMPLATE.match(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "$abc:domain, /v1/event/%24abc%3Adomain",
        "a/b+c d, /v1/event/a%2Fb%2Bc%20d",
        "A-z.0_~, /v1/event/A-z.0_~",
        "日😀, /v1/event/%E6%97%A5%F0%9F%98%80",
        "%, /v1/event/%25",
    })
    void whatIsExpandedMatchesAgain(String parameter, String path) {
        assertThat(TEMPLATE.expand(List.of(parameter))).isEqualTo(path);
        assertThat(TEMPLATE.match(path)).hasValue(List.of(parameter));
    }

    @Test
    void asManyParametersAsTheTemplateHasAreExpanded() {
        assertThatThrownBy(() -> TEMPLATE.expand(List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
