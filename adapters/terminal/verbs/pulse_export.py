"""A pulse as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say
from bot.errors import Fault, UnknownPulse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.terminal.house import House
    from bot.domain.pulse import Pulse

WORDS = "pulse export"


def run(
    context: typer.Context,
    pulse: Annotated[
        str | None, typer.Argument(metavar="ID", help="May be left out where there is only one.")
    ] = None,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Write a pulse as TOML, for `pulse apply`."""
    from bot.domain.files.pulse_text import write_pulse

    say(write_pulse(_chosen(in_house(context, data, _all), pulse)).rstrip("\n"))


async def _all(house: House) -> list[Pulse]:
    return await house.store.read(lambda tx: tx.pulses.all())


def _chosen(pulses: Sequence[Pulse], id: str | None) -> Pulse:
    ids = ", ".join(pulse.id for pulse in pulses)
    if not pulses:
        raise Fault(["There is no pulse yet; add one with `itpulse pulse apply FILE.toml`."])
    if id is None:
        if len(pulses) > 1:
            raise Fault([f"There are several pulses; name one of {ids}."])
        return pulses[0]
    found = next((pulse for pulse in pulses if pulse.id == id), None)
    if found is None:
        raise UnknownPulse(f"There is no pulse “{id}”; there are {ids}.")
    return found
