-- Why an event was refused: the number of the authorization rule that it broke, and the ids of the
-- events that decided, as a JSON array. Null where no rule was broken.
ALTER TABLE events ADD COLUMN refusal_rule TEXT;
ALTER TABLE events ADD COLUMN refusal_deciding TEXT;

-- How an event came: from which server and why, and with which transaction. Null for our own.
ALTER TABLE events ADD COLUMN peer_nid INTEGER;
ALTER TABLE events ADD COLUMN transaction_nid INTEGER;
ALTER TABLE staged_events ADD COLUMN peer_nid INTEGER;
ALTER TABLE staged_events ADD COLUMN transaction_nid INTEGER;

CREATE INDEX events_refused ON events (room_nid, event_nid) WHERE refusal_check IS NOT NULL;

CREATE TABLE arrival_peers (
    peer_nid INTEGER NOT NULL PRIMARY KEY,
    way TEXT NOT NULL,
    server TEXT NOT NULL,
    UNIQUE (way, server)
) STRICT;

-- The newest ones: of an older arrival no transaction is known any more.
CREATE TABLE arrival_transactions (
    transaction_nid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    transaction_id TEXT NOT NULL
) STRICT;

-- Copies of events that were not kept: the newest of each origin.
CREATE TABLE dropped_pdus (
    dropped_nid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL,
    way TEXT NOT NULL,
    transaction_id TEXT,
    room_id TEXT,
    ordinal INTEGER NOT NULL,
    event_id TEXT,
    refusal_check TEXT NOT NULL,
    refusal_rule TEXT,
    refusal_reason TEXT NOT NULL,
    refusal_deciding TEXT,
    at_ts INTEGER NOT NULL
) STRICT;

CREATE INDEX dropped_by_origin ON dropped_pdus (origin, dropped_nid);
CREATE INDEX dropped_by_transaction ON dropped_pdus (origin, transaction_id)
    WHERE transaction_id IS NOT NULL;
CREATE INDEX dropped_by_event ON dropped_pdus (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX dropped_by_room ON dropped_pdus (room_id, dropped_nid) WHERE room_id IS NOT NULL;

-- newest: the newest dropped_nid of the origin.
CREATE TABLE dropping_origins (
    origin TEXT NOT NULL PRIMARY KEY,
    newest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
