-- When a server was last there, and by which time zone rules the next times were computed. Why: after a backup is
-- restored, one-time jobs whose time passed meanwhile must not run by themselves (CU12); after an update of the time zone
-- rules, the times of jobs move (TM8). Locks: ACCESS EXCLUSIVE on server (a few rows) for a moment; two new tables.

-- One row. Renewed every few seconds by whichever server comes to it, kept over every stop.
CREATE TABLE attendance (
  only_row   boolean NOT NULL DEFAULT true
    CONSTRAINT attendance_pk PRIMARY KEY CONSTRAINT attendance_one_row CHECK (only_row),
  seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The last time during which no server was there for long.
  away_from  timestamptz,
  away_until timestamptz,
  CONSTRAINT attendance_away_whole CHECK ((away_from IS NULL) = (away_until IS NULL))
);
INSERT INTO attendance DEFAULT VALUES;

-- One row. The rules by which every job's next_fire_at is known to be computed.
CREATE TABLE zone_rules (
  only_row boolean NOT NULL DEFAULT true
    CONSTRAINT zone_rules_pk PRIMARY KEY CONSTRAINT zone_rules_one_row CHECK (only_row),
  tzdb     text NOT NULL
);

ALTER TABLE server ADD COLUMN tzdb text NOT NULL DEFAULT '';
