"""Figures as people say them to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.answer import Shown
from bot.domain.report import between
from bot.plain import apart, sentence, share, than_before
from bot.questions import KINDS
from bot.questions.lost_time import BUCKETS

ON = date(2026, 11, 10)


def shown(kind: str, hist: Mapping[str, int], text: str = "How was it?") -> Shown:
    n = sum(hist.values())
    figure = KINDS[kind].headline(hist, n, n)
    return Shown("q", kind, KINDS[kind].formula, (0,), n, n, hist, figure, text)


def stars(*counts: int) -> dict[str, int]:
    return {str(step): count for step, count in enumerate(counts, start=1)}


@pytest.mark.parametrize(
    ("count", "n", "said"),
    [
        (3, 7, "3 of 7"),
        (0, 9, "0 of 9"),
        (4, 10, "About 4 in 10"),
        (45, 100, "About half"),
        (54, 100, "About half"),
        (44, 100, "About 4 in 10"),
        (96, 100, "Almost all"),
        (4, 100, "Almost none"),
        (67, 100, "About 7 in 10"),
    ],
)
def test_a_share_is_said_in_tenths_and_among_few_as_a_count(count: int, n: int, said: str) -> None:
    assert share(count, n) == said


@pytest.mark.parametrize(
    ("kind", "hist", "text", "said"),
    [
        (
            "satisfaction",
            stars(2, 4, 6, 5, 3),
            "How satisfied were you with IT these two weeks?",
            "About 4 in 10 are satisfied with IT",
        ),
        (
            "satisfaction",
            stars(0, 0, 3, 1, 0),
            "How satisfied are you with the new laptops?",
            "1 of 4 is satisfied with the new laptops",
        ),
        ("agree", stars(1, 1, 1, 4, 4), "IT listens.", "About 7 in 10 agree (“IT listens.”)"),
        (
            "recommend",
            {"5": 4, "8": 3, "9": 2, "10": 3},
            "How likely are you to recommend our IT to a colleague?",
            "About 4 in 10 would recommend our IT",
        ),
        (
            "lost_time",
            dict.fromkeys(BUCKETS, 0) | {"0": 10, "121-240": 5},
            "How much?",
            "About 3 in 10 lost more than an hour (“How much?”)",
        ),
        ("yes_no", {"no": 2, "yes": 10}, "Did it help?", "About 8 in 10 say yes (“Did it help?”)"),
        ("choice", {"a": 3, "other": 3}, "Which?", ""),
    ],
)
def test_a_figure_becomes_one_sentence_to_repeat(
    kind: str, hist: Mapping[str, int], text: str, said: str
) -> None:
    whole = dict.fromkeys(hist, 0) | dict(hist)
    if kind == "lost_time":
        from bot.questions.lost_time import BUCKETS

        whole = dict.fromkeys(BUCKETS, 0) | dict(hist)
    assert sentence(shown(kind, whole, text)) == said


def test_a_figure_that_may_have_moved_is_said_to_be_about_right() -> None:
    moved = replace(shown("satisfaction", stars(0, 4, 1, 0, 0)), certainty="≤")
    assert sentence(moved).startswith("About 0 of 5")


def test_counts_that_are_left_out_make_no_sentence() -> None:
    known = shown("satisfaction", stars(1, 2, 3, 4, 5))
    assert sentence(replace(known, hist={**known.hist, "1": "some"})) == ""


def test_more_effort_is_worse_and_more_satisfaction_better() -> None:
    low, high = stars(20, 20, 0, 0, 0), stars(0, 0, 0, 20, 20)
    assert apart(shown("satisfaction", low), shown("satisfaction", high)) == "up"
    easy = {str(step): 20 if step < 3 else 0 for step in range(1, 8)}
    hard = {str(step): 20 if step > 5 else 0 for step in range(1, 8)}
    assert apart(shown("effort", easy), shown("effort", hard)) == "down"


def test_a_change_is_told_against_its_day_and_not_at_all_without_one() -> None:
    low, high = (
        shown("satisfaction", stars(20, 20, 0, 0, 0)),
        shown("satisfaction", stars(0, 0, 0, 20, 20)),
    )
    better = replace(high, change=between(low, high))
    assert than_before(better, ON) == ", better than on 10 November"
    assert than_before(replace(low, change=between(high, low)), ON) == ", worse than on 10 November"
    many = shown("satisfaction", stars(0, 0, 0, 200, 200))
    assert than_before(replace(many, change=between(many, many)), ON) == ", much as on 10 November"
    few = shown("satisfaction", stars(1, 1, 1, 1, 1))
    assert "no clear change since" in than_before(replace(few, change=between(few, few)), ON)
    assert than_before(high, ON) == ""
    assert than_before(better, None) == ""
