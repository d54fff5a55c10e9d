"""What was in a ledger before articles were compared as they came: compared once, when the schema is brought up."""

from __future__ import annotations

import logging

from sqlalchemy import Connection, select, update

from onrecord.ledger import _tables as t
from onrecord.ledger._engine import Writing, later_than
from onrecord.ledger._placing import compare
from onrecord.ledger._review import reviewed_article

_EVERY = 1000

log = logging.getLogger("onrecord.ledger")


def compare_all(connection: Connection) -> None:
    """Compare all articles, in the order in which they came. Says so, since it takes a while: some 30 ms each."""
    articles = connection.execute(select(t.articles.c.id).order_by(t.articles.c.number)).scalars().all()
    if not articles:
        return
    now = later_than(connection.execute(select(t.clock.c.changed_at)).scalar_one())
    connection.execute(update(t.clock).values(changed_at=now))
    writing = Writing(connection, now)
    for done, article in enumerate(articles):
        if done % _EVERY == 0 and len(articles) > _EVERY:
            log.warning("the ledger is of an older version; comparing its articles once: %d of %d", done, len(articles))
        compare(writing, reviewed_article(connection, article))
