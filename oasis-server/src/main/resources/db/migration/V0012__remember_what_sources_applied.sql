-- What the Git source of an object applied last, and how each revision came about: with it an edit by hand shows as drift.
-- Locks: ACCESS EXCLUSIVE on job, job_revision and app for the new columns, without a rewrite. The UPDATE touches only what a
-- source owns; a million jobs take some ten seconds, and management waits meanwhile, the engine waits for single rows.

-- The revision that the owner applied; another one than the current means that somebody edited the job by hand. Null: nobody
-- owns the job, or its owner took it away itself.
ALTER TABLE job ADD COLUMN applied_revision integer;
UPDATE job SET applied_revision = revision WHERE source IS NOT NULL AND deleted_at IS NULL;
ALTER TABLE job ADD CONSTRAINT job_applied_by_a_source CHECK (applied_revision IS NULL OR source IS NOT NULL);
-- What was deleted by hand although a source owns it.
CREATE INDEX job_deleted_by_hand ON job (source) WHERE deleted_at IS NOT NULL AND applied_revision IS NOT NULL;

-- The normal form of the app's spec that the owner applied last.
ALTER TABLE app ADD COLUMN applied_spec jsonb;
UPDATE app
SET applied_spec = jsonb_build_object('title', title)
  || CASE WHEN owner_name = '' AND owner_email = '' THEN '{}'::jsonb
     ELSE jsonb_build_object('owner', jsonb_strip_nulls(
       jsonb_build_object('name', nullif(owner_name, ''), 'email', nullif(owner_email, '')))) END
WHERE source IS NOT NULL AND deleted_at IS NULL;

-- How a revision was made, and why, as whoever made it by hand said.
ALTER TABLE job_revision ADD COLUMN via text NOT NULL DEFAULT 'apply'
  CONSTRAINT job_revision_via_known CHECK (via IN ('apply', 'api', 'console'));
ALTER TABLE job_revision ADD COLUMN reason text;
