"""Which groups are too small to be shown, told from head counts alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from bot.domain.people import Cell, Place
from bot.domain.pulse import K, Pulse
from bot.domain.release import invited_by_cell, partition

#: Warnings told at most; the rest is counted.
MOST_TOLD: Final = 5


class Hidden(NamedTuple):
    """A group that is shown only as part of a larger one, even if everybody answers."""

    cell: Cell
    invited: int


def hidden(pulse: Pulse, places: Mapping[Place, int]) -> list[Hidden]:
    """The units, divisions and so on of a confidential pulse that will never be shown by
    themselves, largest first. `places` are the invited by place.

    That is so where a group, or what a larger one would be without it, has fewer people than the
    smallest group. Nothing is hidden in a named round.
    """
    if pulse.manner == "named" or not places:
        return []
    shown = {cell for cell, _ in partition(places, places, max(K, pulse.smallest_group)).groups}
    counts = {cell: n for cell, n in invited_by_cell(places).items() if cell not in shown}
    return [Hidden(*found) for found in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]


def told(groups: list[Hidden]) -> str:
    """A sentence for whoever sets the pulse up; empty where there is nothing to say."""
    if not groups:
        return ""
    # Whole units and divisions are asked for most.
    first = sorted(groups, key=lambda group: bool(group.cell.role or group.cell.site))
    names = [f"{group.cell.label} ({group.invited})" for group in first[:MOST_TOLD]]
    rest = len(groups) - len(names)
    more = f" and {rest} more" if rest else ""
    return (
        "Shown only as part of a larger group, even if all answer, because too few are in them or "
        f"beside them: {', '.join(names)}{more}."
    )
