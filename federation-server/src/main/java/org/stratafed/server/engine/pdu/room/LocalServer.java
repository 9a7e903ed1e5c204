package org.stratafed.server.engine.pdu.room;

import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.ServerName;

/// Who this server is, as its events say it.
public record LocalServer(ServerName name, SigningKey key) {}
