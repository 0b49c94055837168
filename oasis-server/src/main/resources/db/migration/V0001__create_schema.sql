-- The first schema. Why: everything that Oasis knows lives here; servers share nothing else.
-- Locks: none that matter, the tables are new.
--
-- Conventions: timestamptz always; states and kinds are text with a CHECK; every constraint has a name;
-- the database's clock (now(), clock_timestamp()) is the only one that decides anything.

-- ---------------------------------------------------------------- who may do what

CREATE TABLE account (
  id            bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT account_pk PRIMARY KEY,
  name          text NOT NULL CONSTRAINT account_name_unique UNIQUE,
  password_hash text NOT NULL,
  role          text NOT NULL CONSTRAINT account_role_known CHECK (role IN ('viewer', 'operator', 'editor', 'admin')),
  disabled      boolean NOT NULL DEFAULT false,
  language      text,
  time_zone     text,
  theme         text,
  created_at    timestamptz NOT NULL DEFAULT now()
);

-- Sessions of people, API tokens and executor tokens: only hashes, never the secret.
CREATE TABLE token (
  id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT token_pk PRIMARY KEY,
  kind         text NOT NULL CONSTRAINT token_kind_known CHECK (kind IN ('SESSION', 'API', 'EXECUTOR')),
  name         text NOT NULL,
  hash         bytea NOT NULL CONSTRAINT token_hash_unique UNIQUE,
  account_id   bigint CONSTRAINT token_account_fk REFERENCES account ON DELETE CASCADE,
  role         text CONSTRAINT token_role_known CHECK (role IN ('viewer', 'operator', 'editor', 'admin')),
  app          text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text NOT NULL,
  expires_at   timestamptz NOT NULL,
  last_used_at timestamptz,
  CONSTRAINT token_role_iff_not_executor CHECK ((kind = 'EXECUTOR') = (role IS NULL))
);
CREATE INDEX token_expiry ON token (expires_at);

