"""The first schema: articles, their readings as records, corrections, and what was set aside."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything. What the two databases say alike is said twice, so that each file reads as what is there."""
    file = Path(__file__).with_name(f"0001_first.{op.get_bind().dialect.name}.sql")
    for statement in file.read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """There is nothing before it."""
