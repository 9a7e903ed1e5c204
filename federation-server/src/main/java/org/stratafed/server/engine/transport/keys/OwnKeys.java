package org.stratafed.server.engine.transport.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Signatures;

/// This server's own keys.
///
/// @param old those it used before
public record OwnKeys(
        ServerName server, SigningKey signingKey, VerifyKey verifyKey, List<ServerKey> old) {

    public static OwnKeys of(
            ServerName server, SigningKey key, List<ServerKey> old, Signatures signatures) {
        return new OwnKeys(server, key, signatures.verifyKey(key), List.copyOf(old));
    }

    /// All of them, the one in use being as valid as a key can be.
    ///
    /// @param now in milliseconds since the epoch
    List<ServerKey> all(long now) {
        var all = new ArrayList<ServerKey>();
        all.add(
                new ServerKey(
                        verifyKey, now + KeyAnswer.VALIDITY_MAX.toMillis(), OptionalLong.empty()));
        all.addAll(old);
        return all;
    }
}
