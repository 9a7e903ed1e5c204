package org.stratafed.server.engine.pdu.acl;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// Which servers a room has to do with, as an `m.room.server_acl` event says.
///
/// It is no authorization rule: it decides whose requests about the room are answered and whose
/// transactions are taken, whoever made the events in them.
///
/// See "Server Access Control Lists" in the server-server API.
public record ServerAcl(boolean allowsIpLiterals, List<Glob> allow, List<Glob> deny) {

    /// What the room's state says it with.
    public static final StateKeyTuple KEY = new StateKeyTuple("m.room.server_acl", "");

    public ServerAcl {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /// What is not of the right form counts as if it weren't there. So a list without `allow`
    /// denies everybody.
    public static ServerAcl of(JsonObject content) {
        return new ServerAcl(
                content.bool("allow_ip_literals").orElse(true),
                globs(content, "allow"),
                globs(content, "deny"));
    }

    private static List<Glob> globs(JsonObject content, String key) {
        var globs = new ArrayList<Glob>();
        content.array(key).ifPresent(list -> list.items().forEach(entry -> add(globs, entry)));
        return globs;
    }

    private static void add(List<Glob> globs, JsonValue entry) {
        if (entry instanceof JsonString(var pattern)) {
            globs.add(new Glob(pattern));
        }
    }

    /// The first that applies: IP addresses that aren't allowed, `deny`, `allow`. Ports don't
    /// count.
    public boolean allows(ServerName server) {
        if (server.isIpLiteral() && !allowsIpLiterals) {
            return false;
        }
        var host = server.host();
        return deny.stream().noneMatch(glob -> glob.matches(host))
                && allow.stream().anyMatch(glob -> glob.matches(host));
    }
}
