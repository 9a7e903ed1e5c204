package org.stratafed.api.model.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// @see <a href="https://spec.matrix.org/v1.19/appendices/#unpadded-base64">Unpadded base64</a>
class UnpaddedBase64Test {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "f, Zg",
        "fo, Zm8",
        "foo, Zm9v",
        "foob, Zm9vYg",
        "fooba, Zm9vYmE",
        "foobar, Zm9vYmFy",
    })
    void theSpecificationsExamplesAreEncodedAndDecoded(String text, String base64) {
        assertThat(UnpaddedBase64.encode(text.getBytes(US_ASCII))).isEqualTo(base64);
        assertThat(UnpaddedBase64.decode(base64)).hasValue(text.getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zg==", "Zm8=", "Zm9vYg=="})
    void paddingIsAccepted(String padded) {
        byte[] bytes = UnpaddedBase64.decode(padded.replace("=", "")).orElseThrow();

        assertThat(UnpaddedBase64.decode(padded)).hasValue(bytes);
    }

    /// The specification's own signing key has them.
    @Test
    void bitsBeyondTheLastByteAreAcceptedWhateverTheyAre() {
        byte[] seed =
                UnpaddedBase64.decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1").orElseThrow();

        assertThat(HexFormat.of().formatHex(seed))
                .isEqualTo("6090c103d5e7af6b15a970fd563ed75549e6159719ae5c3c31dee4316fb75c0d");
        assertThat(UnpaddedBase64.encode(seed))
                .isEqualTo("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA0");
        assertThat(UnpaddedBase64.decode("Zh")).hasValue("f".getBytes(US_ASCII));
    }

    @Test
    void theAlphabetsDifferInTwoCharacters() {
        byte[] bytes = {(byte) 0xFB, (byte) 0xFF, (byte) 0xBF};

        assertThat(UnpaddedBase64.encode(bytes)).isEqualTo("+/+/");
        assertThat(UnpaddedBase64.encodeUrl(bytes)).isEqualTo("-_-_");
        assertThat(UnpaddedBase64.decode("-_-_")).isEmpty();
        assertThat(UnpaddedBase64.decodeEither("-_-_")).hasValue(bytes);
        assertThat(UnpaddedBase64.decodeEither("+/+/")).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z", "Zm9vY", "Z g", "Zm9v\n", "Zg===", "Z=g", "Zé", "*"})
    void whatIsNotBase64IsRefused(String text) {
        assertThat(UnpaddedBase64.decode(text)).isEmpty();
        assertThat(UnpaddedBase64.decodeEither(text)).isEmpty();
    }
}
