"""What goes together with how people feel about IT, in one line."""

from __future__ import annotations

from bot.cards import Fineprint, Part
from bot.domain.drivers import drivers
from bot.domain.people import Cell
from bot.domain.report import Report
from bot.turn import Turn


def together(turn: Turn, found: Report) -> list[Part]:
    """Of the whole company; nothing where no answer surely stands out."""
    told = drivers(turn.tx, found.newest.pulse) if found.cell == Cell() else None
    if told is None or told.top is None:
        return []
    main, top = (found.by_question(question) for question in (told.main, told.top))
    if main is None or top is None:
        return []
    seen = f"Goes together most with “{main.text}”: “{top.text}” ({told.n} complete answers)."
    said = f"{seen} Which of them comes first, that does not say."
    return [Fineprint(said)]
