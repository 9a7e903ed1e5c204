package org.stratafed.server.engine.messaging.membership;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.stratafed.api.layer.messaging.Directory;
import org.stratafed.api.layer.messaging.Profiles;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.UserMembership;

/// Joining rooms and knocking at them, at those held here and those of other servers.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#joining-rooms">Joining rooms</a>
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#knocking-on-rooms">Knocking on
///     rooms</a>
final class Joining {

    static final int SERVERS_MAX = 20;

    private final ServerName local;
    private final TimelineStore timeline;
    private final PduLayer pdu;
    private final Profiles profiles;
    private final Directory directory;

    Joining(
            ServerName local,
            TimelineStore timeline,
            PduLayer pdu,
            Profiles profiles,
            Directory directory) {
        this.local = local;
        this.timeline = timeline;
        this.pdu = pdu;
        this.profiles = profiles;
        this.directory = directory;
    }

    /// The servers an alias comes with are likelier to be in the room than those a link names.
    Uni<RoomId> join(RoomAlias alias, UserId user, List<ServerName> via, Optional<String> reason) {
        return resolve(alias, via, (room, servers) -> join(room, user, servers, reason));
    }

    Uni<RoomId> knock(RoomAlias alias, UserId user, List<ServerName> via, Optional<String> reason) {
        return resolve(alias, via, (room, servers) -> knock(room, user, servers, reason));
    }

    private Uni<RoomId> resolve(
            RoomAlias alias,
            List<ServerName> via,
            BiFunction<RoomId, List<ServerName>, Uni<RoomId>> then) {
        return directory
                .resolve(alias)
                .chain(
                        found -> {
                            var servers = new ArrayList<>(found.servers());
                            servers.addAll(via);
                            return then.apply(found.room(), servers);
                        });
    }

    Uni<RoomId> knock(RoomId room, UserId user, List<ServerName> via, Optional<String> reason) {
        return profiles.profile(user)
                .map(profile -> MemberContent.of("knock", profile, reason))
                .chain(content -> pdu.knock(room, user, servers(Optional.empty(), via), content))
                .replaceWith(room);
    }

    /// Who is in the room already is told so, and nothing happens.
    Uni<RoomId> join(RoomId room, UserId user, List<ServerName> via, Optional<String> reason) {
        return timeline.memberships(user)
                .map(all -> all.stream().filter(it -> it.room().equals(room)).findFirst())
                .chain(
                        membership ->
                                membership.filter(Joining::isJoined).isPresent()
                                        ? Uni.createFrom().item(room)
                                        : enter(room, user, servers(membership, via), reason));
    }

    private static boolean isJoined(UserMembership membership) {
        return membership.membership().equals("join");
    }

    private Uni<RoomId> enter(
            RoomId room, UserId user, List<ServerName> servers, Optional<String> reason) {
        return profiles.profile(user)
                .map(profile -> MemberContent.of("join", profile, reason))
                .chain(content -> pdu.join(room, user, servers, content))
                .replaceWith(room);
    }

    /// Whoever invited the user is in the room, or was when they did.
    private List<ServerName> servers(Optional<UserMembership> membership, List<ServerName> via) {
        var servers = new LinkedHashSet<ServerName>();
        membership
                .filter(it -> it.membership().equals("invite"))
                .ifPresent(invite -> servers.add(invite.event().sender().server()));
        servers.addAll(via);
        servers.remove(local);
        return servers.stream().limit(SERVERS_MAX).toList();
    }
}
