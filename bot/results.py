"""What came of a round, for those who answered it: from releases alone, of everybody together."""

from __future__ import annotations

from bot import wording
from bot.domain.people import Cell
from bot.domain.report import Report, report
from bot.domain.topics import topics
from bot.errors import Refusal
from bot.plain import sentence, than_before, theme_label
from bot.ports import Transaction


def came_of(tx: Transaction, pulse: str) -> str:
    """In two or three sentences; empty where nothing was published."""
    try:
        found = report(tx, pulse, Cell())
    except Refusal:
        return ""
    newest = found.newest
    on = wording.day_of_month(newest.opens_on)
    told = f"What came of the round of {on}: {newest.answered} of {newest.invited} answered."
    return " ".join(filter(None, (told, _figure(found), _theme(tx, found))))


def _figure(found: Report) -> str:
    before = found.earlier[0].opens_on if found.earlier else None
    for shown in found.questions:
        if said := sentence(shown):
            return f"{said}{than_before(shown, before)}."
    return ""


def _theme(tx: Transaction, found: Report) -> str:
    top = next(iter(topics(tx, found).now), None)
    if top is None:
        return ""
    more = {"up": ", more than the time before", "down": ", less than the time before"}
    return f"Most was written about “{theme_label(top.theme)}”{more.get(top.change or '', '')}."
