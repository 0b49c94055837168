-- Slots are found by their jobs, which everybody who asks knows. Why: an index by run was one more entry for each run that
-- takes a slot. Locks: ACCESS EXCLUSIVE on slot for a moment; it has as many rows as there are runs under way.
DROP INDEX slot_run;
