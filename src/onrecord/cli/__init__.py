"""The command line: parses arguments, shows progress, prints."""

from __future__ import annotations


def main() -> None:
    """Run the ``onrecord`` command."""
    from onrecord.cli._app import run

    run()


__all__ = ["main"]
