"""A pulse is paused, resumed, archived, copied, or what it has not sent is taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.controls.applying import Outcome, put
from bot.controls.closing import NothingOpen
from bot.domain.files.fields import ID
from bot.domain.files.pulse_toml import BUILT_IN
from bot.domain.pulse import FEWEST_INVITED, Pulse, PulseState
from bot.domain.rounds import Round
from bot.errors import BadValue, Refusal, UnknownPulse
from bot.ports import AuditLine, Transaction

ALL_SENT = "Every card of this round has been sent, so there is nothing to take back."
SAID = {"live": "resumed", "draft": "a draft", "paused": "paused", "archived": "archived"}


class SoAlready(Refusal):
    """It is so already; nothing was changed."""

    reason = "so_already"


@dataclass(frozen=True, slots=True)
class Recalled:
    round: Round
    #: Cards that will not be sent any more, and those that have been or may have been.
    taken_back: int
    sent: int
    #: Too few got it for a confidential round, so it closes at once and publishes nothing.
    discarded: bool


def pause(tx: Transaction, pulse: str, who: str, now: datetime) -> Pulse:
    """No round opens until it is resumed; one that is open goes on to its end."""
    return _turn(tx, pulse, "paused", who, now)


def resume(tx: Transaction, pulse: str, who: str, now: datetime) -> Pulse:
    """Back from a pause or from the archive."""
    return _turn(tx, pulse, "live", who, now)


def take_out(tx: Transaction, pulse: str, who: str, now: datetime) -> Pulse:
    """From the archive to the drafts: it asks nobody before it is launched."""
    return _turn(tx, pulse, "draft", who, now)


def archive(tx: Transaction, pulse: str, who: str, now: datetime) -> Pulse:
    """Like a pause, and lists leave it out; what it has published stays."""
    return _turn(tx, pulse, "archived", who, now)


def duplicate(
    tx: Transaction, pulse: str, new: str, title: str, who: str, now: datetime
) -> Outcome:
    """A copy under another id and title, paused until somebody resumes it."""
    found = _known(tx, pulse)
    if not ID.fullmatch(new) or new in BUILT_IN:
        raise BadValue("An id has 1 to 40 of the characters a-z, 0-9 and -. Please choose another.")
    if tx.pulses.get(new):
        raise BadValue(f"There is a pulse “{new}” already. Please choose another id.")
    copy = replace(found, id=new, title=title.strip() or found.title, version=0)
    outcome = put(tx, copy, who, now)
    _turn(tx, new, "paused", who, now)
    return outcome


def recall(tx: Transaction, pulse: str, who: str, now: datetime) -> Recalled:
    """Sends nothing more of the open round.

    Whoever has the card may still answer. A confidential round that fewer than 20 have got is
    closed at once, and discarded like any that closes too early: else a recall at the right
    moment would make a group as small as somebody likes.
    """
    round = _open(tx, pulse)
    taken_back = tx.deliveries.recall(round.id)
    if not taken_back:
        raise SoAlready(ALL_SENT)
    sent = sum(d.state in ("claimed", "sent", "perhaps") for d in tx.deliveries.of_round(round.id))
    few = round.plan.manner == "confidential" and sent < FEWEST_INVITED
    if few and round.early_at is None:
        tx.rounds.set_early(round.id, now)
    ends = "; too few have got it, so it closes at once" if few else ""
    what = f"round {round.id}: {taken_back} cards taken back before they were sent{ends}"
    tx.audit.add(AuditLine(now, who, what))
    return Recalled(round, taken_back, sent, few)


def unsent(tx: Transaction, pulse: str) -> int:
    """Cards that a recall would take back; raises SoAlready where there are none."""
    every = tx.deliveries.of_round(_open(tx, pulse).id)
    waiting = sum(delivery.state == "waiting" for delivery in every)
    if not waiting:
        raise SoAlready(ALL_SENT)
    return waiting


def _open(tx: Transaction, pulse: str) -> Round:
    _known(tx, pulse)
    rounds = tx.rounds.of_pulse(pulse, "open")
    if not rounds:
        raise NothingOpen(f"No round of “{pulse}” is open, so there is nothing to take back.")
    return rounds[0]


def _turn(tx: Transaction, pulse: str, to: PulseState, who: str, now: datetime) -> Pulse:
    found = _known(tx, pulse)
    if tx.pulses.state(pulse) == to:
        raise SoAlready(f"“{pulse}” is {'live' if to == 'live' else SAID[to]} already.")
    tx.pulses.set_state(pulse, to)
    tx.audit.add(AuditLine(now, who, f"pulse {pulse}: {SAID[to]}"))
    return found


def _known(tx: Transaction, pulse: str) -> Pulse:
    found = tx.pulses.get(pulse)
    if found is None:
        raise UnknownPulse(f"There is no pulse “{pulse}”.")
    return found
