package org.stratafed.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.contract.SampleEvent.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.contract.CommitDraft;
import org.stratafed.contract.SampleRoom;

/// What was acknowledged is there, whatever happens to the process or the disk; what was not is
/// there whole or not at all.
class DurabilityTest {

    private static final int ROUNDS = 3;

    @TempDir Path folder;

    @Test
    void aKilledProcessLosesNothingThatItAcknowledged() throws IOException {
        var random = new Random(1);
        var acknowledged = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            try (var child = ChildJvm.start(CommittingServer.class, folder.toString(), "400")) {
                int wanted = acknowledged.size() + 50 + random.nextInt(300);
                while (acknowledged.size() < wanted) {
                    String line = child.nextLine().orElseThrow();
                    assertThat(line).doesNotStartWith("failed ");
                    if (isAcknowledgement(line)) {
                        acknowledged.add(line);
                    }
                }
                child.kill();
                child.output().stream()
                        .filter(DurabilityTest::isAcknowledgement)
                        .forEach(acknowledged::add);
            }
            assertAllThere(acknowledged);
        }
    }

    /// The limit on the size of files makes writing fail like a full disk, wherever it is hit: in
    /// the log, at a checkpoint, in the middle of a group.
    @Test
    void aFullDiskAcknowledgesNothingThatIsNotThereAndLosesNothing() throws IOException {
        var acknowledged = new ArrayList<String>();
        var other = new ArrayList<String>();
        try (var child =
                ChildJvm.startWithFilesUpTo(
                        6_144, CommittingServer.class, folder.toString(), "30000")) {
            for (String line : child.output()) {
                (isAcknowledgement(line) ? acknowledged : other).add(line);
            }
            assertThat(child.exitCode()).as("%s", other).isZero();
        }
        assertThat(acknowledged).hasSizeGreaterThan(50);
        assertThat(other).anyMatch(line -> line.startsWith("failed "));
        assertThat(other).anyMatch(line -> line.startsWith("position "));
        assertAllThere(acknowledged);
    }

    @Test
    void afterTheDiskWasFullCommitsGoOn() {
        var under = new SqliteUnderTest(folder);
        var room = SampleRoom.created(under, "lobby");
        limitPages(under, pages(under) + 20);
        var large = room.following(message("large").saying("x".repeat(200_000)));
        var draft = new CommitDraft(room.id, 1).outlier(large).extremities(room.tip());

        assertThatThrownBy(() -> under.await(under.stores().rooms().commit(draft.build())))
                .hasMessageContaining("SQLITE_FULL");
        assertThat(under.await(under.stores().rooms().roomOf(large.id()))).isEmpty();
        assertThat(under.await(under.stores().rooms().snapshot(room.id)).orElseThrow().revision())
                .isEqualTo(1);
        limitPages(under, Integer.MAX_VALUE);
        room.add(large);
        under.restart();
        assertThat(under.await(under.stores().rooms().roomOf(large.id()))).contains(room.id);
        under.close();
    }

    private static int pages(SqliteUnderTest under) {
        return pragma(under, "PRAGMA page_count");
    }

    /// The database file may not become larger, as if the disk were full.
    private static void limitPages(SqliteUnderTest under, int max) {
        pragma(under, "PRAGMA max_page_count = " + max);
    }

    private static int pragma(SqliteUnderTest under, String sql) {
        return under.await(
                        under.database()
                                .sessions()
                                .write(session -> session.first(sql, row -> row.integer(1))))
                .orElseThrow();
    }

    private void assertAllThere(List<String> acknowledged) {
        var under = new SqliteUnderTest(folder);
        try {
            for (int i = 0; i < CommittingServer.ROOMS; i++) {
                RoomId room = CommittingServer.room(i);
                List<EventId> events =
                        acknowledged.stream()
                                .map(line -> line.split(" "))
                                .filter(parts -> parts[1].equals(room.value()))
                                .map(parts -> new EventId(parts[2]))
                                .toList();
                assertThere(under, room, events);
            }
            assertThat(integrity(under)).isEqualTo("ok");
        } finally {
            under.close();
        }
    }

    /// Each revision is one event, one position and one row of the outbox.
    private static void assertThere(SqliteUnderTest under, RoomId room, List<EventId> events) {
        var snapshot = under.await(under.stores().rooms().snapshot(room)).orElseThrow();
        assertThat(snapshot.revision()).isGreaterThanOrEqualTo(events.size());
        var stored = under.await(under.stores().rooms().events(room, events));
        assertThat(stored.sequencedKeySet()).containsExactlyElementsOf(events);
        int revision = Math.toIntExact(snapshot.revision());
        var newest = new EventId("$" + CommittingServer.name(room, revision - 1));
        assertThat(snapshot.extremities()).containsOnlyKeys(newest);
        assertThat(
                        under.await(
                                under.stores()
                                        .timeline()
                                        .newest(room, 0, Long.MAX_VALUE, Integer.MAX_VALUE)))
                .hasSize(revision);
        var destination = new ServerName(CommittingServer.DESTINATION);
        List<PendingPdu> pending =
                under.await(under.stores().outbox().pending(destination, Integer.MAX_VALUE));
        assertThat(pending.stream().filter(it -> it.room().equals(room))).hasSize(revision);
    }

    /// A whole line, not one that was being written when the process was killed.
    private static boolean isAcknowledgement(String line) {
        return line.startsWith("acknowledged ") && line.endsWith(" .");
    }

    private static String integrity(SqliteUnderTest under) {
        return under.await(
                        under.database()
                                .sessions()
                                .read(
                                        session ->
                                                session.first(
                                                        "PRAGMA integrity_check",
                                                        row -> row.text(1))))
                .orElseThrow();
    }
}
