"""What was published, as rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Final

from bot.domain.people import Cell, Place
from bot.domain.release import ReleasedBlock, ReleasedGroup, ReleasedText

#: Places of a company that are kept as one object each.
MOST_PLACES: Final = 50_000


def text_row(text: ReleasedText) -> dict[str, Any]:
    return {
        "id": text.id,
        "round": text.round,
        "question": text.question,
        "block": text.block,
        "body": text.body,
        "themes": list(text.themes),
        "sentiment": text.sentiment,
        "because": list(text.because),
    }


def text_read(*row: Any) -> ReleasedText:
    id, round, question, block, body, themes, sentiment, because, corrected = row
    told = tuple(themes), sentiment, tuple(because), corrected
    return ReleasedText(id, round, question, block, body, *told)


def block_rows(blocks: Sequence[ReleasedBlock]) -> list[dict[str, Any]]:
    asked: dict[str, int] = {}
    return [
        {
            "round": b.round,
            "question": b.question,
            "block": b.block,
            "asked": asked.setdefault(b.question, len(asked)),
            "kind": b.kind,
            "formula": b.formula,
            "label": b.label,
            "n": b.n,
            "invited": b.invited,
            "hist": dict(b.hist),
            "of": [[*place, invited] for place, invited in b.of.items()],
        }
        for b in blocks
    ]


def block_read(of: list[Any], **fields: Any) -> ReleasedBlock:
    return ReleasedBlock(**fields, of={_place(*place): invited for *place, invited in of})


#: One object for each: every round names the same places again, for every question.
_place = lru_cache(MOST_PLACES)(Place)


def group_row(nth: int, group: ReleasedGroup) -> dict[str, Any]:
    return {
        "round": group.round,
        "question": group.question,
        "nth": nth,
        **asdict(group.cell),
        "invited": group.invited,
        "blocks": list(group.blocks),
    }


def group_read(
    *, round: str, question: str, invited: int, blocks: list[int], **cell: str
) -> ReleasedGroup:
    return ReleasedGroup(round, question, Cell(**cell), invited, tuple(blocks))
