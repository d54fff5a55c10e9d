"""An article that wishes its readers ill, in every field that a page or an answer shows."""

from __future__ import annotations

from onrecord.records import Article, Entity, Event, Figure, Mention, Place, Reading, Span, Statement, Time, check

SCRIPT = "<script>alert(1)</script>"
HANDLER = '"><img src=x onerror=alert(2)>'
TURNED = "\u202egnp.exe\u2066\u200b"
BAD_URL = "javascript:alert(3)//https://fine.example"
TEXT = (
    f"{SCRIPT} Army {HANDLER} attacked {TURNED} people in {SCRIPT}ville on Monday, the {{{{7*7}}}} 'spokesman' said. "
    "At least 7 died."
)


def hostile(*, long: int = 0) -> Reading:
    """The reading of the article; with ``long``, its last paragraph has so many characters without a space."""
    text = f"{TEXT}\n\n{'a' * long}" if long else TEXT

    def span(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    def entity(id_: str, name: str, kind: str) -> Entity:
        mention = Mention(**span(name).model_dump(), form="name")
        return Entity(id=id_, name=name, kind=kind, role=SCRIPT, mentions=(mention,), because="by hand")

    sentence, last = span(TEXT[: TEXT.index(" At least")]), span("At least 7 died.")
    return check(
        Reading(
            article=Article.of(
                text,
                title=f"{SCRIPT}{HANDLER}{TURNED}",
                publisher=f"{HANDLER}{TURNED}",
                url=BAD_URL,
                authors=(SCRIPT,),
                published="2024-05-01",
            ),
            entities=(
                entity("n1", f"{SCRIPT} Army {HANDLER}", "organisation"),
                entity("n2", f"{TURNED} people", "group"),
                entity("n3", "{{7*7}} 'spokesman'", "person"),
            ),
            places=(
                Place(id="p1", name=f"{SCRIPT}ville", latitude=1.5, longitude=2.5, precision="city", mentions=(span(f"{SCRIPT}ville"),)),
            ),
            times=(
                Time(id="t1", span=span("Monday"), value="2024-04-29", start="2024-04-29", end="2024-04-29", granularity="day", anchored=True),
            ),
            events=(
                Event(
                    id="e1", type="ASSAULT", status="happened", actors=("n1",), recipients=("n2",), place="p1", time="t1",
                    attribution=("s1",), span=span("attacked"), sentence=sentence, because="by hand",
                ),
            ),
            statements=(
                Statement(id="s1", speaker="n3", cue=span("said"), content=(span(f"{SCRIPT} Army {HANDLER} attacked"),), style="indirect", stance="asserts"),
            ),
            figures=(
                Figure(id="f1", kind="killed", low=7, bound="at_least", scope="incident", whom=SCRIPT, event="e1", place="p1",
                       attribution=("s1",), span=span("At least 7"), sentence=last, because="by hand"),
            ),
        )
    )  # fmt: skip
