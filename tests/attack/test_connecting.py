"""Which answers go together is told for the whole company, and of nobody in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random
from typing import Final

import pytest

from bot.domain.connections import ReleasedConnections, connections
from bot.domain.counting import Count
from bot.domain.publishing import Release, release
from bot.domain.rounds import Round
from tests.asking import pulse_of
from tests.attack.connecting import (
    QUESTIONS,
    UNHAPPY,
    Said,
    as_released,
    by_hundredths,
    left_open,
    made_alike,
    nothing_told,
    small_company,
    unhappy_guesses,
    with_hasty_saying,
    with_somebody_content,
)
from tests.staff import Staff, counted, heard, round_of

SEEDS: Final = range(20)


@dataclass(frozen=True)
class Asked:
    round: Round
    said: Said
    count: Count
    release: Release
    told: ReleasedConnections

    @property
    def unhappy_block(self) -> int:
        blocks = [block for block in self.release.blocks if block.question == "overall"]
        return next(number for number, block in enumerate(blocks) if UNHAPPY in block.of)


def asked(said: Said) -> Asked:
    there = Counter(place for place, _ in said)
    round = round_of(Staff(there, there), pulse_of(*QUESTIONS))
    count = counted(round, said)
    found = release(round, count, heard)
    assert found
    assert found.connections
    return Asked(round, said, count, found, found.connections)


@pytest.fixture(scope="module")
def companies() -> list[Asked]:
    return [asked(small_company(seed)) for seed in SEEDS]


def test_two_decimals_would_give_answers_away(companies: list[Asked]) -> None:
    """What is not done, and why: the attack below has teeth."""
    hasty, unhappy = 0, 0
    for company in companies:
        moments = company.count.moments
        assert moments
        ids = list(moments.steps)
        exact = {a: {b: by_hundredths(a, b, moments.correlation(a, b)) for b in ids} for a in ids}
        left = left_open(company.release, exact, by_hundredths, moments.n)["overall"]
        hasty += len({guess.hasty for guess in left}) == 1
        unhappy += set(unhappy_guesses(left, company.unhappy_block)) == {True}
    assert hasty >= 3
    assert unhappy >= 1


def test_what_is_told_excludes_nothing_that_the_histograms_leave_open(
    companies: list[Asked],
) -> None:
    for company in companies:
        assert company.told.n == 50
        before = nothing_told(company.release)
        assert len({guess.hasty for guess in before["overall"]}) > 1
        assert set(unhappy_guesses(before["overall"], company.unhappy_block)) == {True, False}
        telling = as_released(company.release)
        assert left_open(company.release, company.told.matrix, telling, 50) == before


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_another_company_would_have_published_the_same(companies: list[Asked], seed: int) -> None:
    """In it the one who skipped most gave another answer, or somebody was not unhappy after all."""
    company = companies[seed]
    telling = as_released(company.release)
    others = [with_hasty_saying(company.said, step) for step in range(1, 6)]
    others = [other for other in others if other and other[-1] != company.said[-1]]
    assert len(others) > 1
    for other in (*others, with_somebody_content(company.said)):
        assert other
        alike = asked(made_alike(other, company.told.matrix, telling))
        # Nobody was asked for words, of which a release makes a new list each time.
        assert not [*alike.release.texts, *company.release.texts]
        assert replace(alike.release, texts=company.release.texts) == company.release


def test_ballots_that_change_hands_in_the_whole_company_change_no_connection(
    companies: list[Asked],
) -> None:
    for company in companies[:5]:
        answers = [given for _, given in company.said]
        Random(1).shuffle(answers)
        dealt = [(place, given) for (place, _), given in zip(company.said, answers, strict=True)]
        moments = counted(company.round, dealt).moments
        assert moments
        assert connections(company.round.plan, moments, company.release.blocks) == company.told


def test_answers_that_change_hands_one_by_one_do_change_it(companies: list[Asked]) -> None:
    """Else it would say nothing of what goes together."""
    company = companies[0]
    scores = [given["overall"] for _, given in company.said]
    Random(1).shuffle(scores)
    torn: Said = [
        (place, {**given, "overall": score})
        for (place, given), score in zip(company.said, scores, strict=True)
    ]
    moments = counted(company.round, torn).moments
    assert moments
    assert connections(company.round.plan, moments, company.release.blocks) != company.told


def test_fewer_than_fifty_complete_ballots_are_told_nothing_of() -> None:
    said = small_company(1)
    there = Counter(place for place, _ in said)
    round = round_of(Staff(there, there), pulse_of(*QUESTIONS))
    (place, given), *others = said
    missing = [(place, {**given, "clear": None}), *others]
    found = release(round, counted(round, missing), heard)
    assert found
    assert found.connections is None
