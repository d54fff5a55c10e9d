"""From drafts on tokens to records with ids and character spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.reading._acts import Act
from onrecord.reading._figures import FigureDraft
from onrecord.reading._parties import Parties, Party
from onrecord.reading._places import PlaceDraft
from onrecord.reading._statements import StatementDraft
from onrecord.reading._times import TimeDraft
from onrecord.records import (
    Article,
    Entity,
    EntityKind,
    Event,
    Figure,
    Mention,
    MentionForm,
    OwnType,
    Place,
    Reading,
    Span,
    Statement,
    Time,
)

_FAR = 6


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its sources, event, place and time (draft indices)."""

    draft: FigureDraft
    attribution: tuple[int, ...]
    event: int | None
    place: int | None
    time: int | None


def assemble(
    article: Article,
    doc: Doc,
    *,
    parties: Parties,
    places: Sequence[PlaceDraft],
    times: Sequence[TimeDraft],
    statements: Sequence[StatementDraft],
    acts: Sequence[Act],
    counts: Sequence[Count],
    own_types: Mapping[str, OwnType] | None = None,
) -> Reading:
    """The reading of ``article``: drafts numbered in text order, spans in characters of ``article.text``."""
    write = _Writer(article.text, doc)
    used = _used_parties(acts, statements)
    shown = [i for i, party in enumerate(parties.all) if party.mentions and (i in used or _stands_alone(party))]
    shown.sort(key=lambda i: parties.all[i].mentions[0].start)
    entity = {i: f"n{number}" for number, i in enumerate(shown, 1)}
    said = _ids("s", ((i, _first_token(draft)) for i, draft in enumerate(statements)))
    figure = {count.draft.head: f"f{i}" for i, count in enumerate(counts, 1)}
    return Reading(
        article=article,
        entities=tuple(write.entity(entity[i], parties.all[i]) for i in shown),
        places=tuple(write.place(f"p{i}", draft) for i, draft in enumerate(places, 1)),
        times=tuple(write.time(f"t{i}", draft) for i, draft in enumerate(times, 1)),
        events=tuple(write.event(f"e{i}", act, entity, said) for i, act in enumerate(acts, 1)),
        statements=tuple(write.statement(id_, statements[i], entity, said) for i, id_ in said.items()),
        figures=tuple(write.figure(count, said, figure) for count in counts),
        types=tuple(own for name, own in sorted((own_types or {}).items()) if any(act.type == name for act in acts)),
    )


def _ids(letter: str, keyed: Iterable[tuple[int, int]]) -> dict[int, str]:
    return {i: f"{letter}{number}" for number, (i, _) in enumerate(sorted(keyed, key=lambda pair: pair[1]), 1)}


def _first_token(draft: StatementDraft) -> int:
    starts = [start for start, _ in draft.content]
    return min([*starts, draft.cue[0]] if draft.cue else starts)


def _used_parties(acts: Sequence[Act], statements: Sequence[StatementDraft]) -> set[int]:
    used = {party for act in acts for party in (*act.actors, *act.recipients)}
    for draft in statements:
        used.update(party for party in (draft.speaker, draft.medium) if party is not None)
    return used


def _stands_alone(party: Party) -> bool:
    """Named parties are listed even when they take part in nothing; unnamed groups only when they do."""
    return any(mention.form == "name" for mention in party.mentions)


