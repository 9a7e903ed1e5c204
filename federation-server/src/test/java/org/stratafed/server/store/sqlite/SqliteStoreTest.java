package org.stratafed.server.store.sqlite;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.contract.RoomStoreContract;
import org.stratafed.contract.StateContract;
import org.stratafed.contract.StoresUnderTest;

/// The contracts of all stores, on SQLite.
class SqliteStoreTest {

    @TempDir Path folder;

    @Nested
    class Rooms extends RoomStoreContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class States extends StateContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }
}
