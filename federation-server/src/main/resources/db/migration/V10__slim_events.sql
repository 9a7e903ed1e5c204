-- What no statement reads is not kept: it is in the JSON. An order of history is made of the
-- position where there is one, so that a room's positions need no index of their own.
DROP INDEX events_by_room_position;
ALTER TABLE events DROP COLUMN sender;
ALTER TABLE events DROP COLUMN type;

-- By what is redacted first: a room has many events, but few of them redact one.
DROP INDEX events_by_redacted;
CREATE INDEX events_by_redacted ON events (redacts, room_nid) WHERE redacts IS NOT NULL;
