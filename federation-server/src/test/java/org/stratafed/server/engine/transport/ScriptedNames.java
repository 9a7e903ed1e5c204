package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.NameResolver;
import org.stratafed.server.engine.transaction.ManualLoop;

/// A resolver that knows what it is told, and fails for the rest.
public final class ScriptedNames implements NameResolver {

    private final ManualLoop loop;
    private final SequencedMap<String, List<String>> addresses = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    public ScriptedNames(ManualLoop loop) {
        this.loop = loop;
    }

    public ScriptedNames with(String host, String... found) {
        addresses.put(host, List.of(found));
        return this;
    }

    public List<String> asked() {
        return asked;
    }

    @Override
    public Uni<List<String>> addresses(String host) {
        return loop.later(
                () -> {
                    asked.add(host);
                    var found = addresses.get(host);
                    if (found == null) {
                        throw new RemoteFailure.Unreachable("no name server knows " + host);
                    }
                    return found;
                });
    }
}
