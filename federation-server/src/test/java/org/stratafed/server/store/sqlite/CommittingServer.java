package org.stratafed.server.store.sqlite;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.api.spi.store.CommitResult.Committed;
import org.stratafed.api.spi.store.CommitResult.Conflict;
import org.stratafed.contract.CommitDraft;
import org.stratafed.contract.SampleEvent;
import org.stratafed.contract.StoresUnderTest;

/// A process that commits events to several rooms as fast as it can, and prints each one that was
/// acknowledged, in a line that ends in a full stop. At the first failure it prints that, and ends.
///
/// The arguments are the folder of the database, and how large events are to be.
public final class CommittingServer {

    static final int ROOMS = 5;
    static final String DESTINATION = "a.example";

    private static final StatePoint POINT = new StatePoint(0, 0);

    private final SqliteDatabase database;
    private final String padding;

    private CommittingServer(SqliteDatabase database, String padding) {
        this.database = database;
        this.padding = padding;
    }

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]).resolve("strata.db");
        ExecutorService loop = Executors.newSingleThreadExecutor();
        SqliteDatabase database;
        try {
            database = SqliteDatabase.open(file, StoresUnderTest.LOCAL, loop);
        } catch (DatabaseInUseException refused) {
            System.out.println(refused.getMessage());
            System.exit(3);
            return;
        }
        var server = new CommittingServer(database, "x".repeat(Integer.parseInt(arguments[1])));
        for (int i = 0; i < ROOMS; i++) {
            RoomId room = room(i);
            database.stores()
                    .rooms()
                    .snapshot(room)
                    .subscribe()
                    .with(
                            snapshot -> server.commit(room, snapshot.map(it -> it.revision())),
                            server::fail);
        }
    }

    static RoomId room(int number) {
        return new RoomId("!room" + number + ":" + StoresUnderTest.LOCAL);
    }

    /// The name of the event that is committed on top of a revision.
    static String name(RoomId room, long revision) {
        return room.value().substring(1, 6) + "-" + revision;
    }

    private void commit(RoomId room, Optional<Long> known) {
        long revision = known.orElse(0L);
        Pdu pdu = named(room, revision);
        var draft =
                new CommitDraft(room, revision)
                        .live(pdu, POINT, POINT)
                        .extremities(pdu.id())
                        .current(POINT)
                        .send(pdu.id(), DESTINATION);
        if (revision == 0) {
            draft.line(0, Optional.empty());
        }
        database.stores()
                .rooms()
                .commit(draft.build())
                .subscribe()
                .with(result -> goOn(room, pdu, result), this::fail);
    }

    private Pdu named(RoomId room, long revision) {
        return SampleEvent.message(name(room, revision)).saying(padding).in(room);
    }

    private void goOn(RoomId room, Pdu pdu, CommitResult result) {
        switch (result) {
            case Committed(var revision, _, _) -> {
                System.out.println("acknowledged " + room + " " + pdu.id() + " .");
                commit(room, Optional.of(revision));
            }
            case Conflict _ -> fail(new IllegalStateException("conflict in " + room));
        }
    }

    private void fail(Throwable failure) {
        System.out.println("failed " + failure);
        database.stores()
                .timeline()
                .position()
                .subscribe()
                .with(
                        position -> {
                            System.out.println("position " + position);
                            System.exit(0);
                        },
                        unreadable -> {
                            System.out.println("unreadable " + unreadable);
                            System.exit(4);
                        });
    }
}
