-- What each server said of its keys when it was asked last, with its signature. It is shown to
-- those who can't ask the server itself.
CREATE TABLE signed_keys (
    server TEXT NOT NULL PRIMARY KEY,
    json BLOB NOT NULL,
    fetched_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
