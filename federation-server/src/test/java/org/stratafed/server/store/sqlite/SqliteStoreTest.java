package org.stratafed.server.store.sqlite;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.contract.DirectoryContract;
import org.stratafed.contract.HealthContract;
import org.stratafed.contract.HistoryContract;
import org.stratafed.contract.InboxContract;
import org.stratafed.contract.JoinContract;
import org.stratafed.contract.MembershipContract;
import org.stratafed.contract.OutboxContract;
import org.stratafed.contract.RoomStoreContract;
import org.stratafed.contract.StateContract;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.contract.TimelineContract;
import org.stratafed.contract.VerdictContract;

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
    class Joins extends JoinContract {

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

    @Nested
    class Timelines extends TimelineContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class Histories extends HistoryContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class Memberships extends MembershipContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class Outboxes extends OutboxContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class Inboxes extends InboxContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class Directories extends DirectoryContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class Health extends HealthContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }

    @Nested
    class Verdicts extends VerdictContract {

        @Override
        protected StoresUnderTest start() {
            return new SqliteUnderTest(folder);
        }
    }
}
