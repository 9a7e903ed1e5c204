package org.stratafed.api.spi;

import io.smallrye.mutiny.Uni;
import java.util.List;

/// Host names to addresses: the hosts file first, then DNS.
public interface NameResolver {

    /// The addresses of a host, as IP literals (IPv6 without brackets), best first; CNAMEs are
    /// followed. Empty when the name has none; fails with a
    /// [org.stratafed.api.model.error.RemoteFailure] when nobody could be asked.
    Uni<List<String>> addresses(String host);
}
