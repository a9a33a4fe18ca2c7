"""An arrow is shown when there is reason for one, and never the other way round."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.insight import (
    Change,
    Verdict,
    Votes,
    mean_change,
    nps_change,
    share_change,
    verdict,
)

MIRRORED: dict[Verdict, Verdict] = {
    "up": "down",
    "down": "up",
    "no change": "no change",
    "can't tell yet": "can't tell yet",
}

COUNTS = st.integers(0, 150)
HISTOGRAMS = st.fixed_dictionaries(dict.fromkeys(range(1, 6), COUNTS)).filter(
    lambda hist: sum(hist.values()) > 0
)
SHARES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
VOTES = st.builds(Votes, *[COUNTS] * 3).filter(lambda votes: sum(votes) > 0)


def mirror(there: Change, back: Change) -> None:
    assert back.verdict == MIRRORED[there.verdict]
    assert (back.value, back.low, back.high) == pytest.approx(
        (-there.value, -there.high, -there.low), abs=1e-9
    )
    assert back.detectable == pytest.approx(there.detectable)


def times(hist: dict[int, int], factor: int) -> dict[int, int]:
    return {value: count * factor for value, count in hist.items()}


def drawn(chance: Random, weights: tuple[int, ...], n: int) -> Counter[int]:
    """n answers of 1 to 5, drawn with these weights."""
    return Counter(chance.choices(range(1, 6), weights, k=n))


def within(change: Change, reach: float) -> None:
    assert -reach <= change.low <= change.value <= change.high <= reach
    assert (change.verdict == "up") == (change.low > 0)
    assert (change.verdict == "down") == (change.high < 0)


@given(before=HISTOGRAMS, after=HISTOGRAMS)
def test_means_told_backwards_turn_the_arrow_round(
    before: dict[int, int], after: dict[int, int]
) -> None:
    change = mean_change(before, after)
    mirror(change, mean_change(after, before))
    within(change, 4)


@given(before=SHARES, after=SHARES)
def test_shares_told_backwards_turn_the_arrow_round(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    change = share_change(before, after)
    mirror(change, share_change(after, before))
    within(change, 1)


@given(before=VOTES, after=VOTES)
def test_scores_told_backwards_turn_the_arrow_round(before: Votes, after: Votes) -> None:
    change = nps_change(before, after)
    mirror(change, nps_change(after, before))
    within(change, 200)


@given(hist=HISTOGRAMS, votes=VOTES, share=SHARES)
def test_the_same_answers_twice_are_never_an_arrow(
    hist: dict[int, int], votes: Votes, share: tuple[int, int]
) -> None:
    changes = mean_change(hist, hist), nps_change(votes, votes), share_change(share, share)
    assert {change.value for change in changes} == {0}
    assert {change.verdict for change in changes} <= {"no change", "can't tell yet"}


@given(before=HISTOGRAMS, after=HISTOGRAMS, factor=st.integers(2, 6))
def test_more_answers_make_smaller_changes_visible(
    before: dict[int, int], after: dict[int, int], factor: int
) -> None:
    change = mean_change(times(before, factor), times(after, factor))
    assert change.detectable < mean_change(before, after).detectable


@pytest.mark.parametrize(
    ("sure", "likely", "said"),
    [
        ((0.01, 0.2), (0.02, 0.19), "up"),
        ((-0.2, -0.01), (-0.19, -0.02), "down"),
        ((0.0, 0.2), (0.01, 0.19), "no change"),
        ((-0.2, 0.0), (-0.19, -0.01), "no change"),
        ((-0.35, 0.1), (-0.29, 0.05), "no change"),
        ((-0.35, 0.1), (-0.3, 0.05), "can't tell yet"),
        ((-0.1, 0.35), (-0.05, 0.3), "can't tell yet"),
        ((-1.5, 1.0), (-1.3, 0.8), "can't tell yet"),
    ],
)
def test_what_may_be_said_follows_from_two_intervals(
    sure: tuple[float, float], likely: tuple[float, float], said: Verdict
) -> None:
    assert verdict(sure, likely, 0.3) == said


def test_a_clear_rise_is_an_arrow_and_a_small_one_waits() -> None:
    assert mean_change({2: 20, 3: 20}, {4: 20, 5: 20}).verdict == "up"
    few = mean_change({2: 1, 3: 4, 4: 3}, {3: 3, 4: 4, 5: 1})
    assert few.value == 0.5
    assert few.verdict == "can't tell yet"
    assert few.detectable > 1


def test_large_shares_and_scores_that_stay_are_no_change() -> None:
    assert share_change((600, 1000), (605, 1000)).verdict == "no change"
    assert share_change((600, 1000), (700, 1000)).verdict == "up"
    assert share_change((6, 10), (7, 10)).verdict == "can't tell yet"
    assert nps_change(Votes(400, 400, 200), Votes(405, 400, 195)).verdict == "no change"
    assert nps_change(Votes(400, 400, 200), Votes(200, 400, 400)).verdict == "down"
    assert nps_change(Votes(4, 4, 2), Votes(5, 4, 1)).verdict == "can't tell yet"


def test_no_change_asks_ninety_per_cent_and_an_arrow_ninety_five() -> None:
    steady = mean_change({2: 35, 4: 35}, {2: 35, 4: 35})
    assert steady.verdict == "no change"
    assert steady.high > 0.3


def test_a_narrower_margin_makes_no_change_harder_to_say() -> None:
    before, after = {3: 100, 4: 100}, {3: 101, 4: 99}
    assert mean_change(before, after).verdict == "no change"
    assert mean_change(before, after, margin=0.05).verdict == "can't tell yet"


def test_answers_without_any_spread_are_told_apart_at_once() -> None:
    assert mean_change({3: 5}, {3: 6}, pooled=None).verdict == "no change"
    rise = mean_change({3: 5}, {4: 6}, pooled=None)
    assert (rise.verdict, rise.p, rise.detectable, rise.low) == ("up", 0, 0, 1)


def test_with_nothing_changed_eight_answers_hardly_ever_raise_an_arrow() -> None:
    """A plain difference of 0.2 would raise one in about three rounds of four."""
    chance, always = Random(8), (5, 10, 25, 40, 20)
    changes = [mean_change(drawn(chance, always, 8), drawn(chance, always, 8)) for _ in range(600)]
    assert sum(abs(change.value) >= 0.2 for change in changes) > 0.65 * 600
    assert sum(change.verdict in ("up", "down") for change in changes) < 0.06 * 600


def test_a_change_of_the_size_named_is_seen_four_times_in_five() -> None:
    """The true rise is 0.4, which 95 answers a round can just detect."""
    chance, before, after = Random(20), (4, 12, 34, 36, 14), (2, 6, 24, 42, 26)
    assert sum(value * (after[value] - before[value]) for value in range(5)) == 40
    changes = [mean_change(drawn(chance, before, 95), drawn(chance, after, 95)) for _ in range(400)]
    assert sum(change.detectable for change in changes) / 400 == pytest.approx(0.4, abs=0.01)
    assert sum(change.verdict == "up" for change in changes) / 400 == pytest.approx(0.8, abs=0.05)
