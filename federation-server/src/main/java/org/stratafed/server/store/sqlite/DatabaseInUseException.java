package org.stratafed.server.store.sqlite;

import java.nio.file.Path;

/// Another process uses the database.
public final class DatabaseInUseException extends RuntimeException {

    DatabaseInUseException(Path database, String pid) {
        super(
                "The database "
                        + database.toAbsolutePath()
                        + " is in use by another process ("
                        + (pid.isEmpty() ? "unknown" : pid)
                        + "). Only one server may use a database at a time: stop the other one,"
                        + " or give this one a database of its own.");
    }
}
