package org.stratafed.simulator.scenario;

import java.util.Locale;

/// Names of constants, as people write them.
public final class Words {

    private Words() {}

    /// `SLOW_DISK` becomes `slow-disk`.
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
