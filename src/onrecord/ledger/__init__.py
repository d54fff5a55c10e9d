"""What do all the articles together say, and who contradicts whom? A database of readings and corrections."""

from onrecord.ledger._changes import since_moment
from onrecord.ledger._compare import ReportedEvent, SameEvent
from onrecord.ledger._corrections import REVIEWS, Correction, Disagreement, Reviewed
from onrecord.ledger._errors import (
    BadCorrection,
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerReadOnly,
    LedgerUnavailable,
    NewerLedger,
    NoSuchRecord,
    NotALedger,
)
from onrecord.ledger._ingest import Progress, Summary, ingest
from onrecord.ledger._ledger import Counts, Ledger, open_ledger
from onrecord.ledger._results import Change, Found, FoundArticle, FoundEvent, FoundFigure, SetAside, as_dict
from onrecord.ledger._series import Series
from onrecord.ledger._store import Kept
from onrecord.ledger._views import Conflict

__all__ = [
    "REVIEWS",
    "BadCorrection",
    "Change",
    "Conflict",
    "Correction",
    "Counts",
    "Disagreement",
    "Found",
    "FoundArticle",
    "FoundEvent",
    "FoundFigure",
    "Kept",
    "Ledger",
    "LedgerBusy",
    "LedgerDamaged",
    "LedgerError",
    "LedgerFull",
    "LedgerReadOnly",
    "LedgerUnavailable",
    "NewerLedger",
    "NoSuchRecord",
    "NotALedger",
    "Progress",
    "ReportedEvent",
    "Reviewed",
    "SameEvent",
    "Series",
    "SetAside",
    "Summary",
    "as_dict",
    "ingest",
    "open_ledger",
    "since_moment",
]
