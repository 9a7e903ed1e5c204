package org.stratafed.server.engine.messaging.membership;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.Directory;
import org.stratafed.api.layer.messaging.Memberships;
import org.stratafed.api.layer.messaging.Profiles;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.messaging.call.Eager;
import org.stratafed.server.engine.messaging.call.PeerFailures;
import org.stratafed.server.engine.messaging.reading.RoomAccess;

/// Who is in a room, as local users change it.
public final class LocalMemberships implements Memberships {

    private final TimelineStore timeline;
    private final PduLayer pdu;
    private final Joining joining;
    private final Inviting inviting;
    private final Leaving leaving;
    private final Forgetting forgetting;

    public LocalMemberships(
            ServerName local,
            Stores stores,
            PduLayer pdu,
            Profiles profiles,
            Directory directory,
            RoomAccess access) {
        this.timeline = stores.timeline();
        this.pdu = pdu;
        this.joining = new Joining(local, timeline, pdu, profiles, directory);
        this.inviting = new Inviting(local, pdu, profiles);
        this.leaving = new Leaving(pdu, access);
        this.forgetting = new Forgetting(stores);
    }

    @Override
    public Uni<RoomId> join(
            RoomId room, UserId user, List<ServerName> via, Optional<String> reason) {
        return Eager.call(() -> PeerFailures.answered(joining.join(room, user, via, reason)));
    }

    @Override
    public Uni<RoomId> join(
            RoomAlias alias, UserId user, List<ServerName> via, Optional<String> reason) {
        return Eager.call(() -> PeerFailures.answered(joining.join(alias, user, via, reason)));
    }

    @Override
    public Uni<List<JoinUnderWay>> joinsUnderWay(UserId user) {
        return Uni.createFrom().item(pdu.joinsUnderWay(user));
    }

    @Override
    public Uni<RoomId> knock(
            RoomId room, UserId user, List<ServerName> via, Optional<String> reason) {
        return Eager.call(() -> PeerFailures.answered(joining.knock(room, user, via, reason)));
    }

    @Override
    public Uni<RoomId> knock(
            RoomAlias alias, UserId user, List<ServerName> via, Optional<String> reason) {
        return Eager.call(() -> PeerFailures.answered(joining.knock(alias, user, via, reason)));
    }

    @Override
    public Uni<Void> invite(RoomId room, UserId sender, UserId target, Optional<String> reason) {
        return Eager.call(
                () ->
                        PeerFailures.answered(inviting.invite(room, sender, target, reason, false))
                                .replaceWithVoid());
    }

    @Override
    public Uni<Void> leave(RoomId room, UserId user, Optional<String> reason) {
        return Eager.call(() -> PeerFailures.answered(leaving.leave(room, user, reason)));
    }

    @Override
    public Uni<Void> kick(RoomId room, UserId sender, UserId target, Optional<String> reason) {
        return Eager.call(() -> leaving.kick(room, sender, target, reason));
    }

    @Override
    public Uni<Void> ban(RoomId room, UserId sender, UserId target, Optional<String> reason) {
        return Eager.call(() -> leaving.ban(room, sender, target, reason));
    }

    @Override
    public Uni<Void> unban(RoomId room, UserId sender, UserId target, Optional<String> reason) {
        return Eager.call(() -> leaving.unban(room, sender, target, reason));
    }

    @Override
    public Uni<Void> forget(RoomId room, UserId user) {
        return Eager.call(() -> forgetting.forget(room, user));
    }

    @Override
    public Uni<List<RoomId>> joinedRooms(UserId user) {
        return Eager.call(
                () ->
                        timeline.memberships(user)
                                .map(
                                        all ->
                                                all.stream()
                                                        .filter(
                                                                it ->
                                                                        it.membership()
                                                                                .equals("join"))
                                                        .map(UserMembership::room)
                                                        .toList()));
    }
}
