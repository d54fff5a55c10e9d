"""Every layout rule against the examples beside it, and the layout of whole articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import Layout, Rule, layout, rules
from onrecord.ingest._conditions import CONDITIONS
from onrecord.records import Article

BODY = (
    "Floods hit Dhaka on Friday and thousands of people left their homes, officials of the cabinet said.\n\n"
    "Rebels from the north took the town soon afterwards, a doctor said by telephone from the hospital.\n"
)

MATCHES = [
    pytest.param(rule, example, id=f"{rule.id}: {example['line']}") for rule in rules() for example in rule.matches
]
LEAVES = [pytest.param(rule, line, id=f"{rule.id}: {line}") for rule in rules() for line in rule.leaves]


def place(rule: Rule, line: str) -> tuple[str, int]:
    """An article with the line where the rule looks, and where the line begins."""
    before = {
        "top": "",
        "head": "",
        "headend": "Two ministers quarrel over water\n\n",
        "start": BODY,
        "line": BODY,
        "end": BODY,
    }
    after = "" if rule.where == "end" else "\n\n" + BODY
    return before[rule.where] + line + after, len(before[rule.where])


def found_by(rule: Rule, line: str) -> tuple[Layout, str, int]:
    text, at = place(rule, line)
    return layout(Article.of(text)), text, at


@pytest.mark.parametrize(("rule", "example"), MATCHES)
def test_a_rule_finds_what_its_example_says(rule: Rule, example: dict[str, str]) -> None:
    found, text, at = found_by(rule, example["line"])
    parts = [part for part in found.furniture if at <= part.start < at + len(example["line"])]
    assert [part.because for part in parts] == [rule.id]
    part = parts[0]
    for field in ("place", "agency", "date", "person"):
        assert getattr(part, field) == example.get(field), field
    covered = text[part.start : part.end]
    rest = example["line"].replace(covered, "", 1).strip()
    assert rest == example.get("rest", "")


@pytest.mark.parametrize(("rule", "line"), LEAVES)
def test_a_rule_leaves_its_counter_examples_alone(rule: Rule, line: str) -> None:
    found, _, at = found_by(rule, line)
    same_kind = [part for part in found.of(rule.kind) if at <= part.start < at + len(line)]  # type: ignore[arg-type]
    assert same_kind == []


def test_every_condition_a_rule_needs_exists_and_every_condition_is_needed() -> None:
    assert {name for rule in rules() for name in rule.needs} == set(CONDITIONS)


def test_the_head_of_an_article_is_read_line_by_line() -> None:
    text = (
        "https://news.example.com/2022/07/24/talks\n\nTalks on water fail again\n\nBy Jane Doe and Ali Amin\n\n"
        "BAGHDAD, July 23 (Reuters) - Two ministers left the talks on Saturday without a deal, aides said.\n\n"
        "They will meet again. (Editing by Sam Roe)\n"
    )
    found = layout(Article.of(text))
    assert [(part.kind, text[part.start : part.end]) for part in found.furniture] == [
        ("url_line", "https://news.example.com/2022/07/24/talks"),
        ("headline", "Talks on water fail again"),
        ("byline", "By Jane Doe and Ali Amin"),
        ("dateline", "BAGHDAD, July 23 (Reuters) -"),
        ("credit", "(Editing by Sam Roe)"),
    ]
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.agency, found.dateline.date) == ("BAGHDAD", "Reuters", "--07-23")


def test_a_whole_date_in_the_text_goes_before_the_address() -> None:
    text = "https://example.com/2022/07/25/x\n\nCAIRO – 24 July 2022: The minister spoke to the press on Sunday.\n"
    assert layout(Article.of(text)).published_hint == "2022-07-24"


def test_a_day_without_a_year_is_completed_by_the_address_only() -> None:
    story = "CAIRO, July 24 (AP) — The minister of water spoke to the press on Sunday.\n"
    assert layout(Article.of(story)).published_hint is None
    assert layout(Article.of(story, url="https://example.com/2022/07/story")).published_hint == "2022-07-24"
    assert layout(Article.of(story, url="https://example.com/2022/09/story")).published_hint is None
    assert layout(Article.of(story, url="https://example.com/2022/07/26/story")).published_hint == "2022-07-26"


def test_a_text_without_furniture_has_none() -> None:
    text = "The minister spoke on Monday. Nobody answered.\nOn Tuesday he spoke again.\n"
    assert layout(Article.of(text)) == Layout()


def test_a_single_short_line_is_prose_not_a_headline() -> None:
    assert layout(Article.of("Police arrested two men in Cairo")).furniture == ()


def test_the_title_is_recognised_where_it_stands_in_the_text() -> None:
    text = "No deal.\nThe ministers left the talks on Saturday without a deal.\n"
    assert [part.kind for part in layout(Article.of(text, title="No deal.")).furniture] == ["headline"]


@given(st.text(), st.none() | st.text(max_size=30), st.none() | st.text(max_size=60))
def test_any_text_has_furniture_in_range_and_in_order(text: str, title: str | None, url: str | None) -> None:
    check_layout(layout(Article.of(text, title=title, url=url)), text)


PIECES = st.sampled_from(
    [
        "KABUL",
        "By Jane Doe",
        ",",
        " - ",
        "—",
        ": ",
        "(AFP)",
        "July 23",
        "2022",
        "\n",
        "\n\n",
        " ",
        "The army left.",
        "Reuters",
        "https://a.bc/1",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_mixture_of_furniture_stays_in_range_and_in_order(text: str) -> None:
    check_layout(layout(Article.of(text)), text)


def check_layout(found: Layout, text: str) -> None:
    """Parts lie inside the text, in order, without overlap, and cut nothing but whole words' edges."""
    end = 0
    for part in found.furniture:
        assert end <= part.start < part.end <= len(text)
        assert text[part.start : part.end].strip() == text[part.start : part.end]
        end = part.end
