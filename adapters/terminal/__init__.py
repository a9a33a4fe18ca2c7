"""The command line: one file in `verbs/` is one verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adapters.terminal.house import Roof


def main(roof: Roof) -> None:
    """Does what the command line says, and ends the program."""
    from adapters.terminal.words import application, plain_streams

    plain_streams()
    application()(prog_name="itpulse", obj=roof)
