"""How far the two passes over the same sentences agree: `python -m training.annotations.agreement`.

Both files hold offsets only, so no text is needed. Events pair up as in `evals.current_events`: equal type and a shared
character of the words of the act; over pairs, status, mode and parties (overlapping spans in the same role).
"""

from __future__ import annotations

from typing import Any

from evals._metrics import Counts, largest_pairing, pair_up, percent
from evals._reading import overlap
from evals.current_events import FOLDER, annotated

Item = dict[str, Any]


def agreement(first: list[Item], second: list[Item]) -> dict[str, float]:
    """Agreement in per cent by name, with the counts it rests on."""
    others = {key(item): item for item in second}
    events, parties, figures = Counts(), Counts(), Counts()
    status = mode = kind = 0
    for item in first:
        other = others[key(item)]
        pairs = pair_up(item["events"], other["events"], event_rank)
        events.add(len(pairs), len(item["events"]), len(other["events"]))
        for i, j in pairs:
            a, b = item["events"][i], other["events"][j]
            status += a["status"] == b["status"]
            mode += a["mode"] == b["mode"]
            for role in ("actors", "recipients"):
                parties.add(len(largest_pairing(a[role], b[role], overlaps)), len(a[role]), len(b[role]))
        same = pair_up(item["figures"], other["figures"], figure_rank)
        figures.add(len(same), len(item["figures"]), len(other["figures"]))
        kind += sum(item["figures"][i]["kind"] == other["figures"][j]["kind"] for i, j in same)
    return {
        "sentences": len(first),
        "events of the first": events.gold,
        "events of the second": events.said,
        "events F1": events.f1,
        "status": percent(status, events.right),
        "mode": percent(mode, events.right),
        "parties F1": parties.f1,
        "figures F1": figures.f1,
        "kind of figure": percent(kind, figures.right),
    }


def key(item: Item) -> tuple[str, int]:
    return item["id"], item["span"][0]


def event_rank(a: Item, b: Item) -> tuple[float, ...] | None:
    words = [(a["trigger"], *a.get("also", ())), (b["trigger"], *b.get("also", ()))]
    if a["type"] != b["type"] or not any(overlaps(x, y) for x in words[0] for y in words[1]):
        return None
    return float(a["status"] == b["status"]), float(overlaps(a["trigger"], b["trigger"]))


def figure_rank(a: Item, b: Item) -> tuple[float, ...] | None:
    return (1.0,) if overlaps(a["span"], b["span"]) and (a["low"], a["high"]) == (b["low"], b["high"]) else None


def overlaps(a: list[int], b: list[int]) -> bool:
    return overlap((a[0], a[1]), (b[0], b[1])) > 0


def main() -> None:
    folder = FOLDER / "agreement"
    for name, value in agreement(annotated(folder / "first.jsonl"), annotated(folder / "second.jsonl")).items():
        print(f"{name:22} {value:.1f}" if isinstance(value, float) else f"{name:22} {value}")


if __name__ == "__main__":
    main()
