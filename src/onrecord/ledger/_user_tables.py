"""Who may use a ledger over the network. Names of people who review without an account are in ``corrections`` only."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table

from onrecord.ledger._tables import FLAG, TEXT, metadata

users = Table(
    "users",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("name_folded", TEXT, nullable=False, unique=True),
    Column("role", TEXT, CheckConstraint("role IN ('reader', 'reviewer', 'admin')", name="role"), nullable=False),
    Column("password", TEXT, nullable=False),
    Column("disabled", FLAG, nullable=False),
    Column("created_at", TEXT, nullable=False),
    sqlite_strict=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("user_name", TEXT, ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("kind", TEXT, CheckConstraint("kind IN ('browser', 'token')", name="kind"), nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("expires_at", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("ix_sessions_user_name", sessions.c.user_name)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("who", TEXT, nullable=False),
    Column("did", TEXT, nullable=False),
    Column("to_whom", TEXT),
    Column("address", TEXT),
    sqlite_strict=True,
)
Index("ix_audit_at", audit.c.at)
