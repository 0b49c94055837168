-- Tells the log lines of two hand-overs of one attempt apart. Why: a run that is handed back is given to another node
-- under the same attempt, whose lines count from 1 again; without the epoch they would pass for lines that are there.
-- Locks: ACCESS EXCLUSIVE on run_log for a moment; a constant default rewrites no row, so its size does not matter.

ALTER TABLE run_log ADD COLUMN epoch bigint NOT NULL DEFAULT 0;
