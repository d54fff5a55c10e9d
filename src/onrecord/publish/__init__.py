"""How people get at readings: the terminal (`screen`), one HTML page (`html`), a notebook cell (`notebook`)."""

from onrecord.publish import html, notebook, screen

__all__ = ["html", "notebook", "screen"]
