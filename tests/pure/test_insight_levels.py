"""Where things stand: shares, means, scores and minutes, each with an interval one can trust."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.insight import (
    Interval,
    Votes,
    Within,
    finite_population,
    lost_mean,
    lost_over_an_hour,
    mean_level,
    nps,
    nps_shown,
    pooled_variance,
    response_rate,
    tipping,
    top_two,
    wilson,
    within,
)

MIDPOINTS = (0, 8, 23, 45, 90, 180, 300)


def histograms(values: tuple[int, ...]) -> st.SearchStrategy[dict[int, int]]:
    """Some people gave some of the values; values nobody gave may be missing."""
    counts = st.dictionaries(st.sampled_from(values), st.integers(0, 40), min_size=1)
    return counts.filter(lambda hist: sum(hist.values()) > 0)


SATISFACTIONS = histograms((1, 2, 3, 4, 5))
MINUTES = histograms(MIDPOINTS)
VOTES = st.builds(Votes, *[st.integers(0, 60)] * 3).filter(lambda votes: sum(votes) > 0)
SHARES = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SILENT = st.one_of(st.none(), st.integers(0, 60))


def listed(n: int, silent: int | None) -> int | None:
    return None if silent is None else n + silent


def width(interval: Interval) -> float:
    return interval.high - interval.low


def holds(interval: Interval, low: float, high: float) -> bool:
    return low <= interval.low <= interval.value <= interval.high <= high


def times(hist: dict[int, int], factor: int) -> dict[int, int]:
    return {value: count * factor for value, count in hist.items()}


@given(share=SHARES, silent=SILENT)
def test_a_share_lies_within_its_interval_and_between_0_and_1(
    share: tuple[int, int], silent: int | None
) -> None:
    found = wilson(*share, listed(share[1], silent))
    assert found.value == share[0] / share[1]
    assert holds(found, 0, 1)


@given(hist=SATISFACTIONS, silent=SILENT)
def test_a_mean_lies_within_its_interval_and_on_the_scale(
    hist: dict[int, int], silent: int | None
) -> None:
    assert holds(mean_level(hist, listed(sum(hist.values()), silent)), 1, 5)


@given(votes=VOTES, silent=SILENT)
def test_a_score_lies_within_its_interval_and_between_its_ends(
    votes: Votes, silent: int | None
) -> None:
    assert holds(nps(votes, listed(sum(votes), silent)), -100, 100)


@given(hist=MINUTES, silent=SILENT)
def test_lost_minutes_lie_within_their_interval_and_the_buckets(
    hist: dict[int, int], silent: int | None
) -> None:
    n = sum(hist.values())
    found = lost_mean(hist, listed(n, silent))
    assert (found is None) == (n < 12)
    assert found is None or holds(found, 0, 300)
    assert holds(lost_over_an_hour(hist, listed(n, silent)), 0, 1)


@given(share=SHARES, factor=st.integers(2, 9))
def test_more_answers_never_widen_a_share(share: tuple[int, int], factor: int) -> None:
    more = wilson(share[0] * factor, share[1] * factor)
    assert width(more) <= width(wilson(*share)) + 1e-12


@given(hist=SATISFACTIONS, factor=st.integers(2, 9))
def test_more_answers_never_widen_a_mean(hist: dict[int, int], factor: int) -> None:
    assert width(mean_level(times(hist, factor))) <= width(mean_level(hist)) + 1e-12


@given(votes=VOTES, factor=st.integers(2, 9))
def test_more_answers_never_widen_a_score(votes: Votes, factor: int) -> None:
    more = Votes(*(count * factor for count in votes))
    assert width(nps(more)) <= width(nps(votes)) + 1e-9


@given(hist=SATISFACTIONS, silent=st.integers(0, 60))
def test_a_list_to_correct_for_never_widens_an_interval(hist: dict[int, int], silent: int) -> None:
    n = sum(hist.values())
    assert width(mean_level(hist, n + silent)) <= width(mean_level(hist)) + 1e-12
    assert width(top_two(hist, n + silent)) <= width(top_two(hist)) + 1e-12


@given(hist=SATISFACTIONS, votes=VOTES)
def test_when_everybody_answered_nothing_is_uncertain(hist: dict[int, int], votes: Votes) -> None:
    n = sum(hist.values())
    everything: list[Interval] = [mean_level(hist, n), top_two(hist, n), nps(votes, sum(votes))]
    assert [width(found) for found in everything] == [0, 0, 0]


@given(hist=SATISFACTIONS)
def test_borrowed_variance_never_makes_a_few_answers_look_surer(hist: dict[int, int]) -> None:
    if sum(hist.values()) > 1:
        assert mean_level(hist).se >= mean_level(hist, pooled=None).se
    assert mean_level(hist).df == sum(hist.values()) + 3


def test_five_people_of_one_mind_do_not_speak_for_a_unit() -> None:
    assert width(mean_level({4: 5}, pooled=None)) == 0
    assert width(mean_level({4: 5})) == pytest.approx(2 * 2.306 * sqrt(0.55 / 5), abs=0.001)


def test_an_effort_scale_has_its_own_ends() -> None:
    found = mean_level({7: 3}, pooled=2.5, scale=(1, 7))
    assert (found.value, found.high, found.n) == (7, 7, 3)
    assert found.low < 5.5


def test_the_company_lends_the_variance_within_its_units() -> None:
    units = [{1: 1, 5: 1}, {3: 4}, {2: 1}, {}]
    assert within(units) == Within(8, 4)
    assert pooled_variance(within([{3: 1}, {}])) == 1.1
    assert pooled_variance(Within(), start=3000) == 3000


def test_a_first_round_of_one_mind_is_believed_only_a_little() -> None:
    assert pooled_variance(Within(0, 50)) == pytest.approx(0.55)
    assert pooled_variance(Within(1.6 * 100_000, 100_000)) == pytest.approx(1.6, abs=0.001)


def test_the_two_highest_steps_are_the_top_box_of_any_scale() -> None:
    assert top_two({1: 1, 4: 2, 5: 1}).value == 0.75
    assert top_two({1: 1, 4: 2, 6: 1, 7: 4}, scale=(1, 7)).value == 0.625


@pytest.mark.parametrize(
    ("answered", "invited", "corrected"),
    [
        (30, 60, 60),
        (29, 60, None),
        (31, 61, None),
        (61, 61, None),
        (6, 12, 12),
        (5, 12, None),
        (12, 12, 12),
        (1, 2, 2),
        (0, 1, None),
        (0, 0, None),
    ],
)
def test_only_a_short_list_that_half_answered_is_corrected_for(
    answered: int, invited: int, corrected: int | None
) -> None:
    assert finite_population(answered, invited) == corrected


def test_a_score_is_shown_from_ten_answers_on() -> None:
    assert [n for n in range(14) if nps_shown(n)] == [10, 11, 12, 13]


def test_nine_promotes_six_advises_against() -> None:
    hist = {0: 1, 6: 2, 7: 4, 8: 8, 9: 16, 10: 32}
    assert Votes.of(hist) == (48, 12, 3)
    assert nps(Votes.of(hist)).value == pytest.approx(100 * 45 / 63)


def test_a_score_of_promoters_alone_stays_within_its_interval() -> None:
    """The adjusted centre lies at 73; one silent person must not push 100 out of its interval."""
    assert nps(Votes(8, 0, 0), 9).high == 100


def test_an_hour_itself_is_not_over_an_hour() -> None:
    assert lost_over_an_hour({0: 1, 8: 1, 23: 1, 45: 1, 90: 1, 180: 1, 300: 2}).value == 0.5
    assert lost_over_an_hour({60: 1, 61: 1}).value == 0.5


def test_the_mean_of_lost_minutes_waits_for_twelve_answers() -> None:
    assert lost_mean({8: 11}) is None
    found = lost_mean({8: 12})
    assert found is not None
    assert (found.value, found.low, found.df) == (8, 0, 15)


def test_a_response_rate_is_exact() -> None:
    assert response_rate(42, 100) == 0.42
    assert response_rate(0, 3) == 0


@given(rate=st.floats(0, 0.999), move=st.floats(0.01, 4))
def test_the_silent_ones_must_differ_more_the_fewer_they_are(rate: float, move: float) -> None:
    needed = tipping(rate, move)
    assert needed is not None
    assert needed * (1 - rate) == pytest.approx(move)
    assert needed >= move


def test_nobody_silent_means_nobody_can_tip_the_score() -> None:
    assert tipping(1) is None
    assert tipping(0) == 0.3
    assert tipping(0.5) == 0.6


@pytest.mark.parametrize(
    "ask",
    [
        lambda: mean_level({}),
        lambda: mean_level({3: 0}),
        lambda: mean_level({6: 1}),
        lambda: mean_level({0: 1, 3: 1}),
        lambda: mean_level({3: 2, 4: -1}),
        lambda: mean_level({3: 1}, pooled=None),
        lambda: mean_level({3: 5}, 4),
        lambda: wilson(0, 0),
        lambda: wilson(3, 2),
        lambda: wilson(-1, 2),
        lambda: wilson(1, 3, 2),
        lambda: top_two({9: 1}),
        lambda: nps(Votes(0, 0, 0)),
        lambda: nps(Votes(3, -1, 1)),
        lambda: nps(Votes(3, 1, 1), 4),
        lambda: Votes.of({11: 1}),
        lambda: lost_over_an_hour({500: 1}),
        lambda: lost_mean({500: 12}),
        lambda: finite_population(3, 2),
        lambda: response_rate(3, 2),
        lambda: response_rate(0, 0),
        lambda: response_rate(-1, 4),
        lambda: tipping(1.2),
        lambda: tipping(-0.1),
    ],
)
def test_counts_that_cannot_be_are_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r".+ .+"):
        ask()
