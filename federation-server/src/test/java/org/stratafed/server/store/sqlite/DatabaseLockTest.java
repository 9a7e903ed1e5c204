package org.stratafed.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.contract.StoresUnderTest;

/// One process at a time uses a database.
class DatabaseLockTest {

    @TempDir Path folder;

    @Test
    void aSecondProcessIsToldWhoHasTheDatabaseAndWhatToDo() throws IOException {
        var under = new SqliteUnderTest(folder);
        try (var second = ChildJvm.start(CommittingServer.class, folder.toString(), "0")) {
            assertThat(second.output())
                    .anySatisfy(
                            line ->
                                    assertThat(line)
                                            .contains(folder.resolve("strata.db").toString())
                                            .contains("in use by another process")
                                            .contains("(" + ProcessHandle.current().pid() + ")")
                                            .contains("a database of its own"));
            assertThat(second.exitCode()).isNotZero();
        } finally {
            under.close();
        }
    }

    @Test
    void theSameProcessIsRefusedAsWellUntilItHasClosedTheFirst() {
        Path file = folder.resolve("strata.db");
        var first = SqliteDatabase.open(file, StoresUnderTest.LOCAL, Runnable::run);
        assertThatThrownBy(() -> SqliteDatabase.open(file, StoresUnderTest.LOCAL, Runnable::run))
                .isInstanceOf(DatabaseInUseException.class);
        first.close();
        SqliteDatabase.open(file, StoresUnderTest.LOCAL, Runnable::run).close();
    }
}
