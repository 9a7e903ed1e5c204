package org.stratafed.contract;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.stratafed.api.spi.store.DirectoryStore;
import org.stratafed.api.spi.store.InboxStore;
import org.stratafed.api.spi.store.KeyStore;
import org.stratafed.api.spi.store.OutboxStore;
import org.stratafed.api.spi.store.RoomHealthStore;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.VerdictStore;

/// What the contracts of all stores start from. Every kind of store is tested by extending each
/// of them.
public abstract class StoreContract {

    private StoresUnderTest under;

    /// Stores without anything in them.
    protected abstract StoresUnderTest start();

    @BeforeEach
    void startStores() {
        under = start();
    }

    @AfterEach
    void closeStores() {
        under.close();
    }

    protected final StoresUnderTest under() {
        return under;
    }

    protected final <T> T await(Uni<T> answer) {
        return under.await(answer);
    }

    protected final void restart() {
        under.restart();
    }

    protected final RoomStore rooms() {
        return under.stores().rooms();
    }

    protected final TimelineStore timeline() {
        return under.stores().timeline();
    }

    protected final OutboxStore outbox() {
        return under.stores().outbox();
    }

    protected final InboxStore inbox() {
        return under.stores().inbox();
    }

    protected final KeyStore keys() {
        return under.stores().keys();
    }

    protected final RoomHealthStore health() {
        return under.stores().health();
    }

    protected final VerdictStore verdicts() {
        return under.stores().verdicts();
    }

    protected final DirectoryStore directory() {
        return under.stores().directory();
    }
}
