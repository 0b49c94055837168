-- Roles within single apps, beside the role that somebody has everywhere; accounts of people who sign in elsewhere
-- (OpenID Connect) and have no password here; and whose app an audit entry is about, so that people who see one app
-- see its entries only. Locks: short ones on account, token and audit; none on the run ledger. Adding a column without
-- a default rewrites nothing; the two indexes on audit take about a second for a million entries.

-- Null: a role in single apps only.
ALTER TABLE account ALTER COLUMN role DROP NOT NULL;
-- Null: signs in by OpenID Connect.
ALTER TABLE account ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE account ADD COLUMN email text;
-- Issuer and subject of somebody who signs in by OpenID Connect.
ALTER TABLE account ADD COLUMN external_id text CONSTRAINT account_external_id_unique UNIQUE;
ALTER TABLE account ADD CONSTRAINT account_can_sign_in CHECK (password_hash IS NOT NULL OR external_id IS NOT NULL);
ALTER TABLE account ADD COLUMN last_sign_in_at timestamptz;

CREATE TABLE account_app_role (
  account_id bigint NOT NULL CONSTRAINT account_app_role_account_fk REFERENCES account ON DELETE CASCADE,
  -- A name, not a row: the role waits for an app that is made later, and ends with no app.
  app        text NOT NULL,
  role       text NOT NULL CONSTRAINT account_app_role_known CHECK (role IN ('viewer', 'operator', 'editor', 'admin')),
  CONSTRAINT account_app_role_pk PRIMARY KEY (account_id, app)
);

ALTER TABLE token DROP CONSTRAINT token_role_iff_not_executor;
ALTER TABLE token ADD CONSTRAINT token_role_fits_kind
  CHECK (CASE kind WHEN 'EXECUTOR' THEN role IS NULL WHEN 'API' THEN role IS NOT NULL ELSE true END);
CREATE INDEX token_account ON token (account_id) WHERE account_id IS NOT NULL;

-- Null: about no single app.
ALTER TABLE audit ADD COLUMN app text;
CREATE INDEX audit_app ON audit (app, id);
CREATE INDEX audit_who ON audit (who, id);
