-- Which jobs went wrong the last time. Why: lists of jobs are sorted by the last result, and to find it for each of them
-- would read the ledger once for each job. Only what went wrong is kept: the table is small, and a run that succeeds
-- where the one before did writes nothing.
-- Locks: none that matter, the table is new and starts empty; it fills as runs end.

CREATE TABLE job_trouble (
  job_uid bigint NOT NULL CONSTRAINT job_trouble_pk PRIMARY KEY,
  run_id  bigint NOT NULL,
  state   text NOT NULL
    CONSTRAINT job_trouble_state_known CHECK (state IN ('FAILED', 'TIMED_OUT', 'LOST', 'MISSED'))
) WITH (fillfactor = 70);
