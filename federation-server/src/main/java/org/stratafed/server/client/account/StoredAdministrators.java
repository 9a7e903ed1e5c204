package org.stratafed.server.client.account;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.server.host.Administrators;

/// The accounts that were made administrators'.
public record StoredAdministrators(AccountStore store) implements Administrators {

    @Override
    public Uni<Optional<Boolean>> isAdministrator(String accessToken) {
        return store.isAdmin(AccessTokens.hash(accessToken));
    }
}
