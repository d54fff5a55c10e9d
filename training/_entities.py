"""One set of entity labels from corpora that never agreed on theirs.

Every corpus maps each of its labels to the *set* of ours that it may stand for, and its "outside" to outside or any
type it does not annotate. Training then asks only that the right answer lies in the set (a partial-label loss), so a
name that a corpus leaves out on purpose is never taught as "no name".
"""

from __future__ import annotations

from dataclasses import dataclass

TYPES = ("PER", "ORG", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "MISC")
TAGS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
INDEX = {tag: i for i, tag in enumerate(TAGS)}


@dataclass(frozen=True)
class LabelMap:
    """`types`: a corpus label -> our types it may be. `unannotated`: our types it never marks.

    `loose`: labels whose own boundaries are not trusted; such words may also be outside.
    `ignored`: labels that are nothing to us (dates, money) and count as outside.
    """

    types: dict[str, tuple[str, ...]]
    unannotated: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def allowed(self, tags: list[str]) -> list[int]:
        """Allowed tags of each word as bits over `TAGS`."""
        return [self._bits(tag) for tag in tags]

    def begin_where_missing(self, tags: list[str]) -> list[str]:
        """Repair IO and IOB1 tagging to IOB2: a span begins with B."""
        out = []
        before = "O"
        for tag in tags:
            if tag.startswith("I-") and before[2:] != tag[2:]:
                tag = "B" + tag[1:]
            out.append(tag)
            before = tag
        return out

    def _bits(self, tag: str) -> int:
        mark, _, label = tag.partition("-")
        if mark == "O" or label in ("", "O") or label in self.ignored:
            return self._outside()
        bits = 0
        for kind in self.types[label]:
            bits |= 1 << INDEX[f"{mark}-{kind}"]
            if label in self.loose:
                bits |= 1 << INDEX[f"B-{kind}"] | 1 << INDEX[f"I-{kind}"]
        return bits | 1 if label in self.loose else bits

    def _outside(self) -> int:
        bits = 1
        for kind in self.unannotated:
            bits |= 1 << INDEX[f"B-{kind}"] | 1 << INDEX[f"I-{kind}"]
        return bits


def span_set(tags: list[str]) -> set[tuple[int, int, str]]:
    """Spans of a BIO sequence; a stray I opens a span."""
    out: set[tuple[int, int, str]] = set()
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[0] != "I" or tag[2:] != tags[start][2:]):
            out.add((start, i, tags[start][2:]))
            start = -1
        if tag != "O" and start < 0:
            start = i
    return out


OTHER = ("NORP", "EVENT", "PRODUCT", "MISC")

UNER = LabelMap(
    # The guidelines count facilities as places; OTH follows another convention in the training file than elsewhere.
    types={"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "FAC"), "OTH": OTHER},
    unannotated=OTHER,
    loose=("OTH",),
)
WORLDWIDE = LabelMap(
    types={
        "Person": ("PER",),
        "Organization": ("ORG",),
        "Location": ("LOC",),
        "Facility": ("FAC",),
        "NORP": ("NORP",),
        "Product": ("PRODUCT",),
        "Misc": ("MISC", "EVENT"),
    },
    ignored=("Date", "Money"),
)
WIKIGOLD = LabelMap(types={"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "FAC"), "MISC": OTHER})
CROSSNER = LabelMap(
    types={
        "politician": ("PER",),
        "person": ("PER",),
        "politicalparty": ("ORG",),
        "organisation": ("ORG",),
        "country": ("LOC",),
        "location": ("LOC", "FAC"),
        "election": ("EVENT",),
        "event": ("EVENT",),
        "misc": ("NORP", "PRODUCT", "MISC"),
    },
)
WNUT17 = LabelMap(
    types={
        "person": ("PER",),
        "corporation": ("ORG",),
        "group": ("ORG",),
        "location": ("LOC", "FAC"),
        "product": ("PRODUCT",),
        "creative-work": ("MISC", "PRODUCT"),
    },
    unannotated=("NORP", "EVENT", "MISC"),
)
