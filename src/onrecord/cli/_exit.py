"""Exit codes of the ``onrecord`` command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code of ``onrecord`` says. ``meaning`` is the line that help and documentation show."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Exit:
        """A code with its meaning."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    DONE = 0, "everything was read"
    NOTHING_READ = 1, "nothing could be read; the reasons are on standard error"
    USAGE = 2, "a wrong option or argument; nothing was read"
    SOME_SET_ASIDE = 3, "some inputs were set aside, the others were read"
    BROKEN = 4, "the program itself failed: its model is missing, a worker process died, a ledger cannot be used"
    INTERRUPTED = 130, "stopped by Ctrl-C"
    OUTPUT_CLOSED = 141, "whoever read the output stopped reading (onrecord … | head)"
