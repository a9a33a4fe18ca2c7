"""Two units side by side, as far as both may be shown."""

from __future__ import annotations

from bot.cards import Card, Facts, Fineprint, Heading, Part, Prose, Reply
from bot.commands.command import Command
from bot.commands.figures import described, title
from bot.domain.people import Cell
from bot.domain.report import Report, report
from bot.errors import BadValue
from bot.turn import Turn

HOW = "Name two units of the people list, for example: compare Finance, Sales"
OVERLAP = "Where the likely ranges overlap, the two may well be the same."


def run(turn: Turn, rest: str) -> Reply:
    units = _two_units(turn, rest)
    found = [report(turn.tx, None, Cell(unit=unit)) for unit in units]
    said = f"{title(turn, found[0])} · {units[0]} and {units[1]}"
    parts: list[Part] = [Heading(said)]
    for one in found:
        parts += _unit(one)
    if not any(one.shown_only_as for one in found):
        parts.append(Fineprint(OVERLAP))
    return Reply(say=(Card(said, tuple(parts)),))


def _unit(found: Report) -> list[Part]:
    name = found.cell.label
    if found.shown_only_as:
        return [Prose(f"{name} is shown only as part of {found.shown_only_as}.")]
    rows = [(shown.text, described(shown)) for shown in found.questions if shown.figure]
    return [Prose(name), Facts(tuple(rows))] if rows else [Prose(f"{name}: no figure to show.")]


def _two_units(turn: Turn, words: str) -> tuple[str, str]:
    """Unit names may hold spaces, so every place to cut the words in two is tried."""
    known = {unit.lower(): unit for unit in turn.tx.people.units()}
    tokens = words.lower().split()
    for cut in range(1, len(tokens)):
        first = " ".join(tokens[:cut]).strip(" ,")
        second = " ".join(tokens[cut:]).removeprefix("and ").removeprefix("vs ").strip(" ,")
        if first in known and second in known:
            return known[first], known[second]
    raise BadValue(HOW)


COMMAND = Command(
    "compare",
    "two units side by side (for IT leads)",
    run,
    needs="lead",
    example="Finance, Sales",
)
