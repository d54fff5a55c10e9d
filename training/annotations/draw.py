"""Which sentences of the Current Events portal of 2025 were annotated: a seeded draw, stratified by month and category.

`python -m training.annotations.draw FILE` prints one sentence a line: id of the entry, span in its text, hash of the
sentence, separated by tabs. An entry that is drawn is annotated whole, so that "he" and "the group" have their context.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 2025
# Entries a month. Categories without politics stay in: a coder must also learn to be silent.
WANTED = {
    "Armed conflicts and attacks": 26,
    "Law and crime": 17,
    "Politics and elections": 16,
    "International relations": 15,
    "Disasters and accidents": 9,
    "Business and economy": 5,
    "Health and environment": 3,
    "Arts and culture": 2,
    "Science and technology": 2,
    "Sports": 2,
}
VARIANTS = {
    "Attacks and armed conflicts": "Armed conflicts and attacks",
    "Disaster and accidents": "Disasters and accidents",
    "Disasters and incidents": "Disasters and accidents",
    "Law and Crime": "Law and crime",
    "Science and Technology": "Science and technology",
}
END = re.compile(r'[.!?]["”’)\]]*\s+(?=["“(\[]?[A-Z0-9])')
ABBREVIATIONS = set(
    "U.S U.N U.K U.S.A D.C L.A a.m p.m St Mr Dr Mt No Jr Sr Fr v vs Gen Lt Col Sgt Capt Maj Rep Sen Gov Prof Inc Corp "
    "Ltd".split()
)


def draw(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries to annotate, by id; of entries with the same text the first counts."""
    strata: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    seen: set[str] = set()
    for entry in entries:
        if entry["text"] not in seen:
            seen.add(entry["text"])
            strata[entry["date"][:7], VARIANTS.get(entry["category"], entry["category"])].append(entry)
    chance = random.Random(SEED)
    drawn = []
    for month, category in sorted(strata):
        stratum = strata[month, category]
        drawn += chance.sample(stratum, min(WANTED[category], len(stratum)))
    return sorted(drawn, key=lambda entry: str(entry["id"]))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of an entry; good enough for this corpus, the annotation keeps the spans anyway."""
    start = 0
    for end in END.finditer(text):
        words = text[start : end.start()].split()
        last = words[-1].strip('("“') if words else ""
        if text[end.start()] == "." and (last in ABBREVIATIONS or re.fullmatch("[A-Z]", last)):
            continue
        yield start, end.start() + len(end.group().rstrip())
        start = end.end()
    yield start, len(text.rstrip())


def fingerprint(sentence: str) -> str:
    """The first twelve hex digits of the SHA-256 of a sentence."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def main(path: Path) -> None:
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for entry in draw(entries):
        for start, end in sentences(entry["text"]):
            print(entry["id"], start, end, fingerprint(entry["text"][start:end]), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
