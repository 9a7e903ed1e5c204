package org.stratafed.simulator.store;

import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.RoomCommit;

/// Who wants to know of what became durable, in the very step in which it did.
public interface StoreListener {

    /// A change of a room is on the disk.
    void onCommit(Disk disk, RoomCommit commit);

    /// The response to a transaction is on the disk.
    ///
    /// @param again whether one had been there before
    void onResponse(Disk disk, ServerName origin, TransactionId transaction, boolean again);

    /// Everything else: sealed batches, keys, accounts.
    void onWrite(Disk disk, String what);

    static StoreListener none() {
        return new StoreListener() {
            @Override
            public void onCommit(Disk disk, RoomCommit commit) {}

            @Override
            public void onResponse(
                    Disk disk, ServerName origin, TransactionId transaction, boolean again) {}

            @Override
            public void onWrite(Disk disk, String what) {}
        };
    }
}
