"""Events by sourcing: reviewers take those on the weakest word first."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the index."""
    op.get_bind().exec_driver_sql("CREATE INDEX ix_events_sourcing_day ON events (sourcing, first_day DESC, id DESC)")


def downgrade() -> None:
    """Ledgers are not taken back to older versions."""