CREATE TABLE audit (
  id     bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_pk PRIMARY KEY,
  at     timestamptz NOT NULL DEFAULT now(),
  who    text NOT NULL,
  action text NOT NULL,
  object text NOT NULL,
  before jsonb,
  after  jsonb,
  detail jsonb
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_object ON audit (object, at);

-- ---------------------------------------------------------------- servers, apps, nodes

CREATE TABLE server (
  id              text CONSTRAINT server_pk PRIMARY KEY,
  address         text NOT NULL,
  version         text NOT NULL,
  started_at      timestamptz NOT NULL DEFAULT now(),
  lease_until     timestamptz NOT NULL,
  clock_offset_ms bigint NOT NULL DEFAULT 0
);

-- Duties that one server at a time does (retention, partitions, …).
CREATE TABLE duty (
  name        text CONSTRAINT duty_pk PRIMARY KEY,
  holder      text,
  epoch       bigint NOT NULL DEFAULT 0,
  lease_until timestamptz NOT NULL DEFAULT '-infinity'
);

CREATE TABLE app (
  id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT app_pk PRIMARY KEY,
  name         text NOT NULL,
  title        text NOT NULL,
  registration text NOT NULL CONSTRAINT app_registration_known CHECK (registration IN ('AUTO', 'MANUAL')),
  owner_name   text NOT NULL DEFAULT '',
  owner_email  text NOT NULL DEFAULT '',
  source       text,
  source_commit text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  -- Set when the app is removed: the history of its runs keeps its name.
  deleted_at   timestamptz
);
CREATE UNIQUE INDEX app_name_unique ON app (name) WHERE deleted_at IS NULL;

CREATE TABLE node (
  id           text CONSTRAINT node_pk PRIMARY KEY,
  app_id       bigint NOT NULL CONSTRAINT node_app_fk REFERENCES app ON DELETE CASCADE,
  address      text NOT NULL,
  sdk_version  text NOT NULL,
  app_version  text NOT NULL,
  labels       jsonb NOT NULL DEFAULT '{}',
  handlers     text[] NOT NULL DEFAULT '{}',
  slots        integer NOT NULL,
  busy_slots   integer NOT NULL DEFAULT 0,
  state        text NOT NULL CONSTRAINT node_state_known CHECK (state IN ('ONLINE', 'DRAINING', 'OFFLINE')),
  server_id    text,
  -- Raised by each new stream of the node: an old stream's words about it no longer count.
  session      bigint NOT NULL DEFAULT 0,
  connected_at timestamptz NOT NULL DEFAULT now(),
  heartbeat_at timestamptz NOT NULL DEFAULT now(),
  lease_until  timestamptz NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX node_app ON node (app_id);

-- ---------------------------------------------------------------- jobs

CREATE TABLE job (
  uid              bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT job_pk PRIMARY KEY,
  app_id           bigint NOT NULL CONSTRAINT job_app_fk REFERENCES app,
  name             text NOT NULL,
  title            text NOT NULL,
  labels           jsonb NOT NULL DEFAULT '{}',
  handler          text NOT NULL,
  schedule_kind    text NOT NULL
    CONSTRAINT job_schedule_kind_known CHECK (schedule_kind IN ('cron', 'fixedRate', 'fixedDelay', 'at', 'none')),
  schedule_text    text NOT NULL,
  time_zone        text,
  owner_name       text NOT NULL DEFAULT '',
  owner_email      text NOT NULL DEFAULT '',
  -- The normal form of the manifest's spec (SpecForm in oasis-manifest).
  spec             jsonb NOT NULL,
  revision         integer NOT NULL DEFAULT 1,
  enabled          boolean NOT NULL,
  disabled_reason  text,
  disabled_at      timestamptz,
  -- True when the schedule has no further time (a one-time job that ran, a cron whose years are over).
  completed        boolean NOT NULL DEFAULT false,
  -- The next nominal time; null: none (disabled, completed, by hand, or a fixed delay whose run is under way).
  next_fire_at     timestamptz,
  -- Default anchor of a fixed rate.
  anchor_at        timestamptz NOT NULL DEFAULT now(),
  source           text,
  source_commit    text,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  updated_by       text NOT NULL,
  -- Set when the job is deleted: its history stays and keeps its name; a new job of the same name has a new uid.
  deleted_at       timestamptz,
  CONSTRAINT job_next_fire_only_when_live
    CHECK (next_fire_at IS NULL OR (enabled AND NOT completed AND deleted_at IS NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX job_name_unique ON job (app_id, name) WHERE deleted_at IS NULL;
CREATE INDEX job_due ON job (next_fire_at) WHERE next_fire_at IS NOT NULL;
CREATE INDEX job_source ON job (source) WHERE source IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE job_revision (
  job_uid       bigint NOT NULL CONSTRAINT job_revision_job_fk REFERENCES job ON DELETE CASCADE,
  revision      integer NOT NULL,
  spec          jsonb NOT NULL,
  labels        jsonb NOT NULL,
  author        text NOT NULL,
  source        text,
  source_commit text,
  ci_run        text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT job_revision_pk PRIMARY KEY (job_uid, revision)
);

-- ---------------------------------------------------------------- the run ledger

-- Ids come in blocks, so that a batch of runs needs one call.
CREATE SEQUENCE run_id;

-- One row is one occurrence: a nominal time (or a trigger by hand) with what became of it. Partitioned by day of the
-- nominal time; retention drops partitions.
CREATE TABLE run (
  id              bigint NOT NULL,
  nominal_at      timestamptz NOT NULL,
  job_uid         bigint NOT NULL,
  app_id          bigint NOT NULL,
  revision        integer NOT NULL,
  trigger         text NOT NULL
    CONSTRAINT run_trigger_known CHECK (trigger IN ('SCHEDULE', 'MANUAL', 'API', 'RERUN')),
  -- 0 for what the schedule made, so that (job, nominal time) is unique; the run's id for every other trigger.
  occurrence      bigint NOT NULL DEFAULT 0,
  state           text NOT NULL
    CONSTRAINT run_state_known CHECK (state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING', 'SUCCEEDED', 'FAILED',
      'TIMED_OUT', 'LOST', 'KILLED', 'CANCELLED', 'SKIPPED', 'COALESCED', 'MISSED')),
  -- A reason code (ReasonCode), and one line for people.
  reason          text,
  message         text,
  -- The server that is to hand the run over, or that holds the stream of its node.
  owner_server    text,
  -- When somebody has to look at a run that is not final: the end of its hand-over lease, its retry, its deadline.
  wake_at         timestamptz,
  node_id         text,
  -- Why the routing strategy chose that node, one line for people.
  node_why        text,
  attempt         integer NOT NULL DEFAULT 1,
  max_attempts    integer NOT NULL DEFAULT 1,
  epoch           bigint NOT NULL DEFAULT 0,
  member_count    integer NOT NULL DEFAULT 0,
  -- All params of the run; null: those of the job's revision.
  params          jsonb,
  triggered_by    text,
  rerun_of        bigint,
  created_at      timestamptz NOT NULL DEFAULT now(),
  dispatched_at   timestamptz,
  started_at      timestamptz,
  deadline_at     timestamptz,
  finished_at     timestamptz,
  result          text,
  progress        integer,
  progress_text   text,
  last_log_seq    bigint NOT NULL DEFAULT 0,
  -- A stretch of nominal times that did not run is one row.
  stretch_from    timestamptz,
  stretch_to      timestamptz,
  stretch_count   bigint,
  CONSTRAINT run_pk PRIMARY KEY (id, nominal_at),
  CONSTRAINT run_occurrence_unique UNIQUE (job_uid, nominal_at, occurrence),
  CONSTRAINT run_finished_at_iff_final
    CHECK ((state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')) = (finished_at IS NULL)),
  CONSTRAINT run_node_when_handed_over
    CHECK (state NOT IN ('DISPATCHED', 'RUNNING', 'KILLING') OR node_id IS NOT NULL OR member_count > 0),
  CONSTRAINT run_stretch_whole
    CHECK ((stretch_from IS NULL) = (stretch_to IS NULL) AND (stretch_from IS NULL) = (stretch_count IS NULL))
) PARTITION BY RANGE (nominal_at);
-- Everything that is under way, by the time when it has to be looked at. Small, whatever the history holds.
CREATE INDEX run_active ON run (wake_at)
  WHERE state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING');
-- Catches what no day partition covers (PartitionKeeper makes those ahead of time).
CREATE TABLE run_default PARTITION OF run DEFAULT;

-- Earlier attempts of a retried run, and the members of a broadcast.
CREATE TABLE attempt (
  run_id        bigint NOT NULL,
  nominal_at    timestamptz NOT NULL,
  attempt       integer NOT NULL,
  -- 0, or the number of a broadcast's member from 1.
  member        integer NOT NULL,
  node_id       text NOT NULL,
  epoch         bigint NOT NULL,
  state         text NOT NULL
    CONSTRAINT attempt_state_known CHECK (state IN ('DISPATCHED', 'RUNNING', 'KILLING', 'SUCCEEDED', 'FAILED',
      'TIMED_OUT', 'LOST', 'KILLED', 'CANCELLED')),
  reason        text,
  message       text,
  dispatched_at timestamptz,
  started_at    timestamptz,
  finished_at   timestamptz,
  result        text,
  last_log_seq  bigint NOT NULL DEFAULT 0,
  CONSTRAINT attempt_pk PRIMARY KEY (run_id, attempt, member, nominal_at)
) PARTITION BY RANGE (nominal_at);
CREATE TABLE attempt_default PARTITION OF attempt DEFAULT;

-- What happened to a run beyond what its row says: waits, refusals, retries, kills, late results.
CREATE TABLE run_event (
  run_id     bigint NOT NULL,
  nominal_at timestamptz NOT NULL,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind       text NOT NULL,
  attempt    integer NOT NULL,
  reason     text,
  detail     text,
  who        text
) PARTITION BY RANGE (nominal_at);
CREATE INDEX run_event_run ON run_event (run_id);
CREATE TABLE run_event_default PARTITION OF run_event DEFAULT;

-- A batch of log lines: a JSON array of [epoch milliseconds, stream letter, text].
CREATE TABLE run_log (
  run_id      bigint NOT NULL,
  nominal_at  timestamptz NOT NULL,
  attempt     integer NOT NULL,
  member      integer NOT NULL,
  first_seq   bigint NOT NULL,
  last_seq    bigint NOT NULL,
  lines       text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT run_log_pk PRIMARY KEY (run_id, attempt, member, first_seq, nominal_at)
) PARTITION BY RANGE (nominal_at);
CREATE TABLE run_log_default PARTITION OF run_log DEFAULT;

-- The right to run under one job: held by the primary key, never by a check before an insert.
CREATE TABLE slot (
  job_uid    bigint NOT NULL,
  number     integer NOT NULL,
  run_id     bigint NOT NULL,
  nominal_at timestamptz NOT NULL,
  CONSTRAINT slot_pk PRIMARY KEY (job_uid, number)
) WITH (fillfactor = 60);
CREATE INDEX slot_run ON slot (run_id);

-- Runs that wait for a slot, in nominal order.
CREATE TABLE slot_wait (
  job_uid    bigint NOT NULL,
  nominal_at timestamptz NOT NULL,
  run_id     bigint NOT NULL,
  CONSTRAINT slot_wait_pk PRIMARY KEY (job_uid, nominal_at, run_id)
) WITH (fillfactor = 60);

-- Two triggers with one key are one run.
CREATE TABLE trigger_key (
  job_uid    bigint NOT NULL,
  key        text NOT NULL,
  run_id     bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT trigger_key_pk PRIMARY KEY (job_uid, key)
);

-- ---------------------------------------------------------------- counts

-- Finished runs by app, quarter of an hour (so that every time zone's hours can be summed from it) and state. Written in
-- the transaction that finishes the runs; the shard keeps servers out of each other's way.
CREATE TABLE run_count (
  app_id    bigint NOT NULL,
  bucket_at timestamptz NOT NULL,
  state     text NOT NULL,
  shard     integer NOT NULL,
  runs      bigint NOT NULL,
  CONSTRAINT run_count_pk PRIMARY KEY (bucket_at, app_id, state, shard)
) WITH (fillfactor = 60);
