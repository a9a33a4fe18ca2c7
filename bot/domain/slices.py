"""Rotation: each round asks a part of every unit, and a part is never smaller than it need be.

A unit of N is cut into clamp(N/10, 1, 4) slices which are fixed across cycles. A random quarter of
the company each time would let whoever knows who was asked take one round from another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.people import Person

#: Rounds until everybody has been asked once.
CYCLE: Final = 4
#: Nobody's slice is smaller where their unit is large enough.
SMALLEST_SLICE: Final = 10


def slots(people: Iterable[Person], fixed: Mapping[int, int]) -> dict[int, int]:
    """Person -> the round of a cycle (0 to 3) they are asked in.

    `fixed` are the slots given before; they stay. Newcomers join the slices of their unit.
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
    given = {member: fixed[member] for member in members if member in fixed}
    sizes = Counter(given.values()) or _fresh_slices(len(members), load)
    for member in members:
        if member not in given:
            slot = min(sizes, key=lambda s: (sizes[s], s))
            given[member] = slot
            sizes[slot] += 1
            load[slot] += 1
    return given


def _fresh_slices(size: int, load: Counter[int | None]) -> Counter[int]:
    """As many slices as the unit can bear, in the rounds with the fewest people so far."""
    count = min(max(size // SMALLEST_SLICE, 1), CYCLE)
    quietest = sorted(range(CYCLE), key=lambda slot: (load[slot], slot))
    return Counter(dict.fromkeys(quietest[:count], 0))
