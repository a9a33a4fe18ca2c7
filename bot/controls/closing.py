"""An admin asks for a round to be closed before its time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.domain.grumbles import PULSE as BOX
from bot.domain.pulse import FEWEST_INVITED
from bot.domain.rounds import Round
from bot.errors import Refusal, UnknownPulse
from bot.ports import AuditLine, Transaction

EARLY: Final = (
    "It is published only if half of its time has passed and at least "
    f"{FEWEST_INVITED} people have answered; else it is discarded. Nobody, you included, is told "
    "beforehand which it will be, and it cannot be opened again."
)
EARLY_NAMED: Final = (
    "The answers given so far are kept with the names of those who gave them, and it cannot be "
    "opened again."
)


class NothingOpen(Refusal):
    """No round of this pulse is open, so there is nothing to close."""

    reason = "nothing_open"


class ClosesAlready(Refusal):
    """Somebody has asked for that already; the round closes with the next beat of the clock."""

    reason = "closes_already"


class NobodyOpensTheBox(Refusal):
    """The box for grumbles is opened by itself, when enough people have written."""

    reason = "box"


def open_round(tx: Transaction, pulse: str) -> Round:
    """The round that would be closed; raises UnknownPulse or another Refusal."""
    if pulse == BOX:
        raise NobodyOpensTheBox
    if tx.pulses.get(pulse) is None:
        raise UnknownPulse(f"There is no pulse “{pulse}”.")
    found = tx.rounds.of_pulse(pulse, "open")
    if not found:
        raise NothingOpen(f"No round of “{pulse}” is open, so there is nothing to close.")
    if found[0].early_at:
        raise ClosesAlready
    return found[0]


def close_early(tx: Transaction, pulse: str, who: str, now: datetime) -> Round:
    """Has the next tick close it; says so in the audit."""
    round = open_round(tx, pulse)
    tx.rounds.set_early(round.id, now)
    tx.audit.add(AuditLine(now, who, f"round {round.id}: asked to close early"))
    return round


def consequences(round: Round) -> str:
    return EARLY_NAMED if round.plan.manner == "named" else EARLY
