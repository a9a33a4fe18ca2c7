"""A pulse from a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from adapters.terminal.intake import DryRunOption, FileArgument, taken_whole
from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import complain, say
from bot.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from adapters.terminal.house import House
    from bot.domain.files.pulse_text import Change
    from bot.domain.people import Person
    from bot.domain.pulse import Pulse
    from bot.ports import Transaction

WORDS = "pulse apply"

#: Characters of an audit line.
LONGEST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    #: 0 where there is none yet.
    before: int
    #: The stored one; 0 in a dry run.
    version: int
    changes: Sequence[Change]
    #: What to look at, though it was taken.
    notes: Sequence[str]


def run(
    context: typer.Context,
    file: FileArgument,
    dry_run: DryRunOption = False,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Add or change a pulse from a TOML file.

    The same file again changes nothing. Rounds already open keep the wording and rules they were
    opened with.
    """
    from bot.domain.files.pulse_toml import read_pulse

    with taken_whole(file) as text:
        pulse = read_pulse(text)
        outcome = in_house(context, data, lambda house: _apply(house, pulse, dry_run))
    say(f"{pulse.id}: {_headline(outcome)}")
    if outcome.before:
        say(*(f"  {_told(change)}" for change in outcome.changes))
    complain(*outcome.notes)


async def _apply(house: House, pulse: Pulse, dry_run: bool) -> Outcome:
    if dry_run:
        return await house.store.read(lambda tx: _looked_at(tx, pulse))
    now = house.clock.now()
    return await house.store.run(lambda tx: _put(tx, pulse, now))


def _looked_at(tx: Transaction, pulse: Pulse) -> Outcome:
    from bot.domain.files.pulse_text import changes

    before = tx.pulses.get(pulse.id)
    notes = _notes(pulse, tx.people.all())
    return Outcome(before.version if before else 0, 0, changes(before, pulse), notes)


def _put(tx: Transaction, pulse: Pulse, now: datetime) -> Outcome:
    from bot.ports import AuditLine

    outcome = _looked_at(tx, pulse)
    if not outcome.changes:
        return replace(outcome, version=outcome.before)
    version = tx.pulses.put(pulse)
    what = "; ".join(map(_told, outcome.changes)) if outcome.before else f"new, {pulse.title}"
    line = f"pulse {pulse.id}, version {version}: {what}"
    tx.audit.add(AuditLine(now, "terminal", _cut(line)))
    return replace(outcome, version=version)


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def _notes(pulse: Pulse, people: Sequence[Person]) -> list[str]:
    """What a round of it would be like for the people there are."""
    from bot.domain.freeze import freeze, too_few
    from bot.domain.pulse import FEWEST_INVITED

    invited = [person for person in people if pulse.audience.invites(person)]
    if not invited:
        return ["It invites nobody yet; check its audience against the people list."]
    try:
        plan = freeze(pulse, invited, pulse.cadence.starts).plan
    except OverflowError as wrong:
        raise Fault([f"questions: {wrong}; ask for less, or shorten ids of options"]) from None
    if too_few(plan):
        return [
            f"It invites {plan.invited} people, and a confidential round takes at least "
            f'{FEWEST_INVITED}: none will open. Invite more, or use manner = "named".'
        ]
    return []


def _headline(outcome: Outcome) -> str:
    if not outcome.changes:
        return f"unchanged (version {outcome.before})"
    if not outcome.version:
        return f"{'would change' if outcome.before else 'would be new'} (nothing was written)"
    return f"{'changed' if outcome.before else 'new'} (version {outcome.version})"


def _told(change: Change) -> str:
    return f"{change.field}: {change.before or '–'} → {change.after or '–'}"
