"""Rotation: each round asks a part of every unit, and a part is never smaller than it need be.

A unit of N is cut into clamp(N/10, 1, 4) slices which are fixed across cycles. A random quarter of
the company each time would let whoever knows who was asked take one round from another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from bot.domain.people import Person
from bot.domain.pulse import K

#: Rounds until everybody has been asked once.
CYCLE: Final = 4
#: Nobody's slice is smaller where their unit is large enough.
SMALLEST_SLICE: Final = 10


def turn(opened: Iterable[bool], able: Collection[int]) -> int:
    """Whose turn is next, after the dates there were, oldest first.

    `able` are the slots with people enough for a round. A date on which one of these could not be
    asked was none of its turns; an empty one goes by, so that nobody's turn comes more often.
    """
    slot = 0
    for each in opened:
        if each or slot not in able:
            slot = (slot + 1) % CYCLE
    return slot


def slots(people: Iterable[Person], fixed: Mapping[int, int]) -> dict[int, int]:
    """Person -> the round of a cycle (0 to 3) they are asked in.

    `fixed` are the slots given before; they stay, but no unit keeps more slices than it can bear.
    Newcomers join the slices of their unit.
    """
    units: dict[str, list[int]] = {}
    for person in people:
        units.setdefault(person.unit, []).append(person.id)
    load = Counter(fixed.get(member) for members in units.values() for member in members)
    given: dict[int, int] = {}
    for _, members in sorted(units.items(), key=lambda unit: (-len(unit[1]), unit[0])):
        given |= _unit_slots(sorted(members), fixed, load)
    return given


def _unit_slots(
    members: list[int], fixed: Mapping[int, int], load: Counter[int | None]
) -> dict[int, int]:
    sizes = _kept_slices(members, fixed)
    given = {member: fixed[member] for member in members if fixed.get(member) in sizes}
    sizes = sizes or _fresh_slices(members, load)
    for member in members:
        if member not in given:
            slot = min(sizes, key=lambda s: (sizes[s], s))
            given[member] = slot
            sizes[slot] += 1
            load[slot] += 1
    return given


def _kept_slices(members: list[int], fixed: Mapping[int, int]) -> Counter[int]:
    """The slices there have been, without those too many for a unit that shrank, and those of the
    few who brought theirs from another unit: such a slice could never be shown by itself."""
    before = Counter(fixed[member] for member in members if member in fixed)
    ranked = before.most_common(_most_slices(members))
    return Counter(dict([*ranked[:1], *(slot for slot in ranked[1:] if slot[1] >= K)]))


def _most_slices(members: list[int]) -> int:
    """As many as the unit can bear."""
    return min(max(len(members) // SMALLEST_SLICE, 1), CYCLE)


def _fresh_slices(members: list[int], load: Counter[int | None]) -> Counter[int]:
    """In the rounds with the fewest people so far."""
    quietest = sorted(range(CYCLE), key=lambda slot: (load[slot], slot))
    return Counter(dict.fromkeys(quietest[: _most_slices(members)], 0))
