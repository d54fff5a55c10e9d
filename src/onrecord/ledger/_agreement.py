"""How far reviewers agree on which records are right: per cent, Krippendorff's alpha, Cohen's kappa of each two.

Each reviewer's word on a record is its last verdict in force: wrong when rejected; right when accepted, added, or only
edited (an edit mends a record and so keeps it). Records that one reviewer alone judged count for nothing here.

* Per cent: of all pairs of reviewers who judged the same record, the share that says the same.
* Alpha, for any number of reviewers who each judged some of the records (Krippendorff, Content Analysis, 2004,
  section 11.3, nominal data): 1 is perfect, 0 what chance would give, below 0 worse than chance.
* Kappa, of two reviewers on the records both judged (Cohen 1960).

Alpha and kappa are None where all verdicts are the same: chance alone would then agree as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from onrecord.ledger._corrections import Correction

Verdicts = Mapping[str, Mapping[str, str]]
"""Each record's verdicts: by record, by reviewer."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two reviewers on the records that both judged. ``percent`` is 0 to 100."""

    reviewers: tuple[str, str]
    records: int
    percent: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All reviewers together. ``records``: judged by two or more; ``percent`` is None when there are none."""

    records: int
    percent: float | None
    alpha: float | None
    pairs: tuple[PairAgreement, ...]


def agreement(corrections: Iterable[Correction]) -> Agreement:
    """The agreement on right or wrong in corrections that are in force, oldest first."""
    shared = {record: said for record, said in verdicts(corrections).items() if len(said) > 1}
    same = sum(a == b for said in shared.values() for a, b in combinations(said.values(), 2))
    pairs = sum(len(said) * (len(said) - 1) // 2 for said in shared.values())
    return Agreement(len(shared), 100 * same / pairs if pairs else None, alpha(shared), tuple(_pairs(shared)))


def verdicts(corrections: Iterable[Correction]) -> dict[str, dict[str, str]]:
    """Each reviewer's verdict on each record: ``right`` or ``wrong``."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in corrections:
        said = found[one.record_id]
        if one.action == "edit":
            said.setdefault(one.reviewer, "right")
        else:
            said[one.reviewer] = "wrong" if one.action == "reject" else "right"
    return dict(found)


def alpha(shared: Verdicts) -> float | None:
    """Krippendorff's alpha for nominal data."""
    values: Counter[str] = Counter()
    differing = 0.0
    for said in shared.values():
        if len(said) < 2:
            continue
        counted = Counter(said.values())
        values.update(counted)
        differing += sum(n * (len(said) - n) for n in counted.values()) / (len(said) - 1)
    total = sum(values.values())
    expected = sum(n * (total - n) for n in values.values())
    return 1 - (total - 1) * differing / expected if expected else None


def _pairs(shared: Verdicts) -> Iterable[PairAgreement]:
    both: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for said in shared.values():
        for one, other in combinations(sorted(said), 2):
            both[one, other].append((said[one], said[other]))
    for names, judged in sorted(both.items()):
        share = sum(a == b for a, b in judged) / len(judged)
        yield PairAgreement(names, len(judged), 100 * share, _kappa(judged, share))


def _kappa(judged: list[tuple[str, str]], share: float) -> float | None:
    n = len(judged)
    first, second = Counter(a for a, _ in judged), Counter(b for _, b in judged)
    chance = sum(first[value] * second[value] for value in first) / n**2
    return (share - chance) / (1 - chance) if chance < 1 else None
