package org.stratafed.benchmarks.join;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/// How much of the heap was in use at most when a collection had just ended. Garbage that lies in
/// the old generation counts too, so it is a bound from above.
final class HeapWatch implements AutoCloseable {

    private final NotificationListener listener = this::onNotification;
    private final AtomicLong most = new AtomicLong();
    private final long before;

    HeapWatch() {
        System.gc();
        before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
        }
    }

    private void onNotification(Notification notification, Object handback) {
        var type = GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION;
        if (notification.getType().equals(type)) {
            var info =
                    GarbageCollectionNotificationInfo.from(
                            (CompositeData) notification.getUserData());
            long used =
                    info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                            .filter(pool -> isOfHeap(pool.getKey()))
                            .map(Map.Entry::getValue)
                            .mapToLong(MemoryUsage::getUsed)
                            .sum();
            most.accumulateAndGet(used, Math::max);
        }
    }

    private static boolean isOfHeap(String pool) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .anyMatch(bean -> bean.getName().equals(pool) && bean.getType() == MemoryType.HEAP);
    }

    /// Beyond what was in use before.
    long most() {
        return Math.max(0, most.get() - before);
    }

    @Override
    public void close() {
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            try {
                ((NotificationEmitter) collector).removeNotificationListener(listener);
            } catch (ListenerNotFoundException gone) {
                throw new IllegalStateException(gone);
            }
        }
    }
}
