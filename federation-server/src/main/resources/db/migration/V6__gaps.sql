-- What of rooms can't be had, and where their state went back. Rooms and events are named, not
-- numbered: what is missing has no number.

-- An event that others cite and that is not here. waiting, endings: JSON arrays of event IDs.
-- asked: a JSON array of [server, time, question, answer]. next_ts: null once it is given up.
CREATE TABLE gaps (
    room_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    waiting BLOB NOT NULL,
    endings BLOB NOT NULL,
    asked BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    since_ts INTEGER NOT NULL,
    next_ts INTEGER,
    PRIMARY KEY (room_id, event_id)
) STRICT, WITHOUT ROWID;

-- A key of a room's state that nobody changed. chosen: null if it is gone. sides: a JSON array of
-- [forward extremity, event], or of the extremity alone if the key is not set there. placed: a
-- JSON array of event IDs.
CREATE TABLE state_resets (
    reset_nid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id TEXT NOT NULL,
    at_ts INTEGER NOT NULL,
    type TEXT NOT NULL,
    state_key TEXT NOT NULL,
    former TEXT NOT NULL,
    chosen TEXT,
    sides BLOB NOT NULL,
    placed BLOB NOT NULL,
    step TEXT NOT NULL,
    comparison TEXT NOT NULL
) STRICT;

CREATE INDEX state_resets_by_room ON state_resets (room_id, reset_nid);
