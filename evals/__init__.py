"""Measures onrecord against public corpora and its own suites, and keeps pinned floors.

``python -m evals`` prints one table. Every scorer is a function ``score(data: Path) -> list[Score]`` in a module of
its own, whose docstring says how the corpus's labels are mapped to ours. Nothing here is part of the installed
package.
"""
