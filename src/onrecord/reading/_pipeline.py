"""One article through every part of reading, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from onrecord import language
from onrecord.ingest import Layout, layout
from onrecord.reading._acts import Act, merge, share_circumstances, taken_up
from onrecord.reading._assemble import Count, assemble
from onrecord.reading._events import EventDraft, find_events
from onrecord.reading._figures import FigureDraft, find_figures
from onrecord.reading._gazetteer import load_gazetteer
from onrecord.reading._home import hints
from onrecord.reading._own import load_lexicons
from onrecord.reading._parties import Parties, find_parties
from onrecord.reading._places import Places, find_places, place_of
from onrecord.reading._statements import Statements, find_statements
from onrecord.reading._status import status_of
from onrecord.reading._times import TimeDraft, find_times, time_of
from onrecord.reading._tolls import add_tolls
from onrecord.records import Article, Reading


@dataclass(frozen=True, slots=True)
class _Found:
    """What the earlier steps found, for the later ones."""

    doc: Doc
    parties: Parties
    places: Places
    times: tuple[TimeDraft, ...]
    statements: Statements


class Pipeline:
    """The loaded model and lexicons, and the order in which they are asked."""

    def __init__(self, *, encoder: str | None = None, lexicon: Sequence[str] = (), places: str | None = None) -> None:
        known = load_lexicons(lexicon)
        self._nlp = language.load(encoder=encoder)
        self._lexicon = known.lexicon
        self._frames = known.frames
        self._gazetteer = load_gazetteer(own=None if places is None else Path(places))

    def read(self, article: Article) -> Reading:
        """The reading of one article; a pure function of it."""
        frame = layout(article)
        doc = language.analyse(self._nlp, article)
        clusters = language.coref.resolve(doc)
        places = find_places(doc, self._gazetteer, dateline=frame.dateline)
        weights = hints(article, doc, places, self._lexicon, dateline=frame.dateline)
        parties = find_parties(doc, clusters, self._lexicon, published=article.published, hints=weights, places=places)
        statements = find_statements(doc, parties)
        parties = statements.parties or parties
        prose = _prose_tokens(doc, frame)
        figures = [draft for draft in find_figures(doc, parties) if draft.head in prose]
        found = _Found(
            doc=doc,
            parties=parties,
            places=places,
            times=find_times(doc, published=article.published),
            statements=add_tolls(doc, statements, figures, parties),
        )
        drafts = [draft for draft in find_events(doc, parties, self._frames) if draft.trigger[0] in prose]
        headlines = [(part.start, part.end) for part in frame.of("headline")]
        told = share_circumstances(doc, [_act(draft, found, headlines) for draft in drafts], parties)
        acts = merge(doc, told, parties, places=places.all, times=found.times)
        counts = [_count(draft, acts, found) for draft in figures]
        return assemble(
            article,
            doc,
            parties=parties,
            places=found.places.all,
            times=found.times,
            statements=found.statements.all,
            acts=acts,
            counts=counts,
            own_types=self._frames.types,
        )


def _prose_tokens(doc: Doc, frame: Layout) -> frozenset[int]:
    """Tokens outside the article's furniture; a headline is prose."""
    outside = [(item.start, item.end) for item in frame.furniture if item.kind != "headline"]
    return frozenset(
        token.i for token in doc if not token.is_space and not any(start <= token.idx < end for start, end in outside)
    )


def _act(draft: EventDraft, found: _Found, headlines: Sequence[tuple[int, int]]) -> Act:
    doc, head = found.doc, draft.trigger[0]
    status, because = status_of(doc, head, found.statements, found.parties, type=draft.type)
    chain = found.statements.around(head)
    when = time_of(doc, head, found.times, status=status, discourse=not chain)
    return Act(
        type=draft.type,
        mode=draft.mode,
        contexts=tuple(draft.contexts),
        actors=draft.actors,
        recipients=draft.recipients,
        trigger=draft.trigger,
        status=draft.status or status,
        attribution=chain,
        speakers=tuple(found.statements.all[i].speaker for i in chain),
        place=place_of(doc, head, found.places),
        time=None if when is None else when.time,
        because=" + ".join((draft.because, because, *(() if when is None else (when.because,)))),
        told=(draft.trigger,),
        headline=any(start <= doc[head].idx < end for start, end in headlines),
    )


def _count(draft: FigureDraft, acts: list[Act], found: _Found) -> Count:
    anchor = draft.head if draft.verb is None else draft.verb
    event = next((i for i, act in enumerate(acts) if anchor in act.mentions or anchor in act.trigger), None)
    if event is None:
        event = taken_up(found.doc, anchor, acts)
    place = place_of(found.doc, anchor, found.places)
    when = time_of(found.doc, anchor, found.times, status=None)
    time = None if when is None else when.time
    if event is not None:
        place = acts[event].place if place is None else place
        time = acts[event].time if time is None else time
    return Count(draft, found.statements.around(draft.head), event, place, time)
