"""Lets scores and comments change hands within their blocks, and looks for anything that changes.

If every permitted output stays the same, none of them can say who in a block said what. What is
told of answers that go together must stay the same when whole ballots change hands in the whole
company.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, Final

from bot.domain.answer import Released
from bot.domain.connections import connections
from tests.attack.questions import Desk, queries, sheets
from tests.attack.stage import Played, Said

#: What changes hands together, and whose blocks it stays in: a score goes with its reasons, and
#: the reasons also by themselves, so that they say nothing about it.
TOGETHER: Final = (("overall", "why"), ("why",), ("quick",), ("effort",), ("words",))
QUESTIONS: Final = ("overall", "why", "words")


def changed_outputs(played: Played, times: int, random: Random) -> int:
    """How many permitted outputs of any round were different, over so many permutations."""
    return sum(
        _changed(released, played.publish(number, shuffled(played, number, random)))
        + _changed_connections(played, number, random)
        for number, released in enumerate(played.released)
        for _ in range(times)
    )


def _changed_connections(played: Played, round: int, random: Random) -> int:
    """With the histograms as they are published: how finely is told is read from them."""
    said = played.of_round(round)
    answers = [one.answers for one in said]
    random.shuffle(answers)
    dealt = [replace(one, answers=given) for one, given in zip(said, answers, strict=True)]
    moments = played.count(round, dealt).moments
    assert moments
    plan, sheets = played.rounds[round].plan, played.released[round].sheets
    blocks = [block for sheet in sheets.values() for block in sheet.blocks]
    return int(connections(plan, moments, blocks) != played.connections[round])


def with_whole_ballots_dealt(played: Played, round: int, random: Random) -> list[Said]:
    """Among those who answered the same questions and are in the same block of each."""
    alike: defaultdict[Hashable, list[Said]] = defaultdict(list)
    for one in played.of_round(round):
        alike[_blocks_of(played.released[round], one)].append(one)
    dealt = []
    for theirs in alike.values():
        answers = [one.answers for one in theirs]
        random.shuffle(answers)
        dealt += [replace(one, answers=a) for one, a in zip(theirs, answers, strict=True)]
    return dealt


def _blocks_of(released: Released, one: Said) -> Hashable:
    answered = frozenset(name for name, value in one.answers.items() if value is not None)
    blocks = [b for sheet in released.sheets.values() for b in sheet.blocks if one.place in b.of]
    return answered, tuple((block.question, block.block) for block in blocks)


def shuffled(played: Played, round: int, random: Random) -> list[Said]:
    said = [replace(one, answers=dict(one.answers)) for one in played.of_round(round)]
    for names in TOGETHER:
        for sheet in sheets(played.released[round], names[0]):
            for block in sheet.blocks:
                theirs = [one for one in said if one.place in block.of and _answered(one, names)]
                _change_hands(theirs, names, random)
    return said


def _answered(one: Said, names: Sequence[str]) -> bool:
    """Those who skipped a reason or a comment keep that: who answered what is no secret here."""
    return one.answers.get(names[0]) is not None


def _change_hands(theirs: Sequence[Said], names: Sequence[str], random: Random) -> None:
    values = [{name: one.answers.get(name) for name in names} for one in theirs]
    random.shuffle(values)
    for one, value in zip(theirs, values, strict=True):
        answers = one.answers
        assert isinstance(answers, dict)
        answers.update(value)


def _changed(before: Released, after: Released) -> int:
    """Outputs are functions of what was released, so only a different release is asked again."""
    if same_outputs(before, after):
        return 0
    outputs = list(zip(_outputs(before), _outputs(after), strict=True))
    return max(1, sum(one != other for one, other in outputs))


def same_outputs(before: Released, after: Released) -> bool:
    return _told(before) == _told(after)


def _told(released: Released) -> Mapping[str, Any]:
    return {
        "rounds": released.rounds,
        "sheets": released.sheets,
        "themes": set(released.themes),
        # In an order and with ids that are drawn anew each time.
        "texts": Counter(replace(text, id="") for text in released.texts),
    }


def _outputs(released: Released) -> Iterator[object]:
    desk = Desk()
    for question in QUESTIONS:
        for query in queries():
            yield desk.ask(released, question, query)
