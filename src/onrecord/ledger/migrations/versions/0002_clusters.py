"""Copies, reports of one event, and what people decide about them; what is in already is compared once."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = """
CREATE TABLE origins (
  number INTEGER NOT NULL,
  article_id TEXT{c} NOT NULL,
  original INTEGER NOT NULL,
  alike INTEGER,
  kind TEXT{c},
  score {real},
  agency TEXT{c},
  agency_from TEXT{c},
  changed_at TEXT{c} NOT NULL,
  signature {bytes} NOT NULL,
  CONSTRAINT pk_origins PRIMARY KEY (number),
  CONSTRAINT fk_origins_number FOREIGN KEY (number) REFERENCES articles (number) ON DELETE CASCADE,
  CONSTRAINT ck_origins_kind CHECK (kind IN ('exact', 'near', 'reworded'))
){strict}

CREATE INDEX ix_origins_original ON origins (original)

CREATE INDEX ix_origins_changed_at ON origins (changed_at)

CREATE TABLE copy_keys (
  key INTEGER NOT NULL,
  number INTEGER NOT NULL,
  CONSTRAINT pk_copy_keys PRIMARY KEY (key, number)
){narrow}

CREATE TABLE stories (
  number INTEGER NOT NULL,
  story TEXT{c} NOT NULL,
  periods TEXT NOT NULL,
  changed_at TEXT{c} NOT NULL,
  CONSTRAINT pk_stories PRIMARY KEY (number),
  CONSTRAINT fk_stories_number FOREIGN KEY (number) REFERENCES articles (number) ON DELETE CASCADE
){strict}

CREATE TABLE story_keys (
  key INTEGER NOT NULL,
  period INTEGER NOT NULL,
  number INTEGER NOT NULL,
  CONSTRAINT pk_story_keys PRIMARY KEY (key, period, number)
){narrow}

CREATE TABLE clusters (
  id TEXT{c} NOT NULL,
  articles INTEGER NOT NULL,
  independent_sources INTEGER NOT NULL,
  newest TEXT{c} NOT NULL,
  changed_at TEXT{c} NOT NULL,
  CONSTRAINT pk_clusters PRIMARY KEY (id)
){strict}

CREATE INDEX ix_clusters_newest ON clusters (newest DESC, id DESC, articles)

CREATE INDEX ix_clusters_independent_sources ON clusters (independent_sources)

CREATE INDEX ix_clusters_changed_at ON clusters (changed_at)

CREATE TABLE cluster_events (
  event_id TEXT{c} NOT NULL,
  number INTEGER NOT NULL,
  cluster TEXT{c} NOT NULL,
  reason TEXT NOT NULL,
  features TEXT{c} NOT NULL,
  changed_at TEXT{c} NOT NULL,
  CONSTRAINT pk_cluster_events PRIMARY KEY (event_id),
  CONSTRAINT fk_cluster_events_number FOREIGN KEY (number) REFERENCES articles (number) ON DELETE CASCADE
){strict}

CREATE INDEX ix_cluster_events_number ON cluster_events (number)

CREATE INDEX ix_cluster_events_cluster ON cluster_events (cluster, number)

CREATE INDEX ix_cluster_events_changed_at ON cluster_events (changed_at)

CREATE TABLE decisions (
  id INTEGER NOT NULL,
  action TEXT{c} NOT NULL,
  cluster TEXT{c} NOT NULL,
  undoes INTEGER,
  reviewer TEXT{c} NOT NULL,
  note TEXT{c},
  changed_at TEXT{c} NOT NULL,
  CONSTRAINT pk_decisions PRIMARY KEY (id),
  CONSTRAINT fk_decisions_undoes FOREIGN KEY (undoes) REFERENCES decisions (id),
  CONSTRAINT ck_decisions_action CHECK (action IN ('split', 'merge', 'undo'))
){strict}

CREATE INDEX ix_decisions_changed_at ON decisions (changed_at)

CREATE UNIQUE INDEX uq_decisions_undoes ON decisions (undoes)

