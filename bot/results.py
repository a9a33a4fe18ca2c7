"""What came of a round, for those who answered it: from releases alone, of everybody together."""

from __future__ import annotations

from bot import wording
from bot.domain.people import Cell
from bot.domain.report import Report, figures
from bot.domain.rounds import Round
from bot.domain.topics import topics
from bot.errors import Refusal
from bot.plain import sentence, than_before, theme_label
from bot.ports import Transaction


def came_of(tx: Transaction, pulse: str) -> str:
    """In two or three sentences; empty where nothing was published."""
    found = _of_everybody(tx, pulse)
    if found is None:
        return ""
    on = wording.day_of_month(found.newest.opens_on)
    return f"What came of the round of {on}: {_told(tx, found)}"


def came_of_round(tx: Transaction, round: Round) -> str:
    """The same of the newest round alone, without its date."""
    found = _of_everybody(tx, round.pulse)
    return _told(tx, found) if found and found.newest.round == round.id else ""


def _of_everybody(tx: Transaction, pulse: str) -> Report | None:
    try:
        return figures(tx, pulse, Cell())
    except Refusal:
        return None


def _told(tx: Transaction, found: Report) -> str:
    newest = found.newest
    answered = f"{newest.answered} of {newest.invited} answered."
    return " ".join(filter(None, (answered, _figure(found), _theme(tx, found))))


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
