"""Fixtures shared by all tests."""

from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped language pipeline."""
    from onrecord import language

    return language.load()
