package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.DirectoryStore;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.UntoldLeave;

/// The accounts and aliases of a virtual server.
record SimDirectoryStore(SimStore store) implements DirectoryStore {

    private DirectoryTable table() {
        return store.disk().directory;
    }

    @Override
    public Uni<Optional<RoomId>> alias(RoomAlias alias) {
        return store.read(() -> table().alias(alias).map(DirectoryTable.Alias::room));
    }

    @Override
    public Uni<List<RoomAlias>> aliases(RoomId room) {
        return store.read(() -> table().aliases(room));
    }

    @Override
    public Uni<Optional<UserId>> aliasCreator(RoomAlias alias) {
        return store.read(() -> table().alias(alias).map(DirectoryTable.Alias::creator));
    }

    @Override
    public Uni<Boolean> addAlias(RoomAlias alias, RoomId room, UserId creator) {
        return store.write(() -> table().addAlias(alias, room, creator));
    }

    @Override
    public Uni<Boolean> removeAlias(RoomAlias alias) {
        return store.write(() -> table().aliases.remove(alias) != null);
    }

    @Override
    public Uni<Void> publish(RoomId room, boolean isPublished) {
        return store.write(
                (isPublished ? "publishes " : "unpublishes ") + room,
                () -> table().publish(room, isPublished));
    }

    @Override
    public Uni<Boolean> isPublished(RoomId room) {
        return store.read(() -> table().published.containsValue(room));
    }

    @Override
    public Uni<SequencedMap<Long, RoomId>> published(long from, boolean backwards, int max) {
        return store.read(() -> table().published(from, backwards, max));
    }

    @Override
    public Uni<Long> publishedCount() {
        return store.read(() -> (long) table().published.size());
    }

    @Override
    public Uni<Boolean> userExists(UserId user) {
        return store.read(() -> table().users.contains(user));
    }

    @Override
    public Uni<Boolean> addUser(UserId user) {
        return store.write(() -> table().users.add(user));
    }

    @Override
    public Uni<JsonObject> profile(UserId user) {
        return store.read(() -> table().profile(user));
    }

    @Override
    public Uni<Void> saveProfile(UserId user, JsonObject profile) {
        return store.write("profile of " + user, () -> table().profiles.put(user, profile));
    }

    @Override
    public Uni<Void> forget(UserId user, RoomId room, long position) {
        return store.write(user + " forgets " + room, () -> table().forget(user, room, position));
    }

    @Override
    public Uni<SequencedMap<RoomId, Long>> forgotten(UserId user) {
        return store.read(() -> table().forgotten(user));
    }

    @Override
    public Uni<Long> record(OutOfBandMembership membership) {
        return store.write(() -> store.disk().record(membership));
    }

    @Override
    public Uni<Void> saveUntold(UntoldLeave leave) {
        return store.write(
                leave.user() + "'s leave of " + leave.room() + " is to be told",
                () -> table().saveUntold(leave));
    }

    @Override
    public Uni<Void> removeUntold(UserId user, RoomId room) {
        return store.write(
                user + "'s leave of " + room + " is told", () -> table().removeUntold(user, room));
    }

    @Override
    public Uni<List<UntoldLeave>> untold(int max) {
        return store.read(() -> table().untold(max));
    }
}
