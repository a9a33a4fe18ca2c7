"""How IT is really doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say, say_json

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.ports import Transaction

WORDS = "summary"

#: Of the whole answer, repeated in each row.
_HEAD = ("pulse", "round", "opens_on", "closes_on", "invited", "answered", "response_rate")
_QUESTION = ("kind", "formula", "value", "low", "high", "n", "hist", "change")
COLUMNS = (*_HEAD, "question", *_QUESTION, "shown_only_as")


def run(
    context: typer.Context,
    pulse: Annotated[
        str | None, typer.Option(metavar="ID", help="The pulse that closed last, if left out.")
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="NAME", help="Only this unit.")] = None,
    rounds: Annotated[int, typer.Option(metavar="N", min=1, help="So many rounds added up.")] = 1,
    format: Annotated[Literal["text", "json", "csv"], typer.Option("--format")] = "text",
    data: DirectoryOption = DEFAULT,
) -> None:
    """What people said, from what was released.

    Of a named pulse: who said what in its newest round, and no figures.
    """

    async def read(house: House) -> dict[str, Any]:
        return await house.store.read(lambda tx: _wire(tx, pulse, unit, rounds))

    wire = in_house(context, data, read)
    if format == "json":
        say_json(wire)
    elif format == "csv":
        from adapters.terminal.tables import as_csv

        columns, rows = _sheet(wire)
        say(as_csv(columns, rows).rstrip("\n"))
    elif "named" in wire:
        from adapters.terminal.named_text import lines as named_lines

        say(*named_lines(wire))
    else:
        from adapters.terminal.summary_text import lines

        say(*lines(wire, unit))


def _wire(tx: Transaction, pulse: str | None, unit: str | None, rounds: int) -> dict[str, Any]:
    from bot.domain.exports import summary_wire

    if unit:
        known = {person.unit.lower(): person.unit for person in tx.people.all()}
        unit = known.get(unit.lower(), unit)
    return summary_wire(tx, pulse, unit, rounds)


def _sheet(wire: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    if "named" in wire:
        from adapters.terminal import named_text

        return named_text.COLUMNS, named_text.rows(wire)
    return COLUMNS, _rows(wire)


def _rows(wire: dict[str, Any]) -> list[dict[str, Any]]:
    """One a question; one without any where the group may not be shown by itself."""
    head = {key: wire[key] for key in (*_HEAD, "shown_only_as")}
    questions = [question | {"question": question["id"]} for question in wire["questions"]]
    return [head | question for question in questions or [{}]]
