-- Joins through other servers that are under way, to be taken up again after a crash. version is
-- null where nobody said it; servers: a JSON array of names, first the one that lets us in.

CREATE TABLE pending_joins (
    pending_nid INTEGER NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    version TEXT,
    servers TEXT NOT NULL,
    json BLOB NOT NULL,
    started_ts INTEGER NOT NULL
) STRICT;