CREATE TABLE decision_events (
  decision INTEGER NOT NULL,
  position INTEGER NOT NULL,
  event_id TEXT{c} NOT NULL,
  moved_from TEXT{c},
  CONSTRAINT pk_decision_events PRIMARY KEY (decision, position),
  CONSTRAINT fk_decision_events_decision FOREIGN KEY (decision) REFERENCES decisions (id)
){strict}

CREATE INDEX ix_decision_events_event_id ON decision_events (event_id)
"""
_KEPT = {
    "sqlite": """
CREATE TRIGGER decisions_kept_u BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions are only ever added to');
END

CREATE TRIGGER decisions_kept_d BEFORE DELETE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions are only ever added to');
END

CREATE TRIGGER decision_events_kept_u BEFORE UPDATE ON decision_events BEGIN
  SELECT RAISE(ABORT, 'decisions are only ever added to');
END

CREATE TRIGGER decision_events_kept_d BEFORE DELETE ON decision_events BEGIN
  SELECT RAISE(ABORT, 'decisions are only ever added to');
END
""",
    "postgresql": """
CREATE FUNCTION decisions_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'decisions are only ever added to';
END
$$

CREATE TRIGGER decisions_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions
  FOR EACH STATEMENT EXECUTE FUNCTION decisions_kept()

CREATE TRIGGER decision_events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_events
  FOR EACH STATEMENT EXECUTE FUNCTION decisions_kept()
""",
}
_CHANGES = """
UNION ALL SELECT changed_at, 'origin', article_id, article_id, 'changed' FROM origins
UNION ALL SELECT changed_at, 'cluster', id, NULL, 'changed' FROM clusters
UNION ALL SELECT p.changed_at, 'placement', p.event_id, r.id, 'changed'
  FROM cluster_events p JOIN articles r ON r.number = p.number
UNION ALL SELECT changed_at, 'decision', CAST(id AS TEXT), NULL, 'changed' FROM decisions
UNION ALL SELECT changed_at, kind, record_id, NULLIF(article_id, ''), 'deleted' FROM deletions"""
_WORDS = {
    "sqlite": {"c": "", "real": "REAL", "bytes": "BLOB", "strict": " STRICT",
               "narrow": " STRICT, WITHOUT ROWID"},
    "postgresql": {"c": ' COLLATE "C"', "real": "DOUBLE PRECISION", "bytes": "BYTEA", "strict": "", "narrow": ""},
}  # fmt: skip


def upgrade() -> None:
    """Create the tables, let the views tell of them, and compare the articles that are in."""
    bind = op.get_bind()
    dialect = bind.dialect.name
    for statement in (_TABLES.format(**_WORDS[dialect]) + _KEPT[dialect]).strip().split("\n\n"):
        bind.exec_driver_sql(statement)
    for statement in _views(dialect):
        bind.exec_driver_sql(statement)
    from onrecord.ledger._fill import compare_all

    compare_all(bind)


def _views(dialect: str) -> list[str]:
    """The views of the first schema with what is new: more changes, and how many tell of an event."""
    first = Path(__file__).with_name(f"0001_first.{dialect}.sql").read_text(encoding="utf-8")
    changes, events = (
        statement.rstrip(";")
        for statement in first.split("\n\n")
        if statement.startswith(("CREATE VIEW changes", "CREATE VIEW event_list"))
    )
    known, _ = changes.split("\nUNION ALL SELECT changed_at, kind, record_id")
    told = ", c.id AS cluster, c.articles, c.independent_sources"
    listed = events.replace("e.review, e.article_id\n", f"e.review, e.article_id{told}\n")
    joined = " LEFT JOIN cluster_events w ON w.event_id = e.id LEFT JOIN clusters c ON c.id = w.cluster"
    return ["DROP VIEW changes", "DROP VIEW event_list", known + _CHANGES, listed + joined]


def downgrade() -> None:
    """Ledgers are not taken back to older versions."""
