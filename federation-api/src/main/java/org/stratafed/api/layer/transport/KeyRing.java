package org.stratafed.api.layer.transport;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.WantedKey;

/// The signing keys of other servers: cached, stored, and fetched where they are missing.
public interface KeyRing {

    /// Gathers what can be had of the keys wanted. Never fails: a key that nobody could be asked
    /// for is simply not in the book. Fetches are coalesced per server, and a server that failed is
    /// not asked again at once.
    Uni<KeyBook> gather(Collection<WantedKey> wanted);
}
