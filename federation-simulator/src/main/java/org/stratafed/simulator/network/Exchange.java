package org.stratafed.simulator.network;

import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.WireRequest;

/// One request on its way, and its answer on the way back.
///
/// @param number in the order of sending
public record Exchange(long number, ServerName from, ServerName to, WireRequest request) {

    public Link link() {
        return new Link(from, to);
    }

    /// The path without the query.
    public String path() {
        int query = request.target().indexOf('?');
        return query < 0 ? request.target() : request.target().substring(0, query);
    }

    @Override
    public String toString() {
        return link() + " " + request.method() + " " + path();
    }
}
