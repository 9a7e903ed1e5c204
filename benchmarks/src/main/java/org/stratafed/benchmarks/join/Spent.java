package org.stratafed.benchmarks.join;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Time that has passed, and time that this process has used of all processors: on a machine that
/// does other things as well, only the latter says what something costs.
record Spent(long nanos, long processorNanos) {

    static Spent untilNow() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Spent(System.nanoTime(), system.getProcessCpuTime());
    }

    Spent minus(Spent earlier) {
        return new Spent(nanos - earlier.nanos, processorNanos - earlier.processorNanos);
    }

    long millis() {
        return nanos / 1_000_000;
    }

    long processorMillis() {
        return processorNanos / 1_000_000;
    }
}
