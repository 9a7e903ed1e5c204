package org.stratafed.server.engine.messaging;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.pdu.Neighbour;

/// Households next door to each other, on one loop.
final class Street implements AutoCloseable {

    final ExecutorService loop = Executors.newSingleThreadExecutor();
    final Map<ServerName, Neighbour> servers = new LinkedHashMap<>();
    final Map<ServerName, Household> households = new LinkedHashMap<>();
    final Path directory;

    Street(Path directory) {
        this.directory = directory;
    }

    @Override
    public void close() {
        households.values().forEach(it -> it.server.close());
        loop.shutdownNow();
    }
}
