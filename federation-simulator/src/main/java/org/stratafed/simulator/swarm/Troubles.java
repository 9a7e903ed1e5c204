package org.stratafed.simulator.swarm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// All the troubles that the swarm draws from.
public final class Troubles {

    private Troubles() {}

    public static List<Trouble> all() {
        return Stream.concat(
                        Stream.of(NetworkFault.values(), ServerFault.values())
                                .<Trouble>flatMap(Arrays::stream),
                        HostileTrouble.all())
                .toList();
    }

    /// Those that somebody who means harm makes.
    public static List<Trouble> hostile() {
        return HostileTrouble.all().toList();
    }

    public static List<String> titles() {
        return all().stream().map(Trouble::title).toList();
    }
}
