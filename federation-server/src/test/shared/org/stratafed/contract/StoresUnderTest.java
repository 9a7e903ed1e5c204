package org.stratafed.contract;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.Stores;

/// The stores that a contract is checked on, with what surrounds them: a loop, a disk.
public interface StoresUnderTest {

    /// The server whose stores these are.
    ServerName LOCAL = new ServerName("local.example");

    Stores stores();

    /// The answer, waited for in whatever way these stores need. A failure is thrown.
    <T> T await(Uni<T> answer);

    /// Stops the stores and starts them anew, as after a crash: with what was acknowledged.
    void restart();

    void close();
}
