-- Indexes for lists of very many jobs. Why: with a million jobs each order but that by name, and each filter, read all of them
-- for one page. Nothing that a job's firing writes is in them.
-- Locks: SHARE on job and job_trouble (no writes) while they are built, about 20 s for 1 M jobs, most of it for the search by text.

CREATE INDEX job_by_change ON job (updated_at, uid) WHERE deleted_at IS NULL;
CREATE INDEX job_off ON job (uid) WHERE NOT enabled AND deleted_at IS NULL;
CREATE INDEX job_handler ON job (handler) WHERE deleted_at IS NULL;
CREATE INDEX job_labels ON job USING gin (labels jsonb_path_ops) WHERE deleted_at IS NULL;
CREATE INDEX job_trouble_newest ON job_trouble (run_id, job_uid);

-- Finds a part of a name. pg_trgm comes with PostgreSQL and needs no superuser; where it is missing, or may not be made,
-- a search walks along the list instead and says how far it came.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX job_text ON job USING gin (name gin_trgm_ops, title gin_trgm_ops, handler gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'no index for a search of jobs by a part of their name: %', SQLERRM;
END
$$;
