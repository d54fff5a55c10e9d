"""What do all the articles together say, and who contradicts whom? A database of readings and corrections."""

from onrecord.ledger._agreement import Agreement
from onrecord.ledger._changes import since_moment
from onrecord.ledger._clusters import Decision
from onrecord.ledger._compare import ReportedEvent, SameEvent
from onrecord.ledger._corrections import REVIEWS, Correction, Disagreement, Reviewed
from onrecord.ledger._errors import (
    BadCorrection,
    ChangedMeanwhile,
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
from onrecord.ledger._history import Act
from onrecord.ledger._ingest import Progress, Summary, ingest
from onrecord.ledger._latest import Latest, latest
from onrecord.ledger._ledger import Counts, Ledger, open_ledger
from onrecord.ledger._precision import Precision
from onrecord.ledger._queue import ORDERS, WAITING, Waiting
from onrecord.ledger._results import (
    Change,
    Found,
    FoundArticle,
    FoundEvent,
    FoundFigure,
    FoundParty,
    FoundSource,
    SetAside,
    as_dict,
)
from onrecord.ledger._review import Sheet, Sitting
from onrecord.ledger._series import Series
from onrecord.ledger._store import Kept
from onrecord.ledger._summaries import Cited, Edge, Network, Spot, Volume
from onrecord.ledger._users import ROLES, Account, Accounts, Deed, TooManyTries
from onrecord.ledger._views import Conflict

__all__ = [
    "ORDERS",
    "REVIEWS",
    "ROLES",
    "WAITING",
    "Account",
    "Accounts",
    "Act",
    "Agreement",
    "BadCorrection",
    "Change",
    "ChangedMeanwhile",
    "Cited",
    "Conflict",
    "Correction",
    "Counts",
    "Decision",
    "Deed",
    "Disagreement",
    "Edge",
    "Found",
    "FoundArticle",
    "FoundEvent",
    "FoundFigure",
    "FoundParty",
    "FoundSource",
    "Kept",
    "Latest",
    "Ledger",
    "LedgerBusy",
    "LedgerDamaged",
    "LedgerError",
    "LedgerFull",
    "LedgerReadOnly",
    "LedgerUnavailable",
    "Network",
    "NewerLedger",
    "NoSuchRecord",
    "NotALedger",
    "Precision",
    "Progress",
    "ReportedEvent",
    "Reviewed",
    "SameEvent",
    "Series",
    "SetAside",
    "Sheet",
    "Sitting",
    "Spot",
    "Summary",
    "TooManyTries",
    "Volume",
    "Waiting",
    "as_dict",
    "ingest",
    "latest",
    "open_ledger",
    "since_moment",
]
