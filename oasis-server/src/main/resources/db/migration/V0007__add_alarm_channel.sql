-- Alarms go by mail or to the webhook. Why: chat rooms and incident tools are told as well; each way has its own sender,
-- so that one that is down does not hold up the other.
-- Locks: ACCESS EXCLUSIVE on alarm for a moment; a constant default rewrites no row. Its index holds pending rows only.

ALTER TABLE alarm ADD COLUMN channel text NOT NULL DEFAULT 'MAIL'
  CONSTRAINT alarm_channel_known CHECK (channel IN ('MAIL', 'WEBHOOK'));
DROP INDEX alarm_due;
CREATE INDEX alarm_due ON alarm (channel, due_at) WHERE state = 'PENDING';
