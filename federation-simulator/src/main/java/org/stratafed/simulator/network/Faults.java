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
    private final Set<ServerName> untrusted = new LinkedHashSet<>();
    private final Set<ServerName> behindBrokenProxy = new LinkedHashSet<>();
    private final Set<ServerName> misdelegated = new LinkedHashSet<>();
    private final Map<Link, Long> cloggedUntilNanos = new LinkedHashMap<>();
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

    public void heal(Link link) {
        cut.remove(link);
    }

    public void heal(ServerName one, ServerName other) {
        cut.remove(new Link(one, other));
        cut.remove(new Link(other, one));
    }

    /// The server's name can't be resolved.
    public void hideName(ServerName server) {
        unresolvable.add(server);
    }

    /// The server's name can be resolved again.
    public void showName(ServerName server) {
        unresolvable.remove(server);
    }

    /// The server's certificate has expired, or is good again.
    public void setTrusted(ServerName server, boolean isTrusted) {
        set(untrusted, server, !isTrusted);
    }

    /// What stands before the server answers in its place now and then, or no more.
    public void setProxyBroken(ServerName server, boolean isBroken) {
        set(behindBrokenProxy, server, isBroken);
    }

    /// What the server's `.well-known` says is no answer, or is gone.
    public void setMisdelegated(ServerName server, boolean isMisdelegated) {
        set(misdelegated, server, isMisdelegated);
    }

    private static void set(Set<ServerName> servers, ServerName server, boolean isIn) {
        if (isIn) {
            servers.add(server);
        } else {
            servers.remove(server);
        }
    }

    /// What is sent in this direction is held back until then, and comes all at once.
    public void clog(Link link, long untilNanos) {
        cloggedUntilNanos.put(link, untilNanos);
    }

    public void restoreQuality(Link link) {
        qualities.remove(link);
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
        untrusted.clear();
        behindBrokenProxy.clear();
        misdelegated.clear();
        cloggedUntilNanos.clear();
        otherwise = Quality.GOOD;
    }

    boolean isCut(Link link) {
        return cut.contains(link);
    }

    boolean isResolvable(ServerName server) {
        return !unresolvable.contains(server);
    }

    boolean isTrusted(ServerName server) {
        return !untrusted.contains(server);
    }

    boolean isProxyBroken(ServerName server) {
        return behindBrokenProxy.contains(server);
    }

    boolean isMisdelegated(ServerName server) {
        return misdelegated.contains(server);
    }

    long cloggedUntilNanos(Link link) {
        return cloggedUntilNanos.getOrDefault(link, 0L);
    }

    public Quality quality(Link link) {
        return qualities.getOrDefault(link, otherwise);
    }
}
