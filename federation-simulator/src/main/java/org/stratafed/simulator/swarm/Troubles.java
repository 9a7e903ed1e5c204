package org.stratafed.simulator.swarm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// All the troubles that the swarm draws from.
public final class Troubles {

    private Troubles() {}

    public static List<Trouble> all() {
        return Stream.of(NetworkFault.values(), ServerFault.values(), PolicyFault.values())
                .<Trouble>flatMap(Arrays::stream)
                .toList();
    }

    /// The same, and what a server does that means harm.
    public static List<Trouble> withHostile() {
        return Stream.concat(all().stream(), HostileTrouble.all()).toList();
    }
}
