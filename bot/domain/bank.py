"""Questions that take turns: each round asks a few of a pulse's bank beside its own.

Everybody asked in a round is asked the same. For each person the bank is a queue: what they have
not seen, then what they saw longest ago. A round asks what is first in most people's queues, and
leaves out whoever would see something again before the rest, whatever they have missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from bot.domain.pulse import BELIEF, Pulse, Question

#: Ids of questions somebody was sent, each once, the latest last.
Seen: TypeAlias = tuple[str, ...]


def chosen(pulse: Pulse, everybody: Iterable[Seen]) -> Pulse:
    """The pulse as one round asks it."""
    bank = {question.id: question for question in pulse.bank}
    wanted: Counter[Seen] = Counter()
    # Many have seen the same.
    for seen, count in Counter(everybody).items():
        if _still(pulse, seen):
            wanted[_first(pulse, seen)] += count
    order = list(bank)
    first = min(
        wanted,
        key=lambda ids: (-wanted[ids], [order.index(id) for id in ids]),
        default=tuple(order[: pulse.rotate]),
    )
    return asking(pulse, [bank[id] for id in first])


def may_be_asked(pulse: Pulse, seen: Seen, asked: Collection[str]) -> bool:
    """Whether these are what somebody's queue begins with; newcomers begin anywhere."""
    return not _still(pulse, seen) or set(_first(pulse, seen)) == set(asked)


def after(seen: Seen, asked: Sequence[str]) -> Seen:
    return (*(id for id in seen if id not in asked), *asked)


def holding(pulse: Pulse, own: Sequence[Question], bank: Sequence[Question]) -> Pulse:
    """The same with these questions. A first bank is asked by one a round, and none is asked more
    than it holds.
    """
    rotate = min(max(1, pulse.rotate), len(bank))
    return replace(pulse, questions=tuple(own), bank=tuple(bank), rotate=rotate)


def walk_of(pulse: Pulse) -> int:
    """Rounds until somebody who misses none was sent the whole bank."""
    return -(-len(pulse.bank) // pulse.rotate) if pulse.bank else 0


def asking(pulse: Pulse, some: Iterable[Question]) -> Pulse:
    """The same with some of its bank, before the belief item."""
    own = [q for q in pulse.questions if q.id != BELIEF]
    last = [q for q in pulse.questions if q.id == BELIEF]
    return replace(pulse, questions=(*own, *some, *last))


def in_round(questions: Iterable[Question], bank: Collection[str]) -> list[str]:
    return [question.id for question in questions if question.id in bank]


def ids_of(pulse: Pulse) -> Seen:
    return tuple(question.id for question in pulse.bank)


def _still(pulse: Pulse, seen: Seen) -> Seen:
    """Without what was taken out of the bank."""
    bank = set(ids_of(pulse))
    return tuple(id for id in seen if id in bank)


def _first(pulse: Pulse, seen: Seen) -> Seen:
    """What somebody is to see next; `seen` holds something of the bank."""
    order, mine = ids_of(pulse), _still(pulse, seen)
    start = order.index(mine[-1])
    unseen = [id for id in order[start:] + order[:start] if id not in mine]
    return (*unseen, *mine)[: pulse.rotate]
