"""Tries to learn from correlations what histograms keep to themselves.

The attacker knows everybody, who answered what, every published histogram, the program, and takes
it for granted that nothing else was told. A correlation of n people is made of whole numbers: each
truth that the histograms leave open allows some values of it and no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, product
from math import gcd, sqrt
from random import Random
from typing import Final, NamedTuple

from bot.domain.ballot import Answer, Answers
from bot.domain.deniability import truths
from bot.domain.grain import reach, spread, told
from bot.domain.moments import Moments
from bot.domain.people import Place
from bot.domain.publishing import Release
from bot.domain.pulse import Question
from bot.domain.release import ReleasedBlock
from bot.questions import KINDS
from tests.asking import question_of
from tests.attack.evidence import Counts

QUESTIONS: Final = (
    question_of("satisfaction", "overall"),
    question_of("agree", "quick"),
    question_of("agree", "clear"),
    question_of("effort", "effort"),
)
#: Division, unit, and how many answer there; the last unit is as unhappy as can be.
UNITS: Final = (("North", "Law", 14), ("North", "Works", 14), ("South", "Sales", 12))
UNHAPPY: Final = Place("South", "Post", "", "")
SIZE: Final = 10
#: Answered one question and skipped the others, so that theirs is no complete ballot.
HASTY: Final = Place("North", "Law", "", "")

Said = list[tuple[Place, Answers]]
#: Two questions and their correlation -> how it is published.
Telling = Callable[[str, str, float], int]


def small_company(seed: int) -> Said:
    """Fifty complete ballots, ten of them in a unit of one mind, and a hasty one at the end."""
    chance = Random(seed)
    places = [Place(d, u, "", "") for d, u, count in UNITS for _ in range(count)]
    said: Said = [(place, _answers(chance, False)) for place in places]
    said += [(UNHAPPY, _answers(chance, True)) for _ in range(SIZE)]
    return [*said, (HASTY, {"overall": chance.randint(1, 5)})]


def _answers(chance: Random, unhappy: bool) -> dict[str, Answer]:
    mood = chance.gauss(0, 1)
    answers: dict[str, Answer] = {}
    for question in QUESTIONS:
        steps = len(KINDS[question.kind].categories(question))
        sign = -1 if question.kind == "effort" else 1
        step = round((steps + 1) / 2 + 0.8 * sign * mood + chance.gauss(0, 0.8))
        answers[question.id] = min(steps, max(1, step))
    return answers | ({"overall": chance.choice([1, 2])} if unhappy else {})


class Guess(NamedTuple):
    """One truth about a question that its histograms leave open."""

    #: Of each block.
    blocks: tuple[Counts, ...]
    #: Step of the hasty one's answer, where it was given.
    hasty: int | None
    #: Of all complete ballots.
    whole: Counts


def left_open(
    found: Release, matrix: Mapping[str, Mapping[str, int]], telling: Telling, n: int
) -> dict[str, set[Guess]]:
    """Question -> truths that fit everything published."""
    asked = [question for question in QUESTIONS if question.id in matrix]
    open_ = {q.id: _guesses(found.blocks, q) for q in asked}
    left: dict[str, set[Guess]] = {q.id: set() for q in asked}
    pairs = list(combinations(open_, 2))

    @cache
    def fits(one: str, other: str, x: Counts, y: Counts) -> bool:
        return any(telling(one, other, value) == matrix[one][other] for value in _possible(x, y, n))

    for company in product(*open_.values()):
        of = dict(zip(open_, company, strict=True))
        if all(fits(one, other, of[one].whole, of[other].whole) for one, other in pairs):
            for question, guess in of.items():
                left[question].add(guess)
    return left


def _guesses(blocks: Sequence[ReleasedBlock], question: Question) -> list[Guess]:
    ours = [block for block in blocks if block.question == question.id]
    every = [_truths(block, question) for block in ours]
    found = []
    for company in product(*every):
        whole = tuple(map(sum, zip(*company, strict=True)))
        if question.id != "overall":
            found.append(Guess(company, None, whole))
            continue
        at = next(i for i, block in enumerate(ours) if HASTY in block.of)
        for step, count in enumerate(company[at]):
            if count:
                less = tuple(c - (i == step) for i, c in enumerate(whole))
                found.append(Guess(company, step, less))
    return found


def _truths(block: ReleasedBlock, question: Question) -> list[Counts]:
    kind = KINDS[question.kind]
    hist = {category: int(count) for category, count in block.hist.items()}
    every = truths(hist, lambda truth: kind.deny(question, truth, block.n))
    return [tuple(truth.values()) for truth in every]


def _possible(x: Counts, y: Counts, n: int) -> Iterator[float]:
    """Every correlation that two histograms of the same `n` people may have."""
    one, other = _listed(x), _listed(y)
    low = sum(a * b for a, b in zip(one, reversed(other), strict=True))
    high = sum(a * b for a, b in zip(one, other, strict=True))
    scale = sqrt(_spread(one, n) * _spread(other, n))
    apart = _gap(x) * _gap(y) or 1
    for together in range(low, high + 1, apart):
        yield (n * together - sum(one) * sum(other)) / scale if scale else 0.0


def _listed(counts: Counts) -> list[int]:
    return [step for step, count in enumerate(counts) for _ in range(count)]


def _spread(steps: Sequence[int], n: int) -> int:
    return n * sum(x * x for x in steps) - sum(steps) ** 2


def _gap(counts: Counts) -> int:
    used = [step for step, count in enumerate(counts) if count]
    return gcd(*(step - used[0] for step in used))


def by_hundredths(_one: str, _other: str, value: float) -> int:
    """A product that tells every correlation to two decimals."""
    return round(100 * value)


def as_released(found: Release) -> Telling:
    """The product."""
    assert found.connections
    grain = found.connections.grain
    steps = {q.id: {c: i for i, c in enumerate(KINDS[q.kind].categories(q))} for q in QUESTIONS}
    spreads = {q: spread(steps[q], found.blocks, q) for q in steps}

    @cache
    def limits(one: str, other: str) -> tuple[float, float]:
        low, high = (reach(spreads[one], spreads[other], up) for up in (False, True))
        return low, high

    return lambda one, other, value: told(value, grain, *limits(one, other))


def nothing_told(found: Release) -> dict[str, set[Guess]]:
    """What the histograms leave open by themselves."""
    return {question.id: set(_guesses(found.blocks, question)) for question in QUESTIONS}


def with_hasty_saying(said: Said, step: int) -> Said | None:
    """The hasty one and somebody beside them change places; None where nobody said that."""
    after = [(place, dict(answers)) for place, answers in said]
    for place, answers in after[:-1]:
        if place == HASTY and answers["overall"] == step:
            hasty = after[-1][1]
            hasty["overall"], answers["overall"] = answers["overall"], hasty["overall"]
            return list(after)
    return None


def with_somebody_content(said: Said) -> Said:
    """In the unhappy unit one really gave the answer that deniability puts there."""
    after = [(place, dict(answers)) for place, answers in said]
    for place, answers in after:
        if place == UNHAPPY and answers["overall"] == 2:
            answers["overall"] = 3
            break
    return list(after)


def made_alike(said: Said, matrix: Mapping[str, Mapping[str, int]], telling: Telling) -> Said:
    """The same histograms in every unit, with the answers dealt out so that these correlations
    would be published: one question's answer changes hands between two people of a unit."""
    chance = Random(1)
    now = [(place, dict(answers)) for place, answers in said]
    off = _off(now, matrix, telling)
    for _ in range(5_000):
        if not off[0]:
            return list(now)
        (here, one), (there, other) = chance.sample(now[:-1], 2)
        question = chance.choice(QUESTIONS).id
        if here == there:
            one[question], other[question] = other[question], one[question]
            after = _off(now, matrix, telling)
            if after > off:
                one[question], other[question] = other[question], one[question]
            off = min(off, after)
    raise AssertionError("no other company that would have published the same was found")


def _off(
    said: Sequence[tuple[Place, Answers]],
    matrix: Mapping[str, Mapping[str, int]],
    telling: Telling,
) -> tuple[int, float]:
    """How many pairs would be published otherwise, and how far they are from it."""
    moments = Moments.of(QUESTIONS)
    for _, answers in said:
        moments.add(answers)
    values = {pair: moments.correlation(*pair) for pair in combinations(matrix, 2)}
    wrong = {(a, b): v for (a, b), v in values.items() if telling(a, b, v) != matrix[a][b]}
    return len(wrong), sum(abs(v - matrix[a][b] / 100) for (a, b), v in wrong.items())


def unhappy_guesses(guesses: set[Guess], number: int) -> Counter[bool]:
    """Of a block: truths in which all of it are unhappy, and in which not."""
    return Counter(not any(guess.blocks[number][2:]) for guess in guesses)
