-- Two things that were forgotten too early.

-- Nodes that went, until somebody has seen to it that they left no run behind. Why: a run that a node accepted just as it
-- was given up, or whose node was forgotten or removed with its app before its lease was seen to be over, stayed RUNNING
-- until its timeout, or for ever without one. Locks: ACCESS EXCLUSIVE on node (as many rows as executors) for a moment;
-- one index probe among the runs under way.

CREATE TABLE node_farewell (
  id      bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT node_farewell_pk PRIMARY KEY,
  -- Not a foreign key: the node may be forgotten by now.
  node_id text NOT NULL,
  went_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A trigger, so that no way of ending a node can forget it. Heartbeats name none of these columns and do not meet it.
CREATE FUNCTION note_node_farewell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO node_farewell (node_id) VALUES (OLD.id);
  RETURN NULL;
END
$$;
-- The server_id as well: a node that was given up while its stream was open is looked at again when the stream ends.
CREATE TRIGGER node_went AFTER UPDATE OF state, server_id ON node FOR EACH ROW
  WHEN (NEW.state = 'OFFLINE')
  EXECUTE FUNCTION note_node_farewell();
CREATE TRIGGER node_forgotten AFTER DELETE ON node FOR EACH ROW EXECUTE FUNCTION note_node_farewell();

-- What was left behind before.
INSERT INTO node_farewell (node_id)
SELECT id FROM node WHERE state = 'OFFLINE'
UNION
SELECT node_id FROM run r
 WHERE r.state IN ('DISPATCHED', 'RUNNING', 'KILLING') AND r.node_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM node n WHERE n.id = r.node_id);

-- The name that a job had under a revision. Why: the share of its jitter depends on it, so that after a rename the times
-- before could not be recomputed, and `oasis verify` called them gaps. Null: the name has not changed since.
-- Locks: ACCESS EXCLUSIVE on job_revision for a moment; only revisions with a jitter are written, about 10 s for 1 M.
ALTER TABLE job_revision ADD COLUMN job_name text;
UPDATE job_revision v SET job_name = j.name
  FROM job j
 WHERE j.uid = v.job_uid AND v.spec #>> '{schedule,jitter}' IS NOT NULL;
