-- The newest runs that a person should look at. Why: the dashboard asks for them every second; without failures it
-- would read a week of runs to find none. Locks: writes to run wait while it is built; about 10 s for 10 M rows.
CREATE INDEX run_trouble ON run (id)
  WHERE state IN ('FAILED', 'TIMED_OUT', 'LOST', 'MISSED');