class _Writer:
    """Turns token ranges into spans of one article."""

    def __init__(self, text: str, doc: Doc) -> None:
        self._text = text
        self._starts = [token.idx for token in doc]
        self._ends = [token.idx + len(token) for token in doc]
        self._sentences: dict[int, tuple[int, int]] = {}
        for sentence in doc.sents:
            first, last = _trimmed(doc, sentence.start, sentence.end)
            for i in range(sentence.start, sentence.end):
                self._sentences[i] = (first, last)

    def span(self, start: int, end: int) -> Span:
        """The span of tokens ``start`` to ``end`` (exclusive)."""
        return Span.of(self._text, self._starts[start], self._ends[end - 1])

    def sentence(self, i: int) -> Span:
        """The sentence of token ``i``."""
        return self.span(*self._sentences[i])

    def entity(self, id_: str, party: Party) -> Entity:
        return Entity(
            id=id_,
            name=party.name,
            kind=EntityKind(party.kind),
            country=party.country,
            sectors=party.sectors,
            role=party.role,
            key=party.key,
            mentions=tuple(
                Mention(**self.span(item.start, item.end).model_dump(), form=MentionForm(item.form))
                for item in party.mentions
            ),
            because=party.because,
        )

    def place(self, id_: str, draft: PlaceDraft) -> Place:
        return Place(
            id=id_,
            name=draft.name,
            country=draft.country,
            admin1=draft.admin1,
            latitude=draft.latitude,
            longitude=draft.longitude,
            precision=draft.precision,
            key=draft.key,
            mentions=tuple(self.span(start, end) for start, end in draft.mentions),
        )

    def time(self, id_: str, draft: TimeDraft) -> Time:
        return Time(
            id=id_,
            span=Span.of(self._text, draft.start, draft.end),
            value=draft.value,
            start=draft.begin,
            end=draft.finish,
            granularity=draft.granularity,
            anchored=draft.anchored,
        )

    def event(self, id_: str, act: Act, entity: dict[int, str], said: dict[int, str]) -> Event:
        return Event(
            id=id_,
            type=act.type,
            mode=act.mode,
            contexts=act.contexts,
            actors=tuple(entity[i] for i in act.actors),
            recipients=tuple(entity[i] for i in act.recipients),
            place=_numbered("p", act.place),
            time=_numbered("t", act.time),
            status=act.status,
            attribution=tuple(said[i] for i in act.attribution),
            span=self._words(act.trigger),
            sentence=self.sentence(act.trigger[0]),
            mentions=tuple(self._words(trigger) for trigger in sorted(act.told) if trigger != act.trigger),
            because=act.because,
        )

    def _words(self, trigger: tuple[int, ...]) -> Span:
        first, last = _close_words(trigger)
        return self.span(first, last + 1)

    def statement(self, id_: str, draft: StatementDraft, entity: dict[int, str], said: dict[int, str]) -> Statement:
        return Statement(
            id=id_,
            speaker=None if draft.speaker is None else entity[draft.speaker],
            medium=None if draft.medium is None else entity[draft.medium],
            cue=None if draft.cue is None else self.span(*draft.cue),
            content=tuple(self.span(start, end) for start, end in draft.content),
            style=draft.style,
            stance=draft.stance,
            attribution=tuple(said[i] for i in draft.parents),
        )

    def figure(self, count: Count, said: dict[int, str], ids: dict[int, str]) -> Figure:
        """``ids``: of figures by the token that heads their number."""
        draft = count.draft
        return Figure(
            id=ids[draft.head],
            kind=draft.kind,
            low=draft.low,
            high=draft.high,
            bound=draft.bound,
            scope=draft.scope,
            currency=draft.currency,
            whom=draft.whom,
            part_of=None if draft.part_of is None else ids.get(draft.part_of),
            revises=None if draft.revises is None else ids.get(draft.revises),
            place=_numbered("p", count.place),
            time=_numbered("t", count.time),
            event=_numbered("e", count.event),
            attribution=tuple(said[i] for i in count.attribution),
            span=self.span(*draft.span),
            sentence=self.sentence(draft.head),
            because=draft.because,
        )


def _close_words(trigger: tuple[int, ...]) -> tuple[int, int]:
    """First and last token of the words around the deciding one; words further off would drag half the clause along."""
    first = last = trigger[0]
    for i in sorted(trigger[1:], key=lambda i: abs(i - trigger[0])):
        if first - _FAR <= i <= last + _FAR:
            first, last = min(first, i), max(last, i)
    return first, last


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return start, end


def _numbered(letter: str, index: int | None) -> str | None:
    return None if index is None else f"{letter}{index + 1}"
