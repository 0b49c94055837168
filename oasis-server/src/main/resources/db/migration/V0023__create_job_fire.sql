-- When jobs fire next, in a narrow table of its own. Why: to move a job to its next time rewrote its whole row, spec and all,
-- with an entry in each of its indexes; that was more than a third of what a run cost the database. Now it is one small row,
-- and the last time of a job is a DELETE. An old server that is still there finds no column to claim by, and fires nothing.
-- Locks: ACCESS EXCLUSIVE on job; one row is written for each job that has a next time, about 5 s for 1 M jobs.

-- A row exists while its job is enabled, not deleted, and has a time ahead of it. Management makes rows, before or after it
-- changes the job; the engine only moves and ends them. Whoever needs both rows locks this one first.
CREATE TABLE job_fire (
  job_uid      bigint NOT NULL CONSTRAINT job_fire_pk PRIMARY KEY
    CONSTRAINT job_fire_job_fk REFERENCES job ON DELETE CASCADE,
  -- That of the job, so that a claim reads nothing else.
  revision     integer NOT NULL,
  -- The next nominal time; null: a fixed delay whose run is under way, and whose end gives the time.
  next_fire_at timestamptz
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

INSERT INTO job_fire (job_uid, revision, next_fire_at)
SELECT uid, revision, next_fire_at
  FROM job
 WHERE enabled AND deleted_at IS NULL AND NOT completed
   AND (next_fire_at IS NOT NULL OR schedule_kind = 'fixedDelay')
 ORDER BY uid;

-- Also finds those without a time: they are few. With the job, because very many may share one time: in this order they are
-- claimed and listed.
CREATE INDEX job_fire_due ON job_fire (next_fire_at, job_uid);

DROP INDEX job_due;
DROP INDEX job_awaiting_end;
ALTER TABLE job DROP CONSTRAINT job_next_fire_only_when_live;
ALTER TABLE job DROP COLUMN next_fire_at;
-- A job that is enabled, has a schedule and no row in job_fire has had its last time.
ALTER TABLE job DROP COLUMN completed;

-- As before it notes what governs the nominal times. It also sees to it that a job that is off or deleted has no next time,
-- and that a time which stays belongs to the new revision. Where the times change, whoever changes them writes first_at.
CREATE OR REPLACE FUNCTION note_job_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  known_at timestamptz := (SELECT next_fire_at FROM job_fire WHERE job_uid = NEW.uid);
  lives boolean := NEW.enabled AND NEW.deleted_at IS NULL;
BEGIN
  INSERT INTO job_term (job_uid, revision, state, asked_at, since, withdrawn_at, first_at)
  VALUES (NEW.uid, NEW.revision,
          CASE WHEN NEW.deleted_at IS NOT NULL THEN 'DELETED' WHEN NEW.enabled THEN 'ON' ELSE 'OFF' END,
          now(), clock_timestamp(), CASE WHEN TG_OP = 'UPDATE' THEN known_at END,
          CASE WHEN lives THEN known_at END);
  IF TG_OP = 'INSERT' THEN
    RETURN NULL;
  END IF;
  IF lives THEN
    UPDATE job_fire SET revision = NEW.revision WHERE job_uid = NEW.uid AND revision <> NEW.revision;
  ELSE
    DELETE FROM job_fire WHERE job_uid = NEW.uid;
  END IF;
  RETURN NULL;
END
$$;
