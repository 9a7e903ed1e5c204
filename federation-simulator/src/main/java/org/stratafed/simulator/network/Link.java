package org.stratafed.simulator.network;

import org.stratafed.api.model.id.ServerName;

/// One direction between two servers.
public record Link(ServerName from, ServerName to) {

    public Link reversed() {
        return new Link(to, from);
    }

    @Override
    public String toString() {
        return from + "->" + to;
    }
}
