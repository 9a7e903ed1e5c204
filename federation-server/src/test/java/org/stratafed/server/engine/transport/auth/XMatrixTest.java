package org.stratafed.server.engine.transport.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;

class XMatrixTest {

    private static final ServerName ORIGIN = new ServerName("origin.hs:8448");
    private static final Optional<ServerName> DESTINATION = Optional.of(new ServerName("dest"));
    private static final KeyId KEY = new KeyId("ed25519:a_1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                // As written today.
                "X-Matrix origin=\"origin.hs:8448\",destination=\"dest\",key=\"ed25519:a_1\","
                        + "sig=\"Zm9v\"",
                // As old servers write it: nothing quoted, colons all the same.
                "X-Matrix origin=origin.hs:8448,destination=dest,key=ed25519:a_1,sig=Zm9v",
                "X-Matrix origin=origin.hs:8448,destination=dest,key=\"ed25519:a_1\",sig=\"Zm9v\"",
                // Scheme and names in any case.
                "x-matrix ORIGIN=\"origin.hs:8448\",Destination=\"dest\",KEY=\"ed25519:a_1\","
                        + "Sig=\"Zm9v\"",
                // Any order, and parameters nobody knows.
                "X-Matrix sig=\"Zm9v\",new=\"a,b=c\",key=\"ed25519:a_1\",x=y,destination=\"dest\","
                        + "origin=\"origin.hs:8448\"",
                // White space and empty elements.
                "X-Matrix   origin=\"origin.hs:8448\" ,\tdestination = \"dest\", , "
                        + "key=\"ed25519:a_1\"\t,sig=\"Zm9v\" ,",
                // Escapes.
                "X-Matrix origin=\"\\origin\\.hs\\:8448\",destination=\"d\\est\","
                        + "key=\"ed25519:a_1\",sig=\"Zm9v\"",
                // Padded base64, quoted or not.
                "X-Matrix origin=origin.hs:8448,destination=dest,key=ed25519:a_1,sig=\"Zm9v\"",
            })
    void credentialsAreReadHoweverTheyAreWritten(String header) {
        var read = XMatrix.parse(header).orElseThrow();

        assertThat(read.origin()).isEqualTo(ORIGIN);
        assertThat(read.destination()).isEqualTo(DESTINATION);
        assertThat(read.key()).isEqualTo(KEY);
        assertThat(read.signature()).asString().isEqualTo("foo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sig=\"Zm8=\"", "sig=Zm8=", "sig=Zm8", "sig=\"Zm8\""})
    void paddingIsAccepted(String signature) {
        var read = XMatrix.parse("X-Matrix origin=o,key=ed25519:1," + signature).orElseThrow();

        assertThat(read.signature()).asString().isEqualTo("fo");
        assertThat(read.destination()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Matrix",
                "X-Matrix ",
                "X-Matrixorigin=o,key=ed25519:1,sig=Zm9v",
                "Bearer origin=o,key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=o,key=ed25519:1",
                "X-Matrix key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=o,sig=Zm9v",
                "X-Matrix origin=,key=ed25519:1,sig=Zm9v",
                "X-Matrix origin,key=ed25519:1,sig=Zm9v",
                "X-Matrix =o,key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=\"o,key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=\"o\\",
                "X-Matrix origin=\"o\"key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=o key=ed25519:1,sig=Zm9v",
                // Which of the two would count?
                "X-Matrix origin=o,origin=p,key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=o,ORIGIN=o,key=ed25519:1,sig=Zm9v",
                // Not what they should be.
                "X-Matrix origin=\"o/../p\",key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=\"\",key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=o,destination=\"\",key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=o,destination=\"a b\",key=ed25519:1,sig=Zm9v",
                "X-Matrix origin=o,key=ed25519,sig=Zm9v",
                "X-Matrix origin=o,key=ed25519:1,sig=\"Zm9v!\"",
            })
    void whatIsAnythingElseIsNoCredentials(String header) {
        assertThat(XMatrix.parse(header)).isEmpty();
    }

    @Test
    void aHeaderThatIsTooLongIsNotRead() {
        var header = "X-Matrix origin=o,key=ed25519:1,sig=Zm9v,x=" + "y".repeat(5000);

        assertThat(XMatrix.parse(header)).isEmpty();
    }

    @Test
    void whatIsWrittenOldServersReadAsWell() {
        var credentials = new XMatrix(ORIGIN, DESTINATION, KEY, new byte[] {'f', 'o'});

        assertThat(credentials.format())
                .isEqualTo(
                        "X-Matrix origin=\"origin.hs:8448\",destination=\"dest\","
                                + "key=\"ed25519:a_1\",sig=\"Zm8\"");
    }
}
