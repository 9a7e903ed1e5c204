package org.stratafed.server.engine.messaging.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.spi.store.TimelineStore;

class TokensTest {

    @Test
    void tokensAreReadAsTheyAreWritten() {
        assertThat(SyncToken.parse(new SyncToken(42).text())).isEqualTo(new SyncToken(42));
        assertThat(HistoryToken.parse(new HistoryToken(-7).text())).isEqualTo(new HistoryToken(-7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "s1_",
                "s1_x",
                "s1_-1",
                "s2_42",
                "t1_42",
                "s1_99999999999999999999"
            })
    void whatIsNoTokenOfASyncIsAnInvalidParameter(String text) {
        assertThatThrownBy(() -> SyncToken.parse(text))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it -> assertThat(it.code()).isEqualTo(MatrixErrorCode.INVALID_PARAM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "t1_", "t1_x", "t2_42", "t1_99999999999999999999", "s1_x"})
    void whatIsNoTokenOfAPageIsAnInvalidParameter(String text) {
        assertThatThrownBy(() -> HistoryToken.parse(text))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it -> assertThat(it.code()).isEqualTo(MatrixErrorCode.INVALID_PARAM));
    }

    @Test
    void aTokenOfASyncIsAPlaceInHistoryBehindItsPositionAndBeforeTheNext() {
        var token = HistoryToken.parse("s1_5");
        assertThat(token.cut()).isGreaterThan(TimelineStore.orderAt(5));
        assertThat(token.cut()).isLessThan(TimelineStore.orderAt(6));
        assertThat(token.position()).isEqualTo(5);
    }

    @Test
    void beforeAnEventIsThePositionOfTheOneBefore() {
        assertThat(HistoryToken.before(TimelineStore.orderAt(5)).position()).isEqualTo(4);
        assertThat(HistoryToken.after(TimelineStore.orderAt(5)).position()).isEqualTo(5);
    }
}
