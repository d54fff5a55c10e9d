"""Accounts: users, their sessions and tokens, and a trail of who did what that can only be added to."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = """
CREATE TABLE users (
  name TEXT{c} NOT NULL,
  name_folded TEXT{c} NOT NULL,
  role TEXT{c} NOT NULL,
  password TEXT{c} NOT NULL,
  disabled {flag} NOT NULL,
  created_at TEXT{c} NOT NULL,
  CONSTRAINT pk_users PRIMARY KEY (name),
  CONSTRAINT uq_users_name_folded UNIQUE (name_folded),
  CONSTRAINT ck_users_role CHECK (role IN ('reader', 'reviewer', 'admin'))
){strict}

CREATE TABLE sessions (
  id TEXT{c} NOT NULL,
  user_name TEXT{c} NOT NULL,
  kind TEXT{c} NOT NULL,
  created_at TEXT{c} NOT NULL,
  expires_at TEXT{c} NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (id),
  CONSTRAINT fk_sessions_user_name FOREIGN KEY (user_name) REFERENCES users (name) ON DELETE CASCADE,
  CONSTRAINT ck_sessions_kind CHECK (kind IN ('browser', 'token'))
){strict}

CREATE INDEX ix_sessions_user_name ON sessions (user_name)

CREATE TABLE audit (
  id {number} NOT NULL,
  at TEXT{c} NOT NULL,
  who TEXT{c} NOT NULL,
  did TEXT{c} NOT NULL,
  to_whom TEXT{c},
  address TEXT{c},
  CONSTRAINT pk_audit PRIMARY KEY (id)
){strict}

CREATE INDEX ix_audit_at ON audit (at)
"""
_KEPT = {
    "sqlite": """
CREATE TRIGGER audit_kept_u BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only ever added to');
END

CREATE TRIGGER audit_kept_d BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only ever added to');
END
""",
    "postgresql": """
CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is only ever added to';
END
$$

CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_kept()
""",
}
_WORDS = {
    "sqlite": {"c": "", "flag": "INTEGER", "number": "INTEGER", "strict": " STRICT"},
    "postgresql": {"c": ' COLLATE "C"', "flag": "BOOLEAN", "number": "SERIAL", "strict": ""},
}


def upgrade() -> None:
    """Create the tables."""
    dialect = op.get_bind().dialect.name
    for statement in (_TABLES.format(**_WORDS[dialect]) + _KEPT[dialect]).strip().split("\n\n"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Ledgers are not taken back to older versions."""
