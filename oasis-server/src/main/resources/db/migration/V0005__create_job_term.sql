-- What governed the nominal times of a job, and when. Why: `oasis verify` recomputes the times that a window should have
-- had from the revisions, and has to know when each came into force, when the job was off and when it was deleted.
-- Locks: ACCESS EXCLUSIVE on job for a moment (triggers); one row is written for each job, about 10 s for 1 M jobs.
-- Writes to run wait while run_stretch is built: it holds only stretches, but reads every row, about 10 s for 10 M rows.

-- One row for each change of a job that touches its nominal times; it is in force until the next one.
CREATE TABLE job_term (
  id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT job_term_pk PRIMARY KEY,
  job_uid      bigint NOT NULL CONSTRAINT job_term_job_fk REFERENCES job ON DELETE CASCADE,
  revision     integer NOT NULL,
  state        text NOT NULL CONSTRAINT job_term_state_known CHECK (state IN ('ON', 'OFF', 'DELETED')),
  -- The change was asked for at the first and written at the second; what is due between the two may belong to either.
  asked_at     timestamptz NOT NULL,
  since        timestamptz NOT NULL,
  -- The next nominal time as the change found it: everything before it had its row. Null: there was none.
  withdrawn_at timestamptz,
  -- The next nominal time as the change left it. The same as withdrawn_at when the schedule stayed.
  first_at     timestamptz,
  -- The rules of the job's time zone changed and moved its next time: times before cannot be recomputed any more.
  new_rules    boolean NOT NULL DEFAULT false
);
CREATE INDEX job_term_job ON job_term (job_uid, id);

INSERT INTO job_term (job_uid, revision, state, asked_at, since, withdrawn_at, first_at)
SELECT uid, revision,
       CASE WHEN deleted_at IS NOT NULL THEN 'DELETED' WHEN enabled THEN 'ON' ELSE 'OFF' END,
       coalesce(deleted_at, disabled_at, now()), coalesce(deleted_at, disabled_at, clock_timestamp()),
       next_fire_at, next_fire_at
  FROM job;

-- A trigger, so that no way of changing a job can forget it. The engine's own updates name none of these columns and do
-- not meet it.
CREATE FUNCTION note_job_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found_at timestamptz;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    found_at := OLD.next_fire_at;
  END IF;
  INSERT INTO job_term (job_uid, revision, state, asked_at, since, withdrawn_at, first_at)
  VALUES (NEW.uid, NEW.revision,
          CASE WHEN NEW.deleted_at IS NOT NULL THEN 'DELETED' WHEN NEW.enabled THEN 'ON' ELSE 'OFF' END,
          now(), clock_timestamp(), found_at, NEW.next_fire_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER job_made AFTER INSERT ON job FOR EACH ROW EXECUTE FUNCTION note_job_term();
CREATE TRIGGER job_changed AFTER UPDATE OF revision, enabled, deleted_at ON job FOR EACH ROW
  WHEN (OLD.revision IS DISTINCT FROM NEW.revision OR OLD.enabled IS DISTINCT FROM NEW.enabled
        OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION note_job_term();

-- Stretches that reach into a window from before it.
CREATE INDEX run_stretch ON run (job_uid, stretch_to) WHERE stretch_count > 1;

-- Fixed delays whose run is under way: few, whatever the number of jobs. One of them without a run has lost its next time.
CREATE INDEX job_awaiting_end ON job (uid)
  WHERE schedule_kind = 'fixedDelay' AND enabled AND NOT completed AND next_fire_at IS NULL AND deleted_at IS NULL;
