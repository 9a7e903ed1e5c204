package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// What this server knows of its own users and aliases beside the rooms, and the memberships of its
/// users in rooms that it is not in.
public interface DirectoryStore {

    Uni<Optional<RoomId>> alias(RoomAlias alias);

    Uni<List<RoomAlias>> aliases(RoomId room);

    /// Who added the alias; empty for an alias there isn't.
    Uni<Optional<UserId>> aliasCreator(RoomAlias alias);

    /// Answers whether the alias was free.
    Uni<Boolean> addAlias(RoomAlias alias, RoomId room, UserId creator);

    Uni<Boolean> removeAlias(RoomAlias alias);

    /// Publishes the room, or doesn't any more. One that is published already stays in its place.
    Uni<Void> publish(RoomId room, boolean isPublished);

    Uni<Boolean> isPublished(RoomId room);

    /// Published rooms, numbered in the order that they were published in, with `number > from`
    /// (ascending) or `number < from` (backwards, descending), at most `max`.
    Uni<SequencedMap<Long, RoomId>> published(long from, boolean backwards, int max);

    /// How many rooms are published.
    Uni<Long> publishedCount();

    /// Whether this is an account of ours.
    Uni<Boolean> userExists(UserId user);

    /// Makes the account known; answers `false` if it was already.
    Uni<Boolean> addUser(UserId user);

    /// The user's profile fields; empty for a user without any.
    Uni<JsonObject> profile(UserId user);

    Uni<Void> saveProfile(UserId user, JsonObject profile);

    /// What the user was to this room up to that position of the stream is nothing to them any
    // more.
    Uni<Void> forget(UserId user, RoomId room, long position);

    /// The rooms that the user has forgotten, each up to a position of the stream.
    Uni<SequencedMap<RoomId, Long>> forgotten(UserId user);

    /// Records an invite, or the end of one, and gives it a position in the stream.
    Uni<Long> record(OutOfBandMembership membership);

    /// Keeps a leave that the room is still to be told of, in place of one that was kept of the
    /// user there.
    Uni<Void> saveUntold(UntoldLeave leave);

    Uni<Void> removeUntold(UserId user, RoomId room);

    /// Those that are to be told next, at most `max`, the next one first.
    Uni<List<UntoldLeave>> untold(int max);
}
