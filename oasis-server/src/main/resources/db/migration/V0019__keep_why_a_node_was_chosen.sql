-- The trace of a run that was retried says of each attempt why the routing strategy chose that node; until now only the last
-- attempt said so. One column without a default: the catalogue alone changes, under a lock of milliseconds, also on 10 M rows.
ALTER TABLE attempt ADD COLUMN node_why text;
