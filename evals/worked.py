"""The worked article of the record format: ten rows that its reading must hold.

`worked_rows`: share of the rows found, read with the publication day 2023-10-14. n: rows. The article (a re-worded
wire story) lies in the folder `seed` beside the data folder; each row's function says what it looks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals._metrics import percent
from evals._reading import read
from evals._score import Missing, Score
from onrecord.records import Entity, Event, Reading, Status


@dataclass(frozen=True)
class View:
    """Look-ups in one reading."""

    reading: Reading

    def entities(self, ids: tuple[str, ...]) -> list[Entity]:
        return [item for item in self.reading.entities if item.id in ids]

    def events(self, type_: str, words: str, mode: str | None = None) -> list[Event]:
        """Events of a type in sentences with these words, any of the modes written as a|b."""
        modes = mode.split("|") if mode else []
        return [
            item
            for item in self.reading.events
            if item.type == type_ and words in item.sentence.text and (not modes or item.mode in modes)
        ]

    def has(self, ids: tuple[str, ...], name: str) -> bool:
        """Whether one of these entities bears the name."""
        return any(name in item.name for item in self.entities(ids))

    def speakers(self, attribution: tuple[str, ...]) -> list[str]:
        """Names along a chain; "?" where nobody is named."""
        said = {item.id: item for item in self.reading.statements}
        by_id = {item.id: item.name for item in self.reading.entities}
        return [by_id.get(said[id_].speaker or "", "?") for id_ in attribution]

    def day(self, event: Event) -> str | None:
        return next((item.start for item in self.reading.times if item.id == event.time), None)

    def place(self, id_: str | None) -> str | None:
        return next((item.name for item in self.reading.places if item.id == id_), None)


def planned_meeting(view: View) -> bool:
    """Bogdanov plans to meet Hamas in Qatar; a hedge and RIA among the sources of its mentions."""
    found = [
        item
        for item in view.reading.events
        if item.type == "CONSULT" and view.has(item.actors, "Bogdanov") and view.has(item.recipients, "Hamas")
    ]
    bogdanov = [item for item in view.reading.entities if item.name == "Mikhail Bogdanov"]
    named = {name for item in view.reading.events for name in view.speakers(item.attribution)}
    return (
        bool(found)
        and all(item.status == Status.planned for item in found if "arrangements" in item.sentence.text)
        and not any(item.status == Status.happened for item in found)
        and any(view.place(item.place) == "Qatar" for item in found)
        and len(bogdanov) == 1
        and (bogdanov[0].country, bogdanov[0].sectors) == ("RUS", ("GOV",))
        and any("RIA" in name for name in named)
        and "?" in named
    )


def release_is_hypothetical(view: View) -> bool:
    found = view.events("RETREAT", "release of hostages", "release")
    return bool(found) and not any(item.status in (Status.happened, Status.ongoing) for item in found)


def hostages_taken(view: View) -> bool:
    return any(
        item.status == Status.happened
        and view.has(item.actors, "Hamas")
        and any(entity.country == "ISR" for entity in view.entities(item.recipients))
        and view.day(item) == "2023-10-07"
        for item in view.events("ASSAULT", "hostages", "abduct")
    )


def attack_on_israel(view: View) -> bool:
    return any(
        item.type == "ASSAULT"
        and item.mode != "abduct"
        and item.status == Status.happened
        and view.has(item.actors, "Hamas")
        and view.has(item.recipients, "Israel")
        and view.day(item) == "2023-10-07"
        for item in view.reading.events
    )


def direct_quotation(view: View) -> bool:
    return any(
        "If they wish" in item.content[0].text
        and "(meeting)" in " ".join(span.text for span in item.content)
        and item.style == "direct"
        and view.has((item.speaker or "",), "Bogdanov")
        for item in view.reading.statements
    )


def toll_of_the_attack(view: View) -> bool:
    attacks = {item.id for item in view.reading.events if item.type == "ASSAULT"}
    return any(
        (item.kind, item.low, item.high, item.bound) == ("killed", 1300, None, "more_than")
        and not item.attribution
        and item.event in attacks
        for item in view.reading.figures
    )


def airstrikes(view: View) -> bool:
    return any(
        item.status in (Status.happened, Status.ongoing) and view.has(item.actors, "Israel")
        for item in view.events("ASSAULT", "airstrikes", "aerial")
    )


def toll_of_gaza(view: View) -> bool:
    return any(
        item.low == 1900
        and item.kind in ("killed", "casualties")
        and (view.place(item.place) or "").startswith("Gaza")
        and any("Gaza" in name for name in view.speakers(item.attribution))
        for item in view.reading.figures
    )


def resolution(view: View) -> bool:
    drafting = [
        item
        for item in view.reading.events
        if item.status == Status.happened and view.has(item.actors, "Russia") and "resolution" in item.sentence.text
    ]
    ceasefire = view.events("RETREAT", "humanitarian ceasefire", "ceasefire")
    return bool(drafting) and bool(ceasefire) and all(item.status == Status.called_for for item in ceasefire)


def ground_assault(view: View) -> bool:
    putin = [
        item
        for item in view.reading.statements
        if view.has((item.speaker or "",), "Putin") and item.style in ("mixed", "direct")
    ]
    assault = [
        item
        for item in view.reading.events
        if item.type == "ASSAULT" and "ground assault" in item.sentence.text and view.has(item.actors, "Israel")
    ]
    return bool(putin) and bool(assault) and all(item.status == Status.hypothetical for item in assault)


ROWS: tuple[Callable[[View], bool], ...] = (
    planned_meeting,
    release_is_hypothetical,
    hostages_taken,
    attack_on_israel,
    direct_quotation,
    toll_of_the_attack,
    airstrikes,
    toll_of_gaza,
    resolution,
    ground_assault,
)


def score(data: Path) -> list[Score]:
    """`worked_rows`; rows that do not hold are named on standard error by the caller's table."""
    files = sorted((data.parent / "seed").glob("*.txt"))
    if not files:
        raise Missing(f"{data.parent / 'seed'} holds no article")
    view = View(read(files[0].read_text(encoding="utf-8"), name="worked", published="2023-10-14"))
    failing = [row.__name__ for row in ROWS if not row(view)]
    for name in failing:
        print(f"worked article: {name} does not hold")
    held = len(ROWS) - len(failing)
    return [Score("worked_rows", percent(held, len(ROWS)), "seed", len(ROWS))]
