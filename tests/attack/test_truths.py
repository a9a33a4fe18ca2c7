"""No stored histogram says the same unwelcome thing of everybody, and no mark says which were
altered. Tried out on every histogram there can be of the smallest blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise, product
from typing import Final

import pytest

from bot.domain.answer import added
from bot.domain.people import Place
from bot.domain.release import ReleasedBlock
from bot.questions import KINDS
from bot.questions.kind import Mark
from tests.asking import question_of

Hist = tuple[int, ...]

#: What nobody may be known to have said because everybody around them did.
UNWELCOME: Final = {
    "satisfaction": {"1", "2"},
    "agree": {"1", "2"},
    "recommend": {"0", "1", "2", "3", "4", "5", "6"},
    "effort": {"6", "7"},
    "lost_time": {"61-120", "121-240", "240+"},
    "yes_no": set(),
    "choice": set(),
}
#: People in the smallest block.
SMALLEST: Final = {kind: 10 if kind == "yes_no" else 5 for kind in UNWELCOME}
SIZES: Final = [(kind, n + more) for kind, n in SMALLEST.items() for more in (0, 1)]
HERE: Final = Place("Business", "Finance", "Staff", "HQ")


def every_hist(kind: str, n: int) -> Iterator[Hist]:
    """`n` answers in all possible ways among the kind's categories."""
    last = n + len(KINDS[kind].categories(question_of(kind))) - 1
    for bars in combinations(range(last), last - n):
        edges = (-1, *bars, last)
        yield tuple(b - a - 1 for a, b in pairwise(edges))


def several_hists(n: int) -> Iterator[Hist]:
    options = len(KINDS["several"].categories(question_of("several")))
    return product(range(n + 1), repeat=options)


@cache
def stored(kind: str, truth: Hist, n: int) -> Hist:
    question = question_of(kind)
    hist = dict(zip(KINDS[kind].categories(question), truth, strict=True))
    return tuple(KINDS[kind].deny(question, hist, n).values())


def truths(kind: str, n: int) -> dict[Hist, list[Hist]]:
    """Stored histogram -> all that would be stored as it."""
    found = defaultdict(list)
    every = several_hists(n) if kind == "several" else every_hist(kind, n)
    for truth in every:
        found[stored(kind, truth, n)].append(truth)
    return found


def mark(kind: str, hist: Hist, n: int) -> Mark:
    """What is read beside a block of this histogram."""
    named = dict(zip(KINDS[kind].categories(question_of(kind)), hist, strict=True))
    block = ReleasedBlock("r", "asked", kind, "", 0, "Finance", n, n, named, {HERE: n})
    shown = added([block], n)
    return Mark(shown.certainty, shown.doubtful)


def worth(hist: Hist) -> int:
    return sum(step * count for step, count in enumerate(hist))


@pytest.mark.parametrize(("kind", "n"), SIZES)
def test_one_possible_truth_is_always_harmless(kind: str, n: int) -> None:
    names = KINDS[kind].categories(question_of(kind))
    unwelcome = [names.index(name) for name in UNWELCOME[kind]]
    for possible in truths(kind, n).values():
        assert any(sum(truth[i] for i in unwelcome) < n for truth in possible)
        assert any(max(truth) < n for truth in possible)


@pytest.mark.parametrize(("kind", "n"), SIZES)
def test_what_is_stored_might_be_the_truth(kind: str, n: int) -> None:
    for shown, possible in truths(kind, n).items():
        assert shown in possible
        assert sum(shown) == n
        assert all(sum(map(abs, _difference(shown, truth))) <= 2 for truth in possible)


@pytest.mark.parametrize(("kind", "n"), SIZES)
def test_a_mark_stands_wherever_the_truth_may_be_another(kind: str, n: int) -> None:
    """And it is the same for all of them, because it is made of what is stored."""
    for shown, possible in truths(kind, n).items():
        beside = mark(kind, shown, n)
        moved = {(d > 0) - (d < 0) for d in (worth(t) - worth(shown) for t in possible)} - {0}
        if kind == "choice":
            off = {i for t in possible for i, d in enumerate(_difference(shown, t)) if d}
            names = KINDS[kind].categories(question_of(kind))
            assert beside.doubtful == tuple(names[i] for i in sorted(off))
            assert beside.shown == ("≈" if off else "exact")
        else:
            told = {"exact": set(), "≤": {-1}, "≥": {1}, "≈": {-1, 1}}[beside.shown]
            assert told == moved


@pytest.mark.parametrize("n", [5, 6, 7])
def test_of_many_options_none_is_known_to_be_everybodys(n: int) -> None:
    names = KINDS["several"].categories(question_of("several"))
    for shown, possible in truths("several", n).items():
        off = tuple(names[i] for i, count in enumerate(shown) if count == n - 1)
        beside = mark("several", shown, n)
        assert beside == Mark("≈" if off else "exact", off)
        for option in range(len(names)):
            assert any(truth[option] < n for truth in possible)


def _difference(shown: Hist, truth: Hist) -> list[int]:
    return [a - b for a, b in zip(shown, truth, strict=True)]
