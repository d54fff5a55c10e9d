"""What the ledger keeps to know copies and reports of one event again, and what people decided about the latter.

Articles go by their number here: an id of 64 letters in every key of an index would make the file several times as big.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table

from onrecord.ledger._tables import NUMBER, TEXT, JsonText, metadata


def _number(*, primary_key: bool = True) -> Column[int]:
    """The number of an article, as a reference."""
    target = ForeignKey("articles.number", ondelete="CASCADE")
    return Column("number", Integer, target, primary_key=primary_key, nullable=False, autoincrement=False)


origins = Table(
    "origins",
    metadata,
    _number(),
    Column("article_id", TEXT, nullable=False),
    Column("original", Integer, nullable=False),
    Column("alike", Integer),
    Column("kind", TEXT, CheckConstraint("kind IN ('exact', 'near', 'reworded')", name="kind")),
    Column("score", NUMBER),
    Column("agency", TEXT),
    Column("agency_from", TEXT),
    Column("changed_at", TEXT, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    sqlite_strict=True,
)
Index("ix_origins_original", origins.c.original)
Index("ix_origins_changed_at", origins.c.changed_at)

# What is looked up by, and nothing else: taken out by their keys, so that no second index is needed to find them.
copy_keys = Table(
    "copy_keys",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    _number(),
    Column("story", TEXT, nullable=False),
    Column("periods", JsonText, nullable=False),
    Column("changed_at", TEXT, nullable=False),
    sqlite_strict=True,
)

story_keys = Table(
    "story_keys",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

clusters = Table(
    "clusters",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    Column("newest", TEXT, nullable=False),
    Column("changed_at", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("ix_clusters_newest", clusters.c.newest.desc(), clusters.c.id.desc(), clusters.c.articles)
Index("ix_clusters_independent_sources", clusters.c.independent_sources)
Index("ix_clusters_changed_at", clusters.c.changed_at)

cluster_events = Table(
    "cluster_events",
    metadata,
    Column("event_id", TEXT, primary_key=True),
    _number(primary_key=False),
    Column("cluster", TEXT, nullable=False),
    Column("reason", JsonText, nullable=False),
    Column("features", TEXT, nullable=False),
    Column("changed_at", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("ix_cluster_events_number", cluster_events.c.number)
Index("ix_cluster_events_cluster", cluster_events.c.cluster, cluster_events.c.number)
Index("ix_cluster_events_changed_at", cluster_events.c.changed_at)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("action", TEXT, CheckConstraint("action IN ('split', 'merge', 'undo')", name="action"), nullable=False),
    Column("cluster", TEXT, nullable=False),
    Column("undoes", Integer, ForeignKey("decisions.id")),
    Column("reviewer", TEXT, nullable=False),
    Column("note", TEXT),
    Column("changed_at", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("ix_decisions_changed_at", decisions.c.changed_at)
# A decision is undone once.
Index("uq_decisions_undoes", decisions.c.undoes, unique=True)

decision_events = Table(
    "decision_events",
    metadata,
    Column("decision", Integer, ForeignKey("decisions.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    # No reference: a decision outlives the machine's record, and even the article.
    Column("event_id", TEXT, nullable=False),
    # The cluster it was moved from; nothing where it was left or met.
    Column("moved_from", TEXT),
    sqlite_strict=True,
)
Index("ix_decision_events_event_id", decision_events.c.event_id)
