-- A random key of this installation, with which plain values of secret parameters are marked: two values can be told apart
-- by their marks, and nobody can try out values against a mark without the key.
-- Locks: none that matter, the table is new and has one row.
CREATE TABLE mark_key (
  one boolean NOT NULL DEFAULT true CONSTRAINT mark_key_pk PRIMARY KEY CONSTRAINT mark_key_only_one CHECK (one),
  key bytea NOT NULL
);
INSERT INTO mark_key (key)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
