-- Why an event was refused: the number of the authorization rule that it broke, and the ids of the
-- events that decided, as a JSON array. Null where no rule was broken.
ALTER TABLE events ADD COLUMN refusal_rule TEXT;
ALTER TABLE events ADD COLUMN refusal_deciding TEXT;
