-- An app that was removed by force, with nodes that were online: its executors go on dialling, and must not make the app anew
-- within a second. While the newest row of a name is barred, only a person or a manifest makes an app of that name.
-- One column with a constant default and a check: the catalogue alone changes, under an ACCESS EXCLUSIVE lock of milliseconds,
-- then the check reads the table, which has as many rows as there ever were apps.
ALTER TABLE app
  ADD COLUMN barred boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT app_barred_is_removed CHECK (NOT barred OR deleted_at IS NOT NULL);
