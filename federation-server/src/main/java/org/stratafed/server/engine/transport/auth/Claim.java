package org.stratafed.server.engine.transport.auth;

import java.util.List;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.id.ServerName;

/// Who says it sent a request, what it shows for it, and the keys that will tell. Nothing is
/// proved yet.
public final class Claim {

    private final ServerName origin;
    private final List<XMatrix> credentials;
    private final KeyBook keys;

    Claim(ServerName origin, List<XMatrix> credentials, KeyBook keys) {
        this.origin = origin;
        this.credentials = credentials;
        this.keys = keys;
    }

    public ServerName origin() {
        return origin;
    }

    List<XMatrix> credentials() {
        return credentials;
    }

    KeyBook keys() {
        return keys;
    }
}
