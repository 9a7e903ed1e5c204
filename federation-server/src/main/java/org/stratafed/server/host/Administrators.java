package org.stratafed.server.host;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// Who may look after this server: users whose account was made an administrator's.
@FunctionalInterface
public interface Administrators {

    /// Whether the access token is an administrator's; empty if it is nobody's.
    Uni<Optional<Boolean>> isAdministrator(String accessToken);
}
