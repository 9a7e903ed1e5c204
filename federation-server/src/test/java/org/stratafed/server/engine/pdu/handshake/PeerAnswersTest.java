package org.stratafed.server.engine.pdu.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.error.RemoteFailure;

/// What of another server's answer a client gets to see.
class PeerAnswersTest {

    /// What is wrong with a request between servers is no fault of the client's.
    @ParameterizedTest
    @ValueSource(strings = {"M_MISSING_PARAM", "M_INVALID_PARAM", "M_BAD_JSON", "M_UNKNOWN"})
    void aRequestThatWasWrongIsABadGateway(String errcode) {
        var answer = PeerAnswers.forClients(refused(errcode));

        assertThat(answer.status()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource({
        "M_FORBIDDEN, M_FORBIDDEN, 403",
        "M_NOT_FOUND, M_NOT_FOUND, 404",
        "M_UNABLE_TO_AUTHORISE_JOIN, M_UNABLE_TO_AUTHORISE_JOIN, 400",
        "M_UNABLE_TO_GRANT_JOIN, M_UNABLE_TO_GRANT_JOIN, 400",
        "M_INCOMPATIBLE_ROOM_VERSION, M_UNSUPPORTED_ROOM_VERSION, 400"
    })
    void anAnswerToWhatWasWantedIsPassedOn(String errcode, String passed, int status) {
        var answer = PeerAnswers.forClients(refused(errcode));

        assertThat(answer.code().errcode()).isEqualTo(passed);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void whoSaysNothingIsABadGateway() {
        assertThat(PeerAnswers.forClients(new RemoteFailure.Unreachable("away")).status())
                .isEqualTo(502);
    }

    private static RemoteFailure refused(String errcode) {
        return new RemoteFailure.Refused(400, Optional.of(errcode), "no", OptionalLong.empty());
    }
}
