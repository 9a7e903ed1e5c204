package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;

/// Where work on the database is done: all that one database does differently from another.
///
/// The `Uni`s do their work once for each subscription, and complete on the engine loop, never
/// inside the subscribing call.
public interface SqlSessions {

    /// Runs work that only reads, on one consistent state of the database.
    <T> Uni<T> read(SqlWork<T> work);

    /// Runs work that writes. It takes effect entirely or, if the `Uni` fails, not at all; when
    /// the `Uni` completes it is durable. Writes take effect in the order of subscription.
    <T> Uni<T> write(SqlWork<T> work);
}
