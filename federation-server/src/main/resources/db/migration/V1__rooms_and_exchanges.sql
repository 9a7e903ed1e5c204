-- Numbers ending in _nid are this database's own and never leave it. Rooms are numbered from 1,
-- events densely within their room. Nothing here references anything by a foreign key: there is
-- one writer, it writes whole changes, and the numbers are its own.

-- What this database belongs to.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The stream that consumers follow: the newest position given.
CREATE TABLE stream (
    stream_nid INTEGER NOT NULL PRIMARY KEY CHECK (stream_nid = 1),
    position INTEGER NOT NULL
) STRICT;

INSERT INTO stream (stream_nid, position) VALUES (1, 0);

-- Rooms. With revision 0 the room is only named by something (an invite, a staged event) and
-- not held. partial_servers: null if the state is complete, else a JSON array of server names.
CREATE TABLE rooms (
    room_nid INTEGER NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL,
    revision INTEGER NOT NULL,
    current_line INTEGER NOT NULL,
    current_version INTEGER NOT NULL,
    next_line INTEGER NOT NULL,
    next_event_nid INTEGER NOT NULL,
    partial_servers TEXT
) STRICT;

-- Canonical JSON, apart from what is known about the events, in the order it arrived.
CREATE TABLE event_json (
    json_nid INTEGER NOT NULL PRIMARY KEY,
    json BLOB NOT NULL
) STRICT;

CREATE TABLE state_keys (
    state_key_nid INTEGER NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    state_key TEXT NOT NULL,
    UNIQUE (type, state_key)
) STRICT;

