-- The rooms in this server's directory, in the order that they were put there.
CREATE TABLE published_rooms (
    published_nid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id TEXT NOT NULL UNIQUE
) STRICT;

-- For the event that is nearest to a time.
CREATE INDEX events_by_time ON events (room_nid, origin_server_ts, history_order)
    WHERE history_order IS NOT NULL;

-- Rejected invites and knocks taken back that no server of the room has been told of yet. servers: a
-- JSON array of those to be asked; content: what the user said beside the membership, as JSON.
CREATE TABLE untold_leaves (
    user_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    version TEXT NOT NULL,
    servers TEXT NOT NULL,
    content BLOB NOT NULL,
    tries INTEGER NOT NULL,
    next_try_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, room_id)
) STRICT, WITHOUT ROWID;
