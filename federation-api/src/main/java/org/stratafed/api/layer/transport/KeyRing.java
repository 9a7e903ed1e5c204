package org.stratafed.api.layer.transport;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.ServerName;

/// The signing keys of other servers: cached, stored, and fetched where they are missing.
public interface KeyRing {

    /// Gathers what can be had of the keys wanted. Never fails: a key that nobody could be asked
    /// for is simply not in the book. Fetches are coalesced per server, and a server that failed is
    /// not asked again at once.
    Uni<KeyBook> gather(Collection<WantedKey> wanted);

    /// Gathers keys for events, also those of servers that are away: these notaries are asked, one
    /// after the other, for what could not be had first hand.
    ///
    /// A notary's word proves events only, never a request, and nothing against what a server said
    /// of itself.
    Uni<KeyBook> gather(Collection<WantedKey> wanted, List<ServerName> notaries);
}
