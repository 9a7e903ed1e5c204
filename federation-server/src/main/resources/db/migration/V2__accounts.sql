-- What the client API keeps: accounts, their devices, and what clients keep for themselves.

CREATE TABLE accounts (
    user_id TEXT NOT NULL PRIMARY KEY,
    password_hash TEXT NOT NULL,
    admin INTEGER NOT NULL,
    created_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    display_name TEXT,
    created_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id)
) STRICT, WITHOUT ROWID;

-- token_hash: SHA-256 of the access token, which itself is kept by its client alone.
CREATE TABLE access_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX access_tokens_by_device ON access_tokens (user_id, device_id);

-- Canonical JSON, so that the same filter is kept once.
CREATE TABLE filters (
    user_id TEXT NOT NULL,
    filter_nid INTEGER NOT NULL,
    filter BLOB NOT NULL,
    PRIMARY KEY (user_id, filter_nid)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX filters_by_text ON filters (user_id, filter);

-- room_id is empty for what isn't of a room. A sequence number is given to each change.
CREATE TABLE account_data (
    user_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    type TEXT NOT NULL,
    content BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (user_id, room_id, type)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX account_data_by_sequence ON account_data (sequence);
CREATE INDEX account_data_by_user ON account_data (user_id, sequence);
