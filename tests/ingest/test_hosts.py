"""Publisher from an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest._hosts import publisher_of


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.example.com/a", "example.com"),
        ("https://news.thestar.com.my/a", "thestar.com.my"),
        ("https://andina.pe/a", "andina.pe"),
        ("http://BBC.co.uk:80/a", "bbc.co.uk"),
        ("https://co.uk/a", "co.uk"),
        ("https://127.0.0.1/a", None),
        ("https://[::1]/a", None),
        ("https://localhost/a", None),
        ("mailto:jane@example.com", None),
        ("https://a b", None),
        ("https://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_the_registered_part_of_the_host_is_the_publisher(url: str | None, publisher: str | None) -> None:
    assert publisher_of(url) == publisher


@given(st.text().map(lambda text: "https://" + text))
def test_any_address_has_a_publisher_or_none(url: str) -> None:
    assert publisher_of(url) != ""
