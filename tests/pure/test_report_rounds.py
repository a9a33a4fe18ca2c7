"""Several rounds are added up where they asked the same, newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.ballot import Answer
from bot.domain.people import Cell
from bot.domain.publishing import Release
from bot.domain.pulse import Choice, Question
from bot.domain.report import history, released_last, report
from bot.ports import Transaction
from tests.asking import pulse_of, question_of
from tests.staff import (
    DAY,
    EVERYBODY,
    FINANCE,
    PULSE,
    SALES,
    Said,
    Staff,
    answered,
    asked,
    counts,
    published,
    released,
    round_of,
)


def few_asked_later(weeks: int) -> Transaction:
    """The weekly pulse of twelve, and one of six that closed some weeks later."""
    few = replace(PULSE, id="few")
    staff = Staff({FINANCE: 6}, {FINANCE: 6})
    said: Said = [(FINANCE, {"overall": 3})] * 6
    later = released(round_of(staff, few, DAY + timedelta(weeks=weeks)), said)
    return published(answered({FINANCE: [4, 5] * 6}), later, pulses=(PULSE, few))


def test_without_a_name_the_pulse_that_asks_most_is_shown() -> None:
    tx = few_asked_later(weeks=1)
    assert report(tx, None, EVERYBODY).newest.pulse == "it-weekly"
    assert report(tx, "few", EVERYBODY).newest.pulse == "few"
    assert [r.pulse for r in released_last(tx)] == ["few", "it-weekly"]


def test_a_pulse_that_has_not_asked_for_months_gives_way_to_a_smaller_one() -> None:
    assert report(few_asked_later(weeks=20), None, EVERYBODY).newest.pulse == "few"


def test_of_two_that_ask_as_many_the_one_that_closed_last_is_shown() -> None:
    other = replace(PULSE, id="monthly")
    staff = Staff({FINANCE: 6}, {FINANCE: 6})
    said: Said = [(FINANCE, {"overall": 3})] * 6
    later = released(round_of(staff, other, DAY + timedelta(days=1)), said)
    tx = published(answered({FINANCE: [4, 5] * 3}), later, pulses=(PULSE, other))
    assert report(tx, None, EVERYBODY).newest.pulse == "monthly"
    assert report(tx, "it-weekly", EVERYBODY).newest.pulse == "it-weekly"


def test_the_newest_round_is_shown_unless_more_are_asked_for() -> None:
    weeks = [answered({FINANCE: [score, 3] * 5}, weeks=n) for n, score in enumerate((1, 2, 5))]
    tx = published(*weeks)
    assert counts(asked(tx, EVERYBODY)) == {"3": 5, "5": 5}
    last_two = report(tx, None, EVERYBODY, rounds=2)
    assert [r.opens_on for r in last_two.rounds] == [date(2026, 12, 8), date(2026, 12, 1)]
    assert (last_two.answered, last_two.invited) == (20, 20)
    assert counts(asked(tx, EVERYBODY, rounds=2)) == {"2": 5, "3": 10, "5": 5}


def test_a_group_is_shown_over_all_of_its_rounds_or_not_at_all() -> None:
    small = answered({FINANCE: [3, 4], SALES: [3, 4] * 5})
    large = answered({FINANCE: [3, 4] * 5, SALES: [3, 4] * 5}, weeks=1)
    tx = published(small, large)
    assert asked(tx, Cell(unit="Finance")).n == 10
    found = report(tx, None, Cell(unit="Finance"), rounds=2)
    assert found.shown_only_as == "Business"
    assert not found.questions


def asked_as(question: Question, answers: list[Answer], weeks: int) -> Release:
    """A round in which everybody was asked this one question."""
    staff = Staff({FINANCE: len(answers)}, {FINANCE: len(answers)})
    round = round_of(staff, pulse_of(question), DAY + timedelta(weeks=weeks))
    return released(round, [(FINANCE, {question.id: given}) for given in answers])


def test_a_question_that_was_asked_in_another_way_before_is_not_added_up() -> None:
    stars = asked_as(question_of("satisfaction", "overall"), [3, 4] * 5, weeks=0)
    points = asked_as(question_of("recommend", "overall"), [9, 7] * 5, weeks=1)
    shown = asked(published(stars, points), EVERYBODY, rounds=2)
    assert (shown.kind, shown.n) == ("recommend", 10)
    assert counts(shown) == {"7": 5, "9": 5}


def test_an_option_that_has_come_or_gone_is_still_counted() -> None:
    before = question_of("choice", "overall")
    after = replace(before, options=(Choice("new", "New"), *before.options[1:]))
    old = asked_as(before, ["speed", "help"] * 5, weeks=0)
    new = asked_as(after, ["new", "help"] * 5, weeks=1)
    shown = asked(published(old, new), EVERYBODY, rounds=2)
    assert counts(shown) == {"new": 5, "help": 10, "speed": 5}
    assert shown.n == 20


def test_questions_are_told_in_the_order_they_were_asked_in_last() -> None:
    staff = Staff({FINANCE: 8}, {FINANCE: 8})
    one, two = question_of("satisfaction", "overall"), question_of("agree", "easy")
    said: Said = [(FINANCE, {"overall": 3, "easy": 4})] * 8
    old = released(round_of(staff, pulse_of(one, two)), said)
    new = released(round_of(staff, pulse_of(two, one), DAY + timedelta(weeks=1)), said)
    found = report(published(old, new), None, EVERYBODY, rounds=2)
    assert [shown.question for shown in found.questions] == ["easy", "overall"]


def test_a_round_without_a_figure_is_a_gap_in_what_was_before_and_after() -> None:
    count = {FINANCE: 6, SALES: 6}
    words: Said = [(place, {"words": "VPN is slow"}) for place in (FINANCE, SALES) * 6]
    only_words = released(round_of(Staff(count, count), day=DAY + timedelta(weeks=1)), words)
    scores = {FINANCE: [3, 4] * 3, SALES: [3, 4] * 3}
    tx = published(answered(scores), only_words, answered(scores, weeks=2))
    told = history(tx, None, Cell(unit="Finance"), 12)
    assert [bool(found.questions) for found in told] == [True, False, True]


def test_a_round_that_asked_nobody_of_a_group_takes_nothing_away_from_it() -> None:
    """Where a pulse rotates, a unit waits its turn."""
    tx = published(answered({FINANCE: [3, 4] * 5}), answered({SALES: [2, 5] * 5}, weeks=1))
    shown = asked(tx, Cell(unit="Finance"), rounds=2)
    assert (shown.n, shown.invited) == (10, 10)
    assert counts(shown) == {"3": 5, "4": 5}
    assert asked(tx, EVERYBODY, rounds=2).n == 20
