"""Time expressions: spans and values of every rule's examples, what is no time, anchors, and the time of an event."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.reading._times import find_times, time_of
from onrecord.reading._times._calendar import a_month as month
from onrecord.reading._times._calendar import a_week, easter, islamic, narrowed, shifted
from onrecord.reading._times._grammar import Rule, compile_grammar, grammar
from onrecord.records import Granularity, LexiconError

PUBLISHED = "2023-10-14"  # a Saturday
_MARKED = re.compile(r"\[([^\]=]+) = ([^\]]+)\]")
RIGHT = [(rule, sentence) for rule in grammar().rules for sentence in rule.finds]
WRONG = [(rule, sentence) for rule in grammar().rules for sentence in rule.leaves]


def read(nlp: Language, sentence: str, *, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    """The words and value of every time, ranges whole."""
    if sentence.startswith("("):
        published, sentence = None, sentence.partition(") ")[2]
    return [(sentence[t.start : t.end], t.value) for t in find_times(nlp(sentence), published=published)]


@pytest.mark.parametrize(("rule", "marked"), RIGHT, ids=[f"{rule.id}: {text}" for rule, text in RIGHT])
def test_every_example_of_a_rule_is_found_with_its_value(nlp: Language, rule: Rule, marked: str) -> None:
    found = read(nlp, _MARKED.sub(r"\1", marked))
    assert set(_MARKED.findall(marked)) <= set(found)


@pytest.mark.parametrize(("rule", "sentence"), WRONG, ids=[f"{rule.id}: {text}" for rule, text in WRONG])
def test_no_rule_finds_a_time_in_its_counterexamples(nlp: Language, rule: Rule, sentence: str) -> None:
    assert rule.id not in [draft.because for draft in find_times(nlp(sentence), published=PUBLISHED)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The verb may be on page 12, and they may march on.",
        "They won 2-1 and the bill passed by 214 to 201 votes.",
        "See page 1945 of the report.",
        "Resolution 2231 was adopted.",
        "The 40-year-old man is 40 years old.",
        "He paid $1,999 for 2 kg.",
        "Theresa May met April Jones.",
    ],
)
def test_numbers_names_and_verbs_that_are_no_times_stay_unread(nlp: Language, sentence: str) -> None:
    assert read(nlp, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The ministers met on Monday.", "2023-10-09"),
        ("The ministers will meet on Monday.", "2023-10-16"),
        ("Talks planned for Tuesday were welcomed.", "2023-10-17"),
        ("The vote is on Sunday.", "2023-10-15"),
        ("The summit is to be held in March.", "2024-03"),
        ("The summit was held in March.", "2023-03"),
        ("Elections are scheduled for 5 February.", "2024-02-05"),
        ("She resigned on 5 November.", "2022-11-05"),
        ("He said on Saturday that it was over.", "2023-10-14"),
        ("The union announced a strike for Monday.", "2023-10-16"),
    ],
)
def test_a_planned_day_lies_ahead_and_a_past_one_behind(nlp: Language, sentence: str, value: str) -> None:
    assert [found for _, found in read(nlp, sentence)] == [value]


@pytest.mark.parametrize(
    ("sentence", "begin", "finish"),
    [
        ("It rained in early May 2022.", "2022-05-01", "2022-05-10"),
        ("It rained in the 1990s.", "1990-01-01", "1999-12-31"),
        ("Twelve died in the past 24 hours.", "2023-10-13", "2023-10-14"),
        ("They met this week.", "2023-10-09", "2023-10-15"),
        ("They fought in the winter of 2021.", "2021-12-01", "2022-02-28"),
        ("They met from 3 May to 7 May 2022.", "2022-05-03", "2022-05-07"),
        ("He has been held since Monday.", "2023-10-09", "2023-10-14"),
        ("They must leave by the end of June 2024.", None, "2024-06-30"),
        ("He lived there until 1998.", None, "1998-12-31"),
        ("The bank was founded before 1998.", None, "1997-12-31"),
        ("He was freed after 1998.", "1999-01-01", None),
    ],
)
def test_times_have_their_first_and_last_day(
    nlp: Language, sentence: str, begin: str | None, finish: str | None
) -> None:
    (draft,) = find_times(nlp(sentence), published=PUBLISHED)
    assert (draft.begin, draft.finish) == (begin, finish)


def test_without_a_date_of_publication_relative_times_stay_relative(nlp: Language) -> None:
    found = find_times(
        nlp("He left yesterday, on Friday, a week ago, last month; she left on 5 May 2001."), published=None
    )
    assert [(draft.value, draft.anchored) for draft in found] == [
        ("P-1D", False),
        ("XXXX-WXX-5", False),
        ("P-1W", False),
        ("P-1M", False),
        ("2001-05-05", True),
    ]


def test_a_date_with_time_and_zone_counts_as_its_own_day(nlp: Language) -> None:
    doc = nlp("He left yesterday.")
    for published in ("2023-10-14T23:30:00+03:00", date(2023, 10, 14), datetime(2023, 10, 14, 23, 30)):
        assert find_times(doc, published=published)[0].value == "2023-10-13"


def test_dates_in_digits_follow_the_order_that_the_article_shows(nlp: Language) -> None:
    assert [v for _, v in read(nlp, "Filed on 04/03/2021 and again on 04/25/2021.")] == ["2021-04-03", "2021-04-25"]
    assert [v for _, v in read(nlp, "Filed on 04/03/2021 and again on 25/04/2021.")] == ["2021-03-04", "2021-04-25"]
    assert [v for _, v in read(nlp, "Filed on 10/11/2023.", published="2023-10-14")] == ["2023-10-11"]


def test_the_attack_in_a_relative_clause_gets_its_time_and_the_speaking_does_not_lend_its_own(nlp: Language) -> None:
    doc = nlp(
        "He said on Saturday that rebels freed the men in the aftermath of their raid on the town, which occurred one week ago."
    )
    times = find_times(doc, published=PUBLISHED)
    words = {token.text: token.i for token in doc}
    raid = time_of(doc, words["raid"], times, status="happened")
    assert raid is not None
    assert times[raid.time].value == "2023-10-07"
    assert time_of(doc, words["freed"], times, status="happened") is None


@pytest.mark.parametrize(
    ("sentence", "trigger", "value"),
    [
        ("On Monday troops entered the city and arrested ten men.", "arrested", "2023-10-09"),
        ("Monday's attack killed ten people.", "attack", "2023-10-09"),
        ("The minister will travel to Doha on Tuesday to meet his colleague.", "meet", "2023-10-17"),
        ("The minister said on Monday that the army had withdrawn.", "withdrawn", None),
        ("Police arrested a man after an attack on Thursday.", "arrested", None),
        ("Protesters marched on Friday.", "marched", "2023-10-13"),
    ],
)
def test_an_event_takes_the_time_of_its_own_clause(
    nlp: Language, sentence: str, trigger: str, value: str | None
) -> None:
    doc = nlp(sentence)
    times = find_times(doc, published=PUBLISHED)
    when = time_of(doc, next(token.i for token in doc if token.text == trigger), times, status=None)
    assert (None if when is None else times[when.time].value) == value


@pytest.mark.parametrize(
    ("text", "trigger", "value", "step"),
    [
        ("Troops entered the town on Monday.", "entered", "2023-10-09", "clause"),
        ("On Monday troops entered the town and arrested ten men.", "arrested", "2023-10-09", "sentence"),
        ("Gunmen attacked the post on Monday. They killed two guards.", "killed", "2023-10-09", "discourse"),
        ("Gunmen attacked the post on Monday. They fled. Police arrested two.", "arrested", "2023-10-09", "discourse"),
        ("Gunmen attacked the post on Monday. They had killed two guards.", "killed", None, None),
        ("The governor said on Monday that he would go. Gunmen killed two guards.", "killed", None, None),
        ("At 5 p.m. gunmen attacked the post. Police killed two men.", "killed", None, None),
        ("Gunmen attacked the post in May. They killed two guards.", "killed", None, None),
        ("Gunmen attacked the post on Monday. In 2011 they killed two guards.", "killed", "2011", "clause"),
        ("It was the third attack this year.", "attack", None, None),
        ("On Monday she met ten workers dismissed by the mayor.", "dismissed", None, None),
    ],
)
def test_an_act_has_the_time_of_its_clause_then_sentence_then_discourse_and_says_which(
    nlp: Language, text: str, trigger: str, value: str | None, step: str | None
) -> None:
    doc = nlp(text)
    times = find_times(doc, published=PUBLISHED)
    token = next(token.i for token in doc if token.text == trigger)
    when = time_of(doc, token, times, status="happened", discourse=True)
    assert (None if when is None else times[when.time].value) == value
    assert (None if when is None else when.step) == step


def test_an_act_that_is_asked_for_is_not_of_the_day_of_the_asking(nlp: Language) -> None:
    doc = nlp("The minister stressed on Monday the importance of talks.")
    times = find_times(doc, published=PUBLISHED)
    words = {token.text: token.i for token in doc}
    assert time_of(doc, words["talks"], times, status="called_for") is None
    assert time_of(doc, words["stressed"], times, status="happened") is not None


def test_every_granularity_is_one_of_the_record_format(nlp: Language) -> None:
    text = "At 5 pm on Monday, in May 2022, last week, in the 1990s, in the 19th century, for two years, now, in Q3 2021, last night."
    found = find_times(nlp(text), published=PUBLISHED)
    assert len(found) >= 8
    assert {draft.granularity for draft in found} <= set(Granularity)


def test_calendar_arithmetic_holds_at_its_edges() -> None:
    assert a_week(date(2021, 1, 3)).value == "2020-W53"
    assert shifted(date(2023, 3, 31), -1, "month") == date(2023, 2, 28)
    assert shifted(date(1, 1, 1), -1, "day") is None
    assert easter(2024) == date(2024, 3, 31)
    assert abs((islamic(1445, 9, 1) - date(2024, 3, 11)).days) <= 1
    assert narrowed(month(2022, 5), "END").begin == date(2022, 5, 22)


def test_a_rule_with_an_unknown_key_or_a_name_taken_is_refused() -> None:
    row = {"id": "a", "level": 1, "is": "D", "op": "drop", "match": ["x"]}
    words: dict[str, Any] = {"classes": {}, "sets": {}, "captures": {}, "capitals": []}
    with pytest.raises(LexiconError, match="unknown"):
        compile_grammar(words, [{**row, "finds_not": []}])
    with pytest.raises(LexiconError, match="two rules"):
        compile_grammar(words, [row, row])
    with pytest.raises(LexiconError, match="no set"):
        compile_grammar(words, [{**row, "match": ["<NOPE>"]}])
    with pytest.raises(LexiconError, match="nothing at all"):
        compile_grammar(words, [{**row, "match": ["x?"]}])


_WORDS = [
    "May",
    "5",
    "2022",
    ",",
    "-",
    "to",
    "the",
    "last",
    "week",
    "of",
    "Monday",
    "night",
    "at",
    "10:30",
    "pm",
    "early",
    "two",
    "years",
    "ago",
    "1990s",
    "99999",
    "/",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=12))
def test_any_row_of_time_words_is_read_without_error_and_spans_are_in_order(words: list[str]) -> None:
    import spacy

    doc = spacy.blank("en")(" ".join(words))
    if doc:
        doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    position = 0
    for draft in find_times(doc, published=PUBLISHED):
        assert position <= draft.start < draft.end <= len(doc.text)
        position = draft.end
