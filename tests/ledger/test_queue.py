"""What waits for a reviewer comes once, in order, whatever others do; and what is measured with it is right."""

from __future__ import annotations

import itertools

import pytest

from onrecord.ledger import BadCorrection, ChangedMeanwhile, Correction, Ledger, Sitting
from onrecord.ledger._agreement import agreement
from onrecord.ledger._precision import wilson
from onrecord.records import Article, BadOption, Span
from tests.ledger.stories import read, story

EVENTS = 12


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger of twelve articles with an event, a statement and a figure each."""
    for number in range(EVENTS):
        ledger.add(story(number))
    return ledger


def taken(
    ledger: Ledger, kind: str = "event", /, *, reviewer: str = "Ada", limit: int = 5, **asked: object
) -> list[str]:
    """All that waits, a page at a time."""
    found: list[str] = []
    after = None
    while True:
        page = ledger.queue(kind, reviewer=reviewer, limit=limit, after=after, **asked)  # type: ignore[arg-type]
        found += [one.id for one in page]
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("order", ["newest", "sourcing", "conflict", "random"])
@pytest.mark.parametrize("limit", [1, 5, 100])
def test_pages_together_give_every_event_once(full: Ledger, order: str, limit: int) -> None:
    every = [one.id for one in full.events()]
    found = taken(full, order=order, limit=limit)
    assert len(found) == EVENTS and set(found) == set(every)
    if order == "newest":
        assert found == every


@pytest.mark.parametrize("kind", ["figure", "statement"])
@pytest.mark.parametrize("order", ["newest", "random"])
def test_figures_and_statements_wait_too(full: Ledger, kind: str, order: str) -> None:
    found = taken(full, kind, order=order)
    assert len(found) == len(set(found)) == EVENTS
    full.reject(found[3], reviewer="Ada")
    assert taken(full, kind, order=order) == [one for one in found if one != found[3]]


def test_every_question_of_events_narrows_the_queue(full: Ledger) -> None:
    asked = {"party": "Red Brigade", "status": "planned", "place": "IND", "source": "Anna Okwir", "text": "farmers"}
    assert taken(full, **asked) == [one.id for one in full.events(**asked)]  # type: ignore[arg-type]
    assert 0 < len(taken(full, **asked)) < EVENTS
    assert len(taken(full, "figure", kind="killed", since="2024-06-01")) == len(full.figures(since="2024-06-01")) > 0


def test_what_i_judged_is_gone_and_comes_back_when_it_is_undone_by_anybody(full: Ledger) -> None:
    first = taken(full)[0]
    done = full.accept(first, reviewer="Ada")
    assert first not in taken(full)
    assert first in taken(full, reviewer="Ben")
    assert first not in taken(full, reviewer="Ben", waiting="anyone")
    undone = full.undo(done.id, reviewer="Ben")
    assert first in taken(full) and first in taken(full, waiting="anyone")
    full.accept(first, reviewer="Ben")  # reviewed again, by somebody else: mine is still undone
    assert first in taken(full)
    full.undo(undone.id, reviewer="Ada")
    assert first not in taken(full)


def test_a_second_reviewer_gets_what_others_judged(full: Ledger) -> None:
    a, b, *_ = taken(full)
    full.accept(a, reviewer="Ada")
    full.reject(b, reviewer="Ada")
    assert set(taken(full, reviewer="Ben", waiting="second")) == {a, b}
    assert taken(full, reviewer="Ada", waiting="second") == []
    full.accept(b, reviewer="Ben")
    assert taken(full, reviewer="Ben", waiting="second", order="random") == [a]


def test_a_mark_goes_on_behind_its_record_though_that_was_judged(full: Ledger) -> None:
    for order in ("newest", "sourcing", "conflict", "random"):
        every = taken(full, reviewer="Mark", order=order)
        third = full.queue(reviewer="Mark", order=order, limit=3)[2]
        judged = full.reject(third.id, reviewer="Mark")
        rest = full.queue(reviewer="Mark", order=order, limit=100, after=third.mark)
        assert [one.id for one in rest] == every[3:]
        full.undo(judged.id, reviewer="Mark")


def test_the_weakest_word_comes_first(full: Ledger) -> None:
    reading = full.reviewed(full.article_ids()[7])
    event = reading.ids["e1"]
    full.edit(reading.ids["s1"], "speaker", None, reviewer="Ed")
    assert {one.id: one.sourcing for one in full.events()}[event] == "unnamed"
    assert taken(full, order="sourcing")[0] == event


def test_what_reports_or_reviewers_differ_on_comes_first(full: Ledger) -> None:
    every = taken(full, order="conflict")
    assert every == taken(full)
    told, disputed = every[5], every[8]
    event = next(one for one in full.events() if one.id == told)
    # The same words with another trailer and another day: a second report of the same event.
    text = full.reading(event.article_id).article.text
    full.add(read(Article.of(text + " It was the second such report.", published=event.first_day)))
    (copy,) = {one.id for one in full.events()} - set(every)
    assert full.same_event(copy).id == full.same_event(told).id
    assert taken(full, order="conflict")[0] not in (told, copy)
    full.edit(copy, "status", "hypothetical", reviewer="Ed")
    full.accept(disputed, reviewer="Ed")
    full.reject(disputed, reviewer="Fay")
    found = taken(full, order="conflict")
    assert set(found[:3]) == {told, copy, disputed}
    assert found[3:] == [one for one in every if one not in (told, disputed)]


def test_a_seed_is_an_order_and_another_seed_is_another(full: Ledger) -> None:
    orders = {seed: tuple(taken(full, order="random", seed=seed)) for seed in range(20)}
    assert orders[3] == tuple(taken(full, order="random", seed=3, limit=2))
    assert len({order[0] for order in orders.values()}) > 4
    full.add(story(50))
    assert [one for one in taken(full, order="random", seed=3) if one in orders[3]] == list(orders[3])


def test_what_waits_is_counted_to_a_limit(full: Ledger) -> None:
    assert full.waiting(reviewer="Ada") == EVENTS
    assert full.waiting(reviewer="Ada", at_most=5) == 5
    full.accept(taken(full)[0], reviewer="Ada")
    assert full.waiting(reviewer="Ada") == EVENTS - 1
    assert full.waiting("figure", reviewer="Ada", kind="injured") == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"order": "best"}, "newest, sourcing, conflict, random"),
        ({"waiting": "all"}, "me, anyone, second"),
        ({"colour": "red"}, "colour"),
        ({"type": "war"}, "ASSAULT"),
        ({"after": "x"}, "mark"),
        ({"after": "0/only"}, "mark"),
        ({"order": "random", "after": "0/a/b"}, "mark"),
    ],
)
def test_what_cannot_be_asked_is_said(full: Ledger, asked: dict[str, str], said: str) -> None:
    with pytest.raises(BadOption, match=said):
        full.queue(reviewer="Ada", **asked)
    with pytest.raises(BadOption, match="for events"):
        full.queue("figure", reviewer="Ada", order="sourcing")
    with pytest.raises(BadOption, match="event, figure, statement"):
        full.queue("opinion", reviewer="Ada")
    with pytest.raises(BadOption, match="mark"):
        full.queue("statement", reviewer="Ada", after="0/x/y")


# ----------------------------------------------------------------------------------------- what was seen, and together


def test_a_record_that_changed_since_it_was_seen_is_not_judged(full: Ledger) -> None:
    event = full.events()[0].id
    seen = full.sheet(event).seen
    full.accept(event, reviewer="Ben")  # another's verdict changes nothing in the record
    full.accept(event, reviewer="Ada", seen=seen)
    full.edit(event, "status", "planned", reviewer="Ben", seen=seen)
    for act in (full.accept, full.reject):
        with pytest.raises(ChangedMeanwhile, match="Ben's"):
            act(event, reviewer="Cy", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        full.edit(event, "mode", "visit", reviewer="Cy", seen=seen)
    assert not [one for one in full.corrections() if one.reviewer == "Cy"]
    full.accept(event, reviewer="Cy", seen=full.sheet(event).seen)


def test_a_sitting_is_kept_whole_or_not_at_all_and_a_refusal_may_be_passed_over(full: Ledger) -> None:
    event = full.events()[0].id
    with pytest.raises(BadCorrection), full.correcting(reviewer="Ada") as sitting:
        refused_after_one(sitting, event)
    assert full.corrections() == []
    with full.correcting(reviewer="Ada", note="both") as sitting:
        sitting.edit(event, "status", "planned")
        with pytest.raises(BadCorrection):
            sitting.edit(event, "status", "maybe")
        sitting.edit(event, "mode", "visit")
    assert [(one.field, one.note) for one in full.corrections()] == [("status", "both"), ("mode", "both")]
    (found,) = [one for one in full.events() if one.id == event]
    assert (found.status, found.mode, found.review) == ("planned", "visit", "edited")


def refused_after_one(sitting: Sitting, event: str) -> None:
    sitting.edit(event, "status", "planned")
    sitting.edit(event, "status", "maybe")


def test_history_tells_who_did_what_and_what_is_in_force(full: Ledger) -> None:
    event, other = (one.id for one in full.events()[:2])
    first = full.reject(event, reviewer="Ada", note="no")
    full.accept(other, reviewer="Ben")
    back = full.undo(first.id, reviewer="Ben")
    acts = full.history(record=event)
    assert [(act.correction.action, act.in_force, act.turn) for act in acts] == [
        ("undo", True, back.id),
        ("reject", False, back.id),
    ]
    again = full.undo(acts[1].turn, reviewer="Ada")
    (act,) = [act for act in full.history(record=event) if act.correction.id == first.id]
    assert (act.in_force, act.turn) == (True, again.id)
    assert [act.correction.reviewer for act in full.history(reviewer="Ben")] == ["Ben", "Ben"]
    assert not full.history(since="2000-01-01", until="2000-01-02")
    page = full.history(limit=3)
    rest = full.history(limit=3, after=page.next)
    assert [act.correction.id for act in (*page, *rest)] == [4, 3, 2, 1] and rest.next is None
    with pytest.raises(BadOption, match="not a day"):
        full.history(since="yesterday")


def test_a_party_that_was_added_inside_another_s_words_is_another_party(ledger: Ledger) -> None:
    """Laid over the other one, it would rename it in every event of the article."""
    reading = story(0)
    ledger.add(reading)
    start = reading.article.text.index("Northern Army")
    mention = {**Span.of(reading.article.text, start, start + 8).model_dump(), "form": "name"}
    north = {"name": "Northern", "kind": "group", "mentions": [mention]}
    with ledger.correcting(reviewer="Ada") as sitting:
        added = sitting.add(reading.article.id, "entity", north).record_id
        sitting.edit(ledger_event(ledger), "recipients", [added])
    (event,) = ledger.events()
    assert [one.name for one in event.actors] == ["Northern Army"]
    assert [one.name for one in event.recipients] == ["Northern"]


def test_what_is_there_is_not_added_again(ledger: Ledger) -> None:
    reading = story(0)
    ledger.add(reading)
    entity, event = reading.entities[0], reading.events[0]
    plain = {"name": "Army", "kind": "group", "mentions": [one.model_dump() for one in entity.mentions]}
    with pytest.raises(BadCorrection, match="choose it"):
        ledger.add_record(reading.article.id, "entity", plain, reviewer="Ada")
    second = {"type": "ASSAULT", "status": "happened", "span": event.span.model_dump()}
    second["sentence"] = event.sentence.model_dump()
    with pytest.raises(BadCorrection, match=ledger_event(ledger)):
        ledger.add_record(reading.article.id, "event", second, reviewer="Ada")
    ledger.add_record(reading.article.id, "event", {**second, "type": "COERCE"}, reviewer="Ada")
    assert sorted(one.type for one in ledger.events()) == ["ASSAULT", "COERCE"]


def ledger_event(ledger: Ledger) -> str:
    """The id of the only event."""
    return ledger.events()[0].id


# -------------------------------------------------------------------------------------------------- measures


def test_wilson_s_interval_is_the_published_one() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (some, of), (low, high) in published.items():
        found = wilson(some, of)
        assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert wilson(0, 0).share is None


def said(*verdicts: str) -> list[Correction]:
    """Corrections from a letter for each reviewer: y right, n wrong, e edited, - nothing."""
    number = itertools.count(1)
    actions = {"y": "accept", "n": "reject", "e": "edit"}
    return [
        Correction(next(number), "article", f"r{record}", "event", actions[letter], f"R{who}", "now")
        for record, row in enumerate(verdicts)
        for who, letter in enumerate(row)
        if letter != "-"
    ]


def test_agreement_is_counted_by_hand_the_same() -> None:
    # Two reviewers, ten records, 20 yes and no: observed disagreement 2 of 10.
    found = agreement(said(*["yy"] * 5, *["nn"] * 3, "yn", "ny", "y-"))
    assert (found.records, found.percent) == (10, 80)
    # Kappa: each says yes 6 of 10, chance .6*.6+.4*.4 = .52; (.8-.52)/.48.
    assert found.pairs[0].kappa == pytest.approx(0.28 / 0.48)
    # Alpha: 12 yes, 8 no; 1 - 19 * 4 / (12*8 + 8*12).
    assert found.alpha == pytest.approx(1 - 19 * 4 / 192)


def test_agreement_of_three_reviewers_who_did_not_all_judge_everything() -> None:
    found = agreement(said("yyn", "nn-", "-yy", "e-y", "n--"))
    assert found.records == 4
    assert found.percent == pytest.approx(100 * 4 / 6)
    assert [(pair.reviewers, pair.records) for pair in found.pairs] == [
        (("R0", "R1"), 2),
        (("R0", "R2"), 2),
        (("R1", "R2"), 2),
    ]
    # Values of doubly judged records: y y n, n n, y y, y y: six y, three n; disagreement 4/2.
    assert found.alpha == pytest.approx(1 - 8 * 2 / 36)


def test_nothing_is_said_of_agreement_where_nothing_can_be() -> None:
    assert agreement([]).percent is None and agreement([]).alpha is None
    same = agreement(said("yy", "yy"))
    assert same.percent == 100 and same.alpha is None and same.pairs[0].kappa is None


def test_agreement_counts_what_is_in_force(full: Ledger) -> None:
    event = full.events()[0].id
    full.accept(event, reviewer="Ada")
    done = full.reject(event, reviewer="Ben")
    assert full.agreement().percent == 0
    full.undo(done.id, reviewer="Ben")
    assert full.agreement().records == 0


def test_precision_is_the_share_of_the_sample_as_the_machine_had_it(full: Ledger) -> None:
    order = taken(full, order="random", seed=7)
    kinds = {one.id: (one.type, one.status) for one in full.events()}
    a, b, c, d = order[:4]
    full.accept(a, reviewer="Ada")
    full.edit(b, "type", "AID", reviewer="Ada")
    full.edit(b, "status", "planned", reviewer="Ada")
    full.reject(c, reviewer="Ada")
    full.reject(d, reviewer="Ada")
    full.accept(d, reviewer="Ben")
    found = full.precision(seed=7, size=6)
    assert (found.drawn, found.everything) == (6, False)
    whole = found.whole
    assert (whole.judged, whole.right, whole.mended, whole.wrong) == (4, 2, 1, 1)
    assert whole.precise.share == 0.5 and whole.kept.share == 0.75
    assert found.by["type"][kinds[b][0]].mended == 1 and "AID" not in found.by["type"]
    assert full.precision(seed=7, size=6, reviewer="Ada").whole.wrong == 2
    assert full.precision(seed=7, size=6, reviewer="Cy").whole.judged == 0
    assert full.precision(seed=7, size=3).whole.judged == 3
    assert full.precision(seed=7, size=100).everything


def test_a_change_takes_nothing_out_of_its_sample_and_puts_nothing_in(full: Ledger) -> None:
    wrong = [one.id for one in full.events(type="ASSAULT")]
    for event in wrong:
        full.edit(event, "type", "COERCE", reviewer="Ada")
    found = full.precision(type="ASSAULT")
    assert (found.drawn, found.whole.mended) == (len(wrong), len(wrong)) == (3, 3)
    assert full.precision(type="COERCE").drawn == 3
    record = {"type": "ASSAULT", "status": "happened"}
    reading = full.reading(full.article_ids()[1])
    record |= {"span": reading.figures[0].span.model_dump(), "sentence": reading.figures[0].sentence.model_dump()}
    full.add_record(reading.article.id, "event", record, reviewer="Ada")
    assert full.precision(type="ASSAULT").drawn == 3
    with pytest.raises(BadOption, match="events"):
        full.precision("figure", type="ASSAULT")


def test_precision_of_figures_and_statements(full: Ledger) -> None:
    full.accept(full.figures()[0].id, reviewer="Ada")
    full.reject(taken(full, "statement")[0], reviewer="Ada")
    assert full.precision("figure").by["kind"]["killed"].right == 1
    assert full.precision("statement").whole.wrong == 1
