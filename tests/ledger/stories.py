"""Readings made by hand, quickly and in any number: what a reader would say of small invented articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.ingest import Rejected
from onrecord.records import (
    Article,
    Entity,
    Event,
    Figure,
    InputError,
    Mention,
    Place,
    Reading,
    Span,
    Statement,
    Time,
    check,
)  # fmt: skip

ARMIES = [("Northern Army", "SDN"), ("Red Brigade", "COD"), ("Border Guard", "IND"), ("Coast Militia", "SOM")]
TOWNS = [("Sake", "COD", -1.57, 29.04), ("Kutum", "SDN", 14.2, 24.66), ("Leh", "IND", 34.16, 77.58)]
ACTS = [("ASSAULT", "attacked", "happened"), ("CONSULT", "will meet", "planned"), ("COERCE", "arrested", "happened"),
        ("RETREAT", "left", "negated")]  # fmt: skip


def text_of(number: int) -> str:
    """The text of the article with this number; every number's is different."""
    army, town = ARMIES[number % 4][0], TOWNS[number % 3][0]
    words = ACTS[number % 4][1]
    return (
        f"Report {number}. The {army} {words} farmers in {town} on Monday, Anna Okwir said. "
        f"At least {number % 90 + 3} people died."
    )


def story(number: int = 0, **fields: object) -> Reading:
    """The reading of article ``number``: one event, one statement, one figure, and what they refer to."""
    fields.setdefault("published", f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}")
    return read(Article.of(text_of(number), **fields))


def read(article: Article) -> Reading:
    """Read an article that ``text_of`` made."""
    text = article.text
    number = int(text.split(".")[0].removeprefix("Report "))
    (army, country), (town, where, latitude, longitude) = ARMIES[number % 4], TOWNS[number % 3]
    kind, words, status = ACTS[number % 4]
    first, second = text.index("The "), text.index("At least")
    sentence, last = Span.of(text, first, second - 1), Span.of(text, second, len(text))

    def span(of: str) -> Span:
        return Span.of(text, text.index(of), text.index(of) + len(of))

    def mention(of: str, form: str = "name") -> Mention:
        return Mention(**span(of).model_dump(), form=form)

    day = (article.published or "2024-01-01")[:10]
    return check(Reading(
        article=article,
        entities=(
            Entity(id="n1", name=army, kind="organisation", country=country, sectors=("MIL",), mentions=(mention(army),), because="name"),
            Entity(id="n2", name="farmers", kind="group", mentions=(mention("farmers", "description"),), because="role"),
            Entity(id="n3", name="Anna Okwir", kind="person", country="UGA", key="person:okwir", mentions=(mention("Anna Okwir"),), because="name"),
        ),
        places=(Place(id="p1", name=town, country=where, latitude=latitude, longitude=longitude, precision="city", mentions=(span(town),)),),
        times=(Time(id="t1", span=span("Monday"), value=day, start=day, end=day, granularity="day", anchored=True),),
        events=(Event(id="e1", type=kind, actors=("n1",), recipients=("n2",), place="p1", time="t1", status=status,
                      attribution=("s1",), span=span(words), sentence=sentence, because="rule"),),
        statements=(Statement(id="s1", speaker="n3", cue=span("said"), content=(Span.of(text, first, text.index(", Anna")),), style="indirect", stance="asserts"),),
        figures=(Figure(id="f1", kind="killed", low=number % 90 + 3, bound="at_least", scope="incident", event="e1", place="p1",
                        span=span(f"At least {number % 90 + 3} people"), sentence=last, because="rule"),),
    ))  # fmt: skip


def read_many(items: Iterable[Article | Rejected]) -> Iterator[Reading | Rejected]:
    """A reader that needs no model; an article that says so cannot be read."""
    for item in items:
        if isinstance(item, Rejected):
            yield item
        elif "unreadable" in item.text:
            yield Rejected("text", InputError("text", "it says so", "Leave it out."))
        else:
            yield read(item)
