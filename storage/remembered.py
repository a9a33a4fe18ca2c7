"""What was published in numbers, kept at hand: it is written once and never changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.domain.release import ReleasedBlock, ReleasedGroup
from bot.domain.sheet import Sheets, sheets_of
from bot.domain.within import Apart

#: Blocks and groups remembered at most.
MOST_REMEMBERED: Final = 50_000


@dataclass(frozen=True)
class Figures:
    """Of one round."""

    blocks: list[ReleasedBlock]
    groups: list[ReleasedGroup]

    @cached_property
    def sheets(self) -> Sheets:
        return sheets_of(self.blocks, self.groups)


class Remembered:
    """Figures at hand, by round, for all reading transactions of a store: they see only what is
    saved. Texts are never kept here."""

    def __init__(self) -> None:
        self._found: dict[str, Figures] = {}
        #: How far answers lay apart up to a round.
        self.apart: dict[str, Apart] = {}
        self._size = 0

    def get(self, round: str) -> Figures | None:
        return self._found.get(round)

    def put(self, round: str, figures: Figures) -> None:
        # A round that is not released yet has none, and will.
        if figures.blocks and round not in self._found:
            if self._size > MOST_REMEMBERED:
                self._found, self.apart, self._size = {}, {}, 0
            self._found[round] = figures
            self._size += len(figures.blocks) + len(figures.groups)
