-- Leaves room in the unique indexes of runs. Why: the end of a run is a second entry beside its first; in pages that are full
-- PostgreSQL then looked through old versions of rows for space, for each page again, and split it after all. New days get the
-- same from PartitionKeeper. Locks: SHARE UPDATE EXCLUSIVE on these indexes for a moment; nobody waits, nothing is rewritten:
-- only pages that are split from now on are left emptier.

DO $$
DECLARE
  index_name text;
BEGIN
  FOR index_name IN
    SELECT i.indexrelid::regclass::text
      FROM pg_inherits h
      JOIN pg_index i ON i.indrelid = h.inhrelid AND i.indisunique
     WHERE h.inhparent = 'run'::regclass
  LOOP
    EXECUTE 'ALTER INDEX ' || index_name || ' SET (fillfactor = 60)';
  END LOOP;
END
$$;
