"""An article's place among the others: what it is a copy of, and which events of others its events are reports of.

Part of the transaction that puts the article in, reads it again, corrects it or takes it out.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert

from onrecord.ledger import _tables as t
from onrecord.ledger._clusters import Clusterer
from onrecord.ledger._corrections import Reviewed
from onrecord.ledger._engine import Writing
from onrecord.ledger._features import EventFeatures, Story, features_of
from onrecord.ledger._origins import agency_of
from onrecord.ledger._stored_clusters import SqlEvents
from onrecord.ledger._stored_copies import SqlCopies


def compare(writing: Writing, reviewed: Reviewed) -> None:
    """Compare a new article with all others; its rows are in."""
    article = reviewed.reading.article
    index = SqlEvents(writing)
    index.touch(SqlCopies(writing).add(article, agency_of(article)))
    story = Story.of(reviewed.reading)
    index.tell(story)
    _place(index, reviewed, story)


def compare_again(writing: Writing, reviewed: Reviewed) -> None:
    """Place the events of an article whose records have changed; its text has not."""
    _place(SqlEvents(writing), reviewed, Story.of(reviewed.reading))


def take_out(writing: Writing, article_id: str) -> None:
    """Forget an article's events and words; what was compared with it is compared anew."""
    index = SqlEvents(writing)
    clusterer = Clusterer(index)
    for event in list(index.of_article(article_id)):
        clusterer.remove(event)
    index.touch(SqlCopies(writing).remove(article_id))
    index.settle()
    gone = {"kind": "origin", "record_id": article_id, "article_id": article_id, "changed_at": writing.now}
    writing.connection.execute(insert(t.deletions), gone)


def _place(index: SqlEvents, reviewed: Reviewed, story: Story) -> None:
    """Make the article's placed events those that it has now. One that differs in nothing stays where it is."""
    wrong = {reviewed.ids[own] for own, review in reviewed.reviews.items() if review == "rejected"}
    events = [one for one in features_of(reviewed.reading, story=story, ids=reviewed.ids) if one.id not in wrong]
    before = index.of_article(story.article)
    clusterer = Clusterer(index)
    for gone in sorted(before.keys() - {event.id for event in events}):
        clusterer.remove(gone)
    index.expect(events)
    for event in events:
        known = before.get(event.id)
        if known is not None and _compared(known) == _compared(event):
            if known != event:
                index.renew(event)
            continue
        if known is not None:
            clusterer.remove(event.id)
        clusterer.place(event)
    index.settle()


def _compared(event: EventFeatures) -> EventFeatures:
    """An event without what is shown of it only."""
    return replace(event, status=None, speakers=())
