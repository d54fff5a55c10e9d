"""Dates in datelines and addresses."""

from __future__ import annotations

import pytest

from onrecord.ingest._dates import complete, read_date, url_date, url_month


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("July 23", "--07-23"),
        ("23 July 2022", "2022-07-23"),
        ("Sept. 4, 2021", "2021-09-04"),
        ("4th of September", None),
        ("4th September", "--09-04"),
        ("2022-07-23", "2022-07-23"),
        ("29 February", "--02-29"),
        ("29 February 2023", None),
        ("31 April 2022", None),
        ("Saturday", None),
        ("", None),
    ],
)
def test_a_written_date_is_read_with_or_without_its_year(text: str, date: str | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.example/2022/07/23/talks", "2022-07-23"),
        ("https://a.example/news/2022/7/3/talks", "2022-07-03"),
        ("https://a.example/2022/jul/23/talks", "2022-07-23"),
        ("https://a.example/2022-07-28/talks", "2022-07-28"),
        ("https://a.example/view?ud=20220715000198&np=1", "2022-07-15"),
        ("https://a.example/stories/202207260304.html", "2022-07-26"),
        ("https://www.hindustantimes.com/india-news/talks-fail-101658838956490.html", "2022-07-26"),
        ("https://a.example/articles/14667745", None),
        ("https://a.example/2022/13/45/talks", None),
        ("https://a.example/2022/07/talks", None),
        ("https://20220715.example/talks", None),
        ("https://a.example/1066/10/14/hastings", None),
        (None, None),
    ],
)
def test_a_date_in_the_address_is_read(url: str | None, date: str | None) -> None:
    assert url_date(url) == date


def test_a_month_in_the_address_is_read() -> None:
    assert url_month("https://a.example/2022/07/talks") == "2022-07"
    assert url_month("https://a.example/2022/17/talks") is None


@pytest.mark.parametrize(
    ("partial", "near", "date"),
    [
        ("--12-30", "2023-01-02", "2022-12-30"),
        ("--01-02", "2022-12-30", "2023-01-02"),
        ("--07-23", "2022-07", "2022-07-23"),
        ("--07-23", "2022-08", None),
        ("--02-29", "2023-03-01", "2024-02-29"),
    ],
)
def test_a_day_without_a_year_takes_the_year_that_is_nearest(partial: str, near: str, date: str | None) -> None:
    assert complete(partial, near=near) == date
