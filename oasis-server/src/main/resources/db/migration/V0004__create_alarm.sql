-- What goes wrong with jobs, and who is told. Why: alarms by mail. An incident is opened, counted and resolved in the
-- transaction that writes the final state of a run; what is to be said to whom waits here until it has been said.
-- Locks: none that matter, the tables are new. No foreign key to job: its check would wait for whoever claims the job.

CREATE TABLE incident (
  id              bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT incident_pk PRIMARY KEY,
  job_uid         bigint NOT NULL,
  app_id          bigint NOT NULL,
  kind            text NOT NULL
    CONSTRAINT incident_kind_known CHECK (kind IN ('FAILURE', 'TIMEOUT', 'LOST', 'MISSED')),
  opened_at       timestamptz NOT NULL,
  first_run_id    bigint NOT NULL,
  failures        bigint NOT NULL,
  -- The newest failure.
  last_run_id     bigint NOT NULL,
  last_failed_at  timestamptz NOT NULL,
  reason          text,
  message         text,
  -- The failure that was told last, and when it happened; how long after it the next one is told (null: never).
  told_run_id     bigint NOT NULL,
  told_at         timestamptz NOT NULL,
  repeat_ms       bigint,
  acknowledged_at timestamptz,
  acknowledged_by text,
  resolved_at     timestamptz,
  -- The run that succeeded; null: nobody waits for one any more (the job is deleted, or alarms about nothing).
  resolved_run_id bigint,
  CONSTRAINT incident_acknowledged_whole CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  CONSTRAINT incident_resolved_run_only_when_resolved CHECK (resolved_run_id IS NULL OR resolved_at IS NOT NULL)
) WITH (fillfactor = 80);
-- Keeps the promise of one open incident; also how the open ones are found, however many there have been.
CREATE UNIQUE INDEX incident_one_open ON incident (job_uid, kind) WHERE resolved_at IS NULL;
CREATE INDEX incident_job ON incident (job_uid, id);
CREATE INDEX incident_resolved ON incident (resolved_at) WHERE resolved_at IS NOT NULL;

-- The outbox: one row is one thing to be said to one address.
CREATE TABLE alarm (
  id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT alarm_pk PRIMARY KEY,
  incident_id bigint NOT NULL CONSTRAINT alarm_incident_fk REFERENCES incident ON DELETE CASCADE,
  event       text NOT NULL CONSTRAINT alarm_event_known CHECK (event IN ('OPENED', 'REPEATED', 'RECOVERED')),
  run_id      bigint NOT NULL,
  failures    bigint NOT NULL,
  address     text NOT NULL,
  language    text NOT NULL,
  state       text NOT NULL CONSTRAINT alarm_state_known CHECK (state IN ('PENDING', 'SENT', 'FAILED')),
  -- The mail that says it, alone or with others; given before the first try and never changed, so that a mail that is
  -- sent twice has one identity.
  letter_id   bigint,
  attempts    integer NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at      timestamptz NOT NULL,
  sent_at     timestamptz,
  error       text,
  CONSTRAINT alarm_sent_at_iff_sent CHECK ((state = 'SENT') = (sent_at IS NOT NULL))
) WITH (fillfactor = 70);
CREATE INDEX alarm_due ON alarm (due_at) WHERE state = 'PENDING';
CREATE INDEX alarm_letter ON alarm (letter_id) WHERE state = 'PENDING';
CREATE INDEX alarm_sent ON alarm (address, sent_at) WHERE state = 'SENT';
CREATE INDEX alarm_incident ON alarm (incident_id);
