-- What a run has to remember between hand-overs: which nodes refused this attempt, why it was asked to stop, and whether
-- somebody forced it past its job's blocking rule. Why: a refused run was handed to the same two nodes for ever; a run
-- that does not stop could not say so without losing why it was asked to; a forced run takes no slot, also in a retry.
-- Locks: ACCESS EXCLUSIVE on run for a moment, no row is rewritten. The index is built while writes to run wait, about
-- 10 s for 10 M rows; the UPDATE touches only runs that wait for a retry.

ALTER TABLE run ADD COLUMN refused_by text;
ALTER TABLE run ADD COLUMN stop_reason text;
ALTER TABLE run ADD COLUMN forced boolean NOT NULL DEFAULT false;

-- Runs that wait for a node, in the order in which a server that has room takes them.
CREATE INDEX run_waits_for_node ON run (app_id, nominal_at)
  WHERE state = 'QUEUED' AND reason IN ('NO_FREE_SLOT', 'NO_EXECUTOR', 'NO_HANDLER');

-- From now on the deadline of a run that waits is the end of its wait; here it was that of the attempt before.
UPDATE run SET deadline_at = NULL WHERE state = 'QUEUED' AND reason = 'BACKOFF' AND deadline_at IS NOT NULL;