-- Events. An event that is only cited has a number and an id, and null elsewhere.
CREATE TABLE events (
    room_nid INTEGER NOT NULL,
    event_nid INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    kind TEXT,
    status TEXT,
    refusal_check TEXT,
    refusal_reason TEXT,
    before_line INTEGER,
    before_version INTEGER,
    after_line INTEGER,
    after_version INTEGER,
    position INTEGER,
    history_order INTEGER,
    depth INTEGER,
    origin_server_ts INTEGER,
    sender TEXT,
    type TEXT,
    state_key_nid INTEGER,
    redacts TEXT,
    json_nid INTEGER,
    PRIMARY KEY (room_nid, event_nid)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX events_by_id ON events (event_id, room_nid);
CREATE UNIQUE INDEX events_by_position ON events (position) WHERE position IS NOT NULL;
CREATE UNIQUE INDEX events_by_room_position ON events (room_nid, position)
    WHERE position IS NOT NULL;
CREATE UNIQUE INDEX events_by_order ON events (room_nid, history_order)
    WHERE history_order IS NOT NULL;
CREATE INDEX events_by_redacted ON events (room_nid, redacts) WHERE redacts IS NOT NULL;

CREATE TABLE event_auth (
    room_nid INTEGER NOT NULL,
    event_nid INTEGER NOT NULL,
    auth_nid INTEGER NOT NULL,
    PRIMARY KEY (room_nid, event_nid, auth_nid)
) STRICT, WITHOUT ROWID;

-- Of the edges to previous events, those which lead to an event that is not placed. All others
-- can be read from the events.
CREATE TABLE backward_edges (
    room_nid INTEGER NOT NULL,
    prev_nid INTEGER NOT NULL,
    event_nid INTEGER NOT NULL,
    PRIMARY KEY (room_nid, prev_nid, event_nid)
) STRICT, WITHOUT ROWID;

CREATE TABLE forward_extremities (
    room_nid INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    event_nid INTEGER NOT NULL,
    PRIMARY KEY (room_nid, ordinal)
) STRICT, WITHOUT ROWID;

-- State is a tree of lines: each starts from a point of its parent, or from nothing.
CREATE TABLE state_lines (
    room_nid INTEGER NOT NULL,
    line INTEGER NOT NULL,
    parent_line INTEGER,
    parent_version INTEGER,
    head_version INTEGER NOT NULL,
    PRIMARY KEY (room_nid, line)
) STRICT, WITHOUT ROWID;

-- The key has this event (or is gone, if it is null) from one version of the line on and until
-- another; to_version is null for what is so at the line's head.
CREATE TABLE state_line_rows (
    room_nid INTEGER NOT NULL,
    line INTEGER NOT NULL,
    state_key_nid INTEGER NOT NULL,
    from_version INTEGER NOT NULL,
    to_version INTEGER,
    event_nid INTEGER,
    PRIMARY KEY (room_nid, line, state_key_nid, from_version)
) STRICT, WITHOUT ROWID;

-- The point of the room's current state, from a position of the stream on.
CREATE TABLE current_moves (
    room_nid INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (room_nid, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE joined_members (
    room_nid INTEGER NOT NULL,
    server TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (room_nid, server, user_id)
) STRICT, WITHOUT ROWID;

-- How many joined members a server has; 0 for one that had some.
CREATE TABLE resident_servers (
    room_nid INTEGER NOT NULL,
    server TEXT NOT NULL,
    joined_members INTEGER NOT NULL,
    PRIMARY KEY (room_nid, server)
) STRICT, WITHOUT ROWID;

-- The changes of local users' memberships. in_room is 0 for those that came from outside a room.
CREATE TABLE membership_changes (
    user_id TEXT NOT NULL,
    room_nid INTEGER NOT NULL,
    position INTEGER NOT NULL,
    membership TEXT NOT NULL,
    event_nid INTEGER NOT NULL,
    in_room INTEGER NOT NULL,
    stripped_state BLOB,
    PRIMARY KEY (user_id, room_nid, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_events (
    staged_nid INTEGER NOT NULL PRIMARY KEY,
    room_nid INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    origin TEXT NOT NULL,
    reason TEXT NOT NULL,
    json BLOB NOT NULL,
    UNIQUE (room_nid, event_id)
) STRICT;

CREATE TABLE client_transactions (
    room_nid INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    event_nid INTEGER NOT NULL,
    PRIMARY KEY (room_nid, user_id, device_id, transaction_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX client_transactions_by_event ON client_transactions (room_nid, event_nid);

-- Sets of servers, each stored once. hash: SHA-256 over the sorted names, a line each.
CREATE TABLE audiences (
    audience_nid INTEGER NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE audience_servers (
    server TEXT NOT NULL,
    audience_nid INTEGER NOT NULL,
    PRIMARY KEY (server, audience_nid)
) STRICT, WITHOUT ROWID;

-- The log of events to be sent. A position is never given twice, also not after its row is gone.
CREATE TABLE outbox (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_nid INTEGER NOT NULL,
    event_nid INTEGER NOT NULL,
    audience_nid INTEGER NOT NULL
) STRICT;

CREATE INDEX outbox_by_audience ON outbox (audience_nid, position);

-- How far each destination is in the log, and the batch on its way to it, if there is one.
CREATE TABLE destinations (
    server TEXT NOT NULL PRIMARY KEY,
    acknowledged INTEGER NOT NULL,
    sealed_transaction_id TEXT,
    sealed_origin_server_ts INTEGER,
    sealed_after INTEGER,
    sealed_end INTEGER,
    sealed_edus BLOB
) STRICT, WITHOUT ROWID;

-- The transactions received. Without a response: claimed, and not answered so far.
CREATE TABLE inbox (
    inbox_nid INTEGER NOT NULL PRIMARY KEY,
    origin TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    response BLOB,
    UNIQUE (origin, transaction_id)
) STRICT;

CREATE TABLE server_keys (
    server TEXT NOT NULL,
    key_id TEXT NOT NULL,
    public_key BLOB NOT NULL,
    valid_until_ts INTEGER NOT NULL,
    expired_ts INTEGER,
    PRIMARY KEY (server, key_id, public_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE aliases (
    alias TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    creator TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_by_room ON aliases (room_id);

CREATE TABLE users (
    user_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (
    user_id TEXT NOT NULL PRIMARY KEY,
    profile BLOB NOT NULL
) STRICT, WITHOUT ROWID;
