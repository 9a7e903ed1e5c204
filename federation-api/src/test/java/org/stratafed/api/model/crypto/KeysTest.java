package org.stratafed.api.model.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.KeyId;

class KeysTest {

    private static final KeyId ID = new KeyId("ed25519:1");
    private static final String PUBLIC_KEY = "XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI";

    @Test
    void aSigningKeyNeverShowsItsSeed() {
        var seed = new byte[SigningKey.SEED_BYTES];
        seed[0] = 77;

        assertThat(new SigningKey(ID, seed)).hasToString("SigningKey[ed25519:1]");
    }

    @Test
    void aSigningKeyCannotBeChangedFromOutside() {
        var seed = new byte[SigningKey.SEED_BYTES];
        var key = new SigningKey(ID, seed);

        seed[0] = 1;
        key.seed()[1] = 1;

        assertThat(key.seed()).containsOnly(0);
        assertThat(key).isEqualTo(new SigningKey(ID, new byte[SigningKey.SEED_BYTES]));
    }

    @Test
    void aVerifyKeyIsItsIdAndItsBytes() {
        var key = VerifyKey.parse(ID, PUBLIC_KEY).orElseThrow();

        assertThat(key).isEqualTo(new VerifyKey(ID, key.bytes()));
        assertThat(key).hasSameHashCodeAs(new VerifyKey(ID, key.bytes()));
        assertThat(key).isNotEqualTo(new VerifyKey(new KeyId("ed25519:2"), key.bytes()));
        assertThat(key).isNotEqualTo(new VerifyKey(ID, new byte[VerifyKey.KEY_BYTES]));
        assertThat(key).hasToString("ed25519:1 " + PUBLIC_KEY);
    }

    @Test
    void aKeyOfAnotherSizeOrAlgorithmIsRefused() {
        assertThat(VerifyKey.parse(ID, "Zm9v")).isEmpty();
        assertThat(VerifyKey.parse(ID, "?")).isEmpty();
        assertThat(VerifyKey.parse(new KeyId("curve25519:1"), PUBLIC_KEY)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifyKey(ID, new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningKey(ID, new byte[33]));
    }

    @Test
    void theHashIsSha256() {
        assertThat(HexFormat.of().formatHex(Sha256.digest(new byte[0])))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
