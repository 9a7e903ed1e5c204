package org.stratafed.simulator.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;

/// Who is where: each server has an IP address of its own, under its own name.
final class Addresses {

    /// A public one, since the engine calls nobody at an address of the reserved blocks. Nothing is
    /// ever sent there.
    private static final String BLOCK = "44.128.";

    private static final int SERVERS_MAX = 1 << 16;

    private final Map<String, ServerName> byAddress = new LinkedHashMap<>();
    private final Map<String, String> byHost = new LinkedHashMap<>();

    void add(ServerName server) {
        int number = byAddress.size() + 1;
        if (number >= SERVERS_MAX) {
            throw new IllegalStateException("more than " + SERVERS_MAX + " servers");
        }
        if (byHost.containsKey(server.host())) {
            return;
        }
        String address = BLOCK + (number >>> 8) + "." + (number & 0xff);
        byAddress.put(address, server);
        byHost.put(server.host(), address);
    }

    Optional<String> ofHost(String host) {
        return Optional.ofNullable(byHost.get(host));
    }

    Optional<ServerName> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
