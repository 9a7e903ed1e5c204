package org.stratafed.server.engine.messaging.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.error.RemoteFailure.Refused;

class PeerFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "403, M_FORBIDDEN, 403, M_FORBIDDEN",
        "404, M_NOT_FOUND, 404, M_NOT_FOUND",
        "400, M_UNABLE_TO_GRANT_JOIN, 400, M_UNABLE_TO_GRANT_JOIN",
        "400, M_MISSING_PARAM, 502, M_UNKNOWN",
        "400, M_INVALID_PARAM, 502, M_UNKNOWN",
        "401, M_UNAUTHORIZED, 502, M_UNKNOWN",
        "500, M_UNKNOWN, 502, M_UNKNOWN",
        "403, M_NOBODY_KNOWS_THIS, 502, M_UNKNOWN",
    })
    void aRefusalIsPassedOnIfItIsAboutWhatTheUserWanted(
            int status, String errcode, int shownStatus, String shownErrcode) {
        var refused = new Refused(status, Optional.of(errcode), "no", OptionalLong.empty());
        var answer = PeerFailures.answer(refused);
        assertThat(answer.status()).isEqualTo(shownStatus);
        assertThat(answer.code().errcode()).isEqualTo(shownErrcode);
    }

    @Test
    void whoDoesNotAnswerIsABadGateway() {
        assertThat(PeerFailures.answer(new RemoteFailure.Unreachable("away")).status())
                .isEqualTo(502);
        assertThat(PeerFailures.answer(new RemoteFailure.Garbled("what?")).status()).isEqualTo(502);
        assertThat(PeerFailures.answer(new RemoteFailure.TimedOut("asleep")).status())
                .isEqualTo(504);
    }
}
