-- What the log center looks for among ten million runs. Why: few runs end in another way than well, and few are asked for
-- by hand; whoever filters for those must not read the history of all others. A scheduled run that succeeds enters neither
-- index, so that they cost the engine nothing.
-- Locks: writes to run wait while its two indexes are built: they read every row and hold few, about 10 s for 10 M rows.
-- job_deleted reads all jobs, about a second for a million.

-- By id, because lists are newest first. The other columns are compared within the index, before any row is read.
CREATE INDEX run_ended_otherwise ON run (id, state, app_id, job_uid, reason)
  WHERE state IN ('FAILED', 'TIMED_OUT', 'LOST', 'KILLED', 'CANCELLED', 'SKIPPED', 'COALESCED', 'MISSED');
DROP INDEX run_trouble;

CREATE INDEX run_by_hand ON run (id, trigger, app_id, job_uid) WHERE trigger IN ('MANUAL', 'API', 'RERUN');

-- The jobs whose history has a name that no job has any more.
CREATE INDEX job_deleted ON job (app_id, name) WHERE deleted_at IS NOT NULL;
