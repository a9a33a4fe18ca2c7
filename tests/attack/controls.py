"""Five products that are each broken in one place, around the real release.

An attack that finds nothing in one of these would prove nothing about the product.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.answer import Released, Shown, ShownOnlyAs, added, answer
from bot.domain.deniability import Certainty
from bot.domain.people import Cell
from bot.domain.release import Places, ReleasedBlock, ReleasedGroup, tier_cells
from bot.domain.sheet import Sheet
from tests.attack.evidence import Counts
from tests.attack.questions import Desk, sheets
from tests.attack.reading import SCORES, counts_of, hist_of, mark_of, publishes
from tests.attack.siege import Edition, Office
from tests.attack.stage import Played, Said
from tests.attack.world import round_name

K: Final = 5
SCORE: Final = "overall"

#: Round and number of a block.
Key = tuple[str, int]


def sound(played: Played) -> Office:
    return Office([Edition(played.released, played.said)])


def without_remainder_check(played: Played) -> Office:
    """A group of five is shown even where it leaves fewer than five of another over."""
    rounds = [_carelessly_split(played, number) for number in range(len(played.released))]
    return Office([Edition(rounds, played.said)])


def without_deniability(played: Played) -> Office:
    """Blocks are stored as they were counted."""
    rounds = [_as_counted(played, number) for number in range(len(played.released))]
    return Office([Edition(rounds, played.said)], publishing=lambda truth: (truth, mark_of(truth)))


def with_flagged_deniability(played: Played) -> Office:
    """A mark stands only where an answer was really moved."""

    def publishing(truth: Counts) -> tuple[Counts, Certainty]:
        stored, mark = publishes(truth)
        return stored, mark if stored != truth else "exact"

    truths = _truths(played)
    moved = {key for key, block in _scores(played) if truths[key] != counts_of(block.hist)}

    def adding(parts: Sequence[ReleasedBlock], invited: int) -> Shown:
        shown = added(parts, invited)
        return (
            shown if moved & {_key(part) for part in parts} else replace(shown, certainty="exact")
        )

    return Office(sound(played).editions, Desk(adding=adding), publishing)


def with_parents_counted_anew(played: Played) -> Office:
    """A group of several blocks is counted from the answers, not added up."""
    truths = _truths(played)

    def adding(parts: Sequence[ReleasedBlock], invited: int) -> Shown:
        shown = added(parts, invited)
        return shown if len(parts) == 1 else replace(shown, hist=_added(truths, parts))

    def answering(released: Released, question: str, cell: Cell) -> Shown | ShownOnlyAs:
        told = answer(released, question, cell)
        if isinstance(told, ShownOnlyAs):
            return told
        parts = [b for s in sheets(released, question) for b in s.blocks_of(cell)]
        return adding(parts, told.invited)

    return Office(sound(played).editions, Desk(answering, adding))


def with_a_late_answer_republished(played: Played) -> Office:
    """Two editions of a round, before and after somebody came late."""
    late = next(s for s, why in played.refused if why == "not_open" and s.answers["overall"])
    one = Said(late.person, played.place(late.person), late.round, late.answers)
    after = list(played.released)
    after[late.round] = played.publish(late.round, [*played.of_round(late.round), one])
    return Office([*sound(played).editions, Edition(after, [*played.said, one])])


def _carelessly_split(played: Played, number: int) -> Released:
    released = played.released[number]
    sheet = released.sheets[round_name(number), SCORE]
    answered = [one.place for one in played.of_round(number) if one.answers["overall"]]
    blocks, groups = [frozenset(sheet.places)], [(Cell(), frozenset(sheet.places))]
    for tier in tier_cells(sheet.places):
        for cell, inside in tier.items():
            if sum(place in inside for place in answered) >= K:
                blocks = [part for block in blocks for part in (block & inside, block - inside)]
                blocks = [block for block in blocks if any(place in block for place in answered)]
                groups.append((cell, inside))
    split = [_block(played, sheet, i, places) for i, places in enumerate(blocks)]
    return _with(released, _sheet(sheet, split, groups))


def _block(played: Played, sheet: Sheet, number: int, places: Places) -> ReleasedBlock:
    of = {place: invited for place, invited in sheet.places.items() if place in places}
    bare = replace(sheet.blocks[0], block=number, of=of, invited=sum(of.values()))
    truth = _truth(played, bare)
    return replace(bare, n=sum(truth), hist=hist_of(publishes(truth)[0]))


def _sheet(
    before: Sheet, blocks: list[ReleasedBlock], groups: Iterable[tuple[Cell, Places]]
) -> Sheet:
    first = before.blocks[0]
    shown = {}
    for cell, inside in groups:
        numbers = tuple(b.block for b in blocks if not inside.isdisjoint(b.of))
        invited = sum(before.places[place] for place in inside)
        shown[cell] = ReleasedGroup(first.round, first.question, cell, invited, numbers)
    return Sheet(tuple(blocks), shown)


def _as_counted(played: Played, number: int) -> Released:
    released = played.released[number]
    sheet = released.sheets[round_name(number), SCORE]
    blocks = tuple(replace(b, hist=hist_of(_truth(played, b))) for b in sheet.blocks)
    return _with(released, replace(sheet, blocks=blocks))


def _with(released: Released, sheet: Sheet) -> Released:
    return replace(released, sheets={**released.sheets, (released.rounds[0].round, SCORE): sheet})


def _scores(played: Played) -> Iterator[tuple[Key, ReleasedBlock]]:
    for released in played.released:
        for sheet in sheets(released, SCORE):
            yield from ((_key(block), block) for block in sheet.blocks)


def _key(block: ReleasedBlock) -> Key:
    return block.round, block.block


def _truths(played: Played) -> dict[Key, Counts]:
    return {key: _truth(played, block) for key, block in _scores(played)}


def _truth(played: Played, block: ReleasedBlock) -> Counts:
    """What those in a block really said."""
    inside = (s for s in played.said if round_name(s.round) == block.round and s.place in block.of)
    said = Counter(str(one.answers[SCORE]) for one in inside)
    return counts_of({score: said[score] for score in SCORES})


def _added(truths: Mapping[Key, Counts], blocks: Iterable[ReleasedBlock]) -> dict[str, int]:
    every = zip(*(truths[_key(block)] for block in blocks), strict=True)
    return hist_of(tuple(map(sum, every)))
