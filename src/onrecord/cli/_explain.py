"""``onrecord explain``: a rule for people to read."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Sequence
from pathlib import Path

import typer

from onrecord.cli._exit import Exit


def explain_rule(rule: str | None, *, lexicon: Sequence[Path] = ()) -> Exit:
    """Print what ``rule`` means, or the names of all rules; say so when there is no such rule."""
    from onrecord.cli._lexicon import usable
    from onrecord.reading._explain import explain, rule_names

    usable(lexicon)
    if rule is None:
        typer.echo("\n".join(rule_names(lexicon=lexicon)))
        return Exit.DONE
    found = explain(rule, lexicon=lexicon)
    if not found:
        near = difflib.get_close_matches(rule, rule_names(lexicon=lexicon), n=4, cutoff=0.5)
        hint = f"Did you mean {', '.join(near)}?" if near else "`onrecord explain` alone lists all rules."
        typer.echo(f"onrecord: no rule is called {rule!r}. {hint}", err=True)
        return Exit.USAGE
    for i, one in enumerate(found):
        if i:
            typer.echo()
        typer.echo(one.rule)
        _echo(one.says, indent=2)
        for line in one.wording:
            _echo(line, indent=4)
        for heading, lines in (("must match", one.matches), ("must leave alone", one.leaves)):
            if lines:
                _echo(f"{heading}:", indent=2)
            for line in lines:
                _echo(line, indent=4)
        if one.source:
            typer.echo(f"  source: {one.source}")
    return Exit.DONE


def _echo(line: str, *, indent: int) -> None:
    """One line, folded; what is folded stands deeper."""
    margin = " " * indent
    typer.echo(textwrap.fill(line, 100, initial_indent=margin, subsequent_indent=margin + "  ", break_long_words=False))
