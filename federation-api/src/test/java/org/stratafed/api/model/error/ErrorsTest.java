package org.stratafed.api.model.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.api.model.json.JsonObject;

/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#standard-error-response">Standard
///     error response</a>
class ErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "BAD_JSON, 400",
        "FORBIDDEN, 403",
        "INCOMPATIBLE_ROOM_VERSION, 400",
        "INVALID_PARAM, 400",
        "INVITE_BLOCKED, 403",
        "LIMIT_EXCEEDED, 429",
        "MISSING_PARAM, 400",
        "MISSING_TOKEN, 401",
        "NOT_FOUND, 404",
        "NOT_JSON, 400",
        "NOT_YET_UPLOADED, 504",
        "RESOURCE_LIMIT_EXCEEDED, 403",
        "TOO_LARGE, 413",
        "UNABLE_TO_AUTHORISE_JOIN, 400",
        "UNABLE_TO_GRANT_JOIN, 400",
        "UNAUTHORIZED, 401",
        "UNKNOWN, 500",
        "UNKNOWN_TOKEN, 401",
        "UNRECOGNIZED, 404",
        "UNSUPPORTED_ROOM_VERSION, 400",
        "USER_IN_USE, 400",
    })
    void aCodeHasItsNameAndItsStatus(MatrixErrorCode code, int status) {
        assertThat(code.errcode()).isEqualTo("M_" + code.name());
        assertThat(code.httpStatus()).isEqualTo(status);
        assertThat(MatrixErrorCode.parse(code.errcode())).hasValue(code);
    }

    @Test
    void codesAreListedAlphabetically() {
        assertThat(Arrays.stream(MatrixErrorCode.values()).map(Enum::name)).isSorted();
    }

    @Test
    void codesOfNobodyAreUnknown() {
        assertThat(MatrixErrorCode.parse("FORBIDDEN")).isEmpty();
        assertThat(MatrixErrorCode.parse("M_forbidden")).isEmpty();
        assertThat(MatrixErrorCode.parse("")).isEmpty();
    }

    @Test
    void anAnswersBodyHasTheCodeTheMessageAndWhatElseTheCodeAsksFor() {
        var details = JsonObject.builder().put("room_version", "12").build();
        var answer =
                new MatrixException(MatrixErrorCode.INCOMPATIBLE_ROOM_VERSION, "too new", details);

        assertThat(answer.body())
                .hasToString(
                        "{\"errcode\":\"M_INCOMPATIBLE_ROOM_VERSION\",\"error\":\"too new\","
                                + "\"room_version\":\"12\"}");
    }

    /// Media endpoints, for one, answer `M_TOO_LARGE` with a gateway's status.
    @Test
    void anEndpointMayHaveItsOwnStatusForACode() {
        var answer = new MatrixException(MatrixErrorCode.TOO_LARGE, "too large");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.withStatus(502).status()).isEqualTo(502);
        assertThat(answer.withStatus(502).body()).isEqualTo(answer.body());
    }

    @Test
    void answersAndPeersFailuresCarryNoStackTrace() {
        assertThat(MatrixException.forbidden("no").getStackTrace()).isEmpty();
        assertThat(new RemoteFailure.TimedOut("after 5 s").getStackTrace()).isEmpty();
    }

    @Test
    void aRefusalTellsWhatThePeerSaid() {
        var refused =
                new RemoteFailure.Refused(
                        429, Optional.of("M_LIMIT_EXCEEDED"), "slow down", OptionalLong.of(100));
        var garbage =
                new RemoteFailure.Refused(502, Optional.empty(), "<html>", OptionalLong.empty());

        assertThat(refused).hasMessage("429 M_LIMIT_EXCEEDED: slow down");
        assertThat(refused.is(MatrixErrorCode.LIMIT_EXCEEDED)).isTrue();
        assertThat(refused.is(MatrixErrorCode.FORBIDDEN)).isFalse();
        assertThat(garbage).hasMessage("502: <html>");
        assertThat(garbage.is(MatrixErrorCode.UNKNOWN)).isFalse();
    }
}
