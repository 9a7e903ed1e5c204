package org.stratafed.simulator.host;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often what may happen did happen: by the name of each kind, in one run or in many.
public final class Coverage {

    private final SortedMap<String, Long> counts = new TreeMap<>();

    public void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    /// Adds what happened in another run.
    public void add(Coverage other) {
        other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
    }

    public long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /// Those of the names that stand for what never happened.
    public List<String> missing(Collection<String> names) {
        return names.stream().filter(name -> of(name) == 0).toList();
    }

    /// One line for each name, in their order.
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            text.append("%8d %s%n".formatted(entry.getValue(), entry.getKey()));
        }
        return text.toString();
    }
}
