"""Verbs that turn a pulse on or off: one function of the ground floor each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.place import in_house

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from typing import TypeVar

    from adapters.terminal.house import House
    from bot.ports import Transaction

    T = TypeVar("T")

PulseArgument = Annotated[str, typer.Argument(metavar="ID", help="The pulse that is meant.")]


def turned(
    context: typer.Context,
    data: Path,
    pulse: str,
    turn: Callable[[Transaction, str, str, datetime], T],
) -> T:
    """What came of it; raises a Refusal."""
    return in_house(context, data, lambda house: _turn(house, pulse, turn))


async def _turn(
    house: House, pulse: str, turn: Callable[[Transaction, str, str, datetime], T]
) -> T:
    now = house.clock.now()
    return await house.store.run(lambda tx: turn(tx, pulse, "terminal", now))
