"""When: time expressions with their values, and the time of an event. The grammar is ``lexicon/times.yaml``."""

from __future__ import annotations

from onrecord.reading._times._attach import When, time_of
from onrecord.reading._times._draft import TimeDraft
from onrecord.reading._times._find import find_times

__all__ = ["TimeDraft", "When", "find_times", "time_of"]
