package org.stratafed.server.engine.messaging.discovery;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.store.DirectoryStore;

/// The rooms in this server's directory, page by page, in the order that they were put there. That
/// order is stable, so that a reader who pages on misses none and sees none twice, whatever is
/// published meanwhile.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#published-room-directory">
///     Published room directory</a>
final class PublishedRooms {

    /// On one page, whatever is asked for.
    static final int PAGE_MAX = 200;

    /// Rooms that are looked at for one page. One that has little to show for these goes on after
    /// them.
    static final int EXAMINED_MAX = 1_000;

    private static final int BATCH = 50;

    private final DirectoryStore directory;
    private final KnownRooms rooms;
    private final Compute compute;

    PublishedRooms(DirectoryStore directory, KnownRooms rooms, Compute compute) {
        this.directory = directory;
        this.rooms = rooms;
        this.compute = compute;
    }

    /// @param admitted rooms that the asker may be shown
    Uni<PublicRooms> page(PublicRoomsRequest request, Predicate<KnownRoom> admitted) {
        var from = request.since().map(PublishedToken::parse).orElse(PublishedToken.START);
        var search = PublishedSearch.of(request.filter());
        // There are no rooms here of any other network.
        if (request.networks().only().isPresent()) {
            return Uni.createFrom()
                    .item(
                            new PublicRooms(
                                    List.of(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    OptionalLong.of(0)));
        }
        int limit = Math.min(request.limit().orElse(PAGE_MAX), PAGE_MAX);
        var walk = new Walk(from, limit, room -> admitted.test(room) && search.matches(room));
        return step(walk)
                .chain(() -> directory.publishedCount())
                .map(count -> walk.page(OptionalLong.of(count)));
    }

    private Uni<Void> step(Walk walk) {
        if (walk.isOver()) {
            return Uni.createFrom().voidItem();
        }
        return directory
                .published(walk.at, walk.from.backwards(), BATCH)
                .chain(batch -> look(walk, batch))
                .chain(() -> step(walk));
    }

    private Uni<Void> look(Walk walk, SequencedMap<Long, RoomId> batch) {
        if (batch.size() < BATCH) {
            walk.isAtEnd = true;
        }
        return rooms.of(new LinkedHashSet<>(batch.values()))
                .chain(
                        known -> {
                            Supplier<List<KnownRoom>> matching =
                                    () -> known.stream().filter(walk.wanted).toList();
                            return compute.run(matching);
                        })
                .invoke(matching -> walk.advance(batch, matching))
                .replaceWithVoid();
    }

    /// A walk through the directory in one direction.
    private static final class Walk {

        private final PublishedToken from;
        private final int limit;
        private final Predicate<KnownRoom> wanted;
        private final List<KnownRoom> found = new ArrayList<>();
        private long at;
        private int examined;
        private boolean isAtEnd;

        /// Whether one more was found than there is place for.
        private boolean isFull;

        private Walk(PublishedToken from, int limit, Predicate<KnownRoom> wanted) {
            this.from = from;
            this.limit = limit;
            this.wanted = wanted;
            at = from.number();
        }

        private boolean isOver() {
            return isAtEnd || isFull || examined >= EXAMINED_MAX;
        }

        private void advance(SequencedMap<Long, RoomId> batch, List<KnownRoom> matching) {
            var next = matching.iterator();
            var room = next.hasNext() ? next.next() : null;
            for (var entry : batch.entrySet()) {
                boolean matches = room != null && room.room().equals(entry.getValue());
                if (matches && found.size() == limit) {
                    isFull = true;
                    return;
                }
                if (matches) {
                    found.add(room);
                    room = next.hasNext() ? next.next() : null;
                }
                examined++;
                at = entry.getKey();
            }
        }

        private PublicRooms page(OptionalLong total) {
            var further =
                    isAtEnd && !isFull
                            ? Optional.<PublishedToken>empty()
                            : Optional.of(new PublishedToken(at, from.backwards()));
            var back =
                    from.equals(PublishedToken.START)
                            ? Optional.<PublishedToken>empty()
                            : Optional.of(from.turned());
            var inOrder = from.backwards() ? found.reversed() : found;
            return new PublicRooms(
                    inOrder.stream().map(KnownRoom::summary).toList(),
                    (from.backwards() ? back : further).map(PublishedToken::toString),
                    (from.backwards() ? further : back).map(PublishedToken::toString),
                    total);
        }
    }
}
