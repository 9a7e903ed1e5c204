package org.stratafed.simulator.network;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.stratafed.api.model.id.ServerName;

/// What is wrong with the network at the moment.
public final class Faults {

    private final Set<Link> cut = new LinkedHashSet<>();
    private final Set<ServerName> unresolvable = new LinkedHashSet<>();
    private final Map<Link, Quality> qualities = new LinkedHashMap<>();
    private Quality otherwise = Quality.GOOD;

    /// Nothing passes between the two in either direction.
    public void partition(ServerName one, ServerName other) {
        cut.add(new Link(one, other));
        cut.add(new Link(other, one));
    }

    /// Nothing passes in this direction, neither requests nor answers.
    public void partition(Link link) {
        cut.add(link);
    }

    public void heal(ServerName one, ServerName other) {
        cut.remove(new Link(one, other));
        cut.remove(new Link(other, one));
    }

    /// The server's name can't be resolved.
    public void hideName(ServerName server) {
        unresolvable.add(server);
    }

    public void setQuality(Quality quality) {
        otherwise = quality;
    }

    public void setQuality(Link link, Quality quality) {
        qualities.put(link, quality);
    }

    /// Everything is as it should be again.
    public void healAll() {
        cut.clear();
        unresolvable.clear();
        qualities.clear();
        otherwise = Quality.GOOD;
    }

    boolean isCut(Link link) {
        return cut.contains(link);
    }

    boolean isResolvable(ServerName server) {
        return !unresolvable.contains(server);
    }

    Quality quality(Link link) {
        return qualities.getOrDefault(link, otherwise);
    }
}
