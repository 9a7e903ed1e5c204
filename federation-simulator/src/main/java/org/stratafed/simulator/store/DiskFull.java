package org.stratafed.simulator.store;

import java.util.Arrays;

/// Nothing more can be written to a virtual disk.
public final class DiskFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DiskFull(Disk disk) {
        super("the disk of " + disk.owner() + " is full");
    }

    /// Whether a failure comes from a full disk, if only in part.
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof DiskFull
                || failure.getCause() != null && isCauseOf(failure.getCause())
                || Arrays.stream(failure.getSuppressed()).anyMatch(DiskFull::isCauseOf);
    }
}
