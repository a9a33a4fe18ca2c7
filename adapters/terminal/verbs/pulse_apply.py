"""A pulse from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from adapters.terminal.intake import DryRunOption, FileArgument, taken_whole
from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import complain, say

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.controls.applying import Outcome
    from bot.domain.pulse import Pulse

WORDS = "pulse apply"


def run(
    context: typer.Context,
    file: FileArgument,
    dry_run: DryRunOption = False,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Add or change a pulse from a TOML file.

    Whoever applies a pulse that asks more than a person is asked a week says yes to it thereby.

    The same file again changes nothing. Rounds already open keep the wording and rules they were
    opened with.
    """
    from bot.controls.applying import told
    from bot.domain.files.pulse_toml import read_pulse

    with taken_whole(file) as text:
        pulse = read_pulse(text)
        outcome = in_house(context, data, lambda house: _apply(house, pulse, dry_run))
    say(f"{pulse.id}: {_headline(outcome)}")
    if outcome.before:
        say(*(f"  {told(change)}" for change in outcome.changes))
    complain(*outcome.notes)


async def _apply(house: House, pulse: Pulse, dry_run: bool) -> Outcome:
    from bot.controls.applying import allowed, look, put

    if dry_run:
        return await house.store.read(lambda tx: look(tx, allowed(tx, pulse)))
    now = house.clock.now()
    return await house.store.run(lambda tx: put(tx, allowed(tx, pulse), "terminal", now))


def _headline(outcome: Outcome) -> str:
    if not outcome.changes:
        return f"unchanged (version {outcome.before})"
    if not outcome.version:
        return f"{'would change' if outcome.before else 'would be new'} (nothing was written)"
    return f"{'changed' if outcome.before else 'new'} (version {outcome.version})"
