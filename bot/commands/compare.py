"""Two units side by side, as far as both may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import Card, Facts, Fineprint, Heading, Part, Prose, Reply
from bot.commands.command import Command
from bot.commands.figures import described, signs, title
from bot.domain.answer import Shown
from bot.domain.insight import Verdict
from bot.domain.people import Cell
from bot.domain.report import Report, figures
from bot.errors import BadValue
from bot.plain import apart
from bot.turn import Turn

HOW = "Name two units, for example: compare {one}, {other}"
TOO_FEW = "There are no two units to compare yet."
THERE_ARE = "You can choose from: {units}."
SMALL = "A unit that is too small for a figure of its own is shown only as part of a larger group."
APART: Final[Mapping[Verdict, str]] = {
    "up": "{first} is clearly better off.",
    "down": "{second} is clearly better off.",
    "no change": "No difference worth noticing.",
    "can't tell yet": "Too close to call with so few answers.",
}


def run(turn: Turn, rest: str) -> Reply:
    if not rest:
        return Reply(say=(_which(turn),))
    pulse, units = _meant(turn, rest)
    only = turn.person.sees_only
    first, second = found = [figures(turn.tx, pulse, Cell(unit=unit), only=only) for unit in units]
    head = f"{title(turn, first)} · {units[0]} and {units[1]}"
    if hidden := [one for one in found if one.shown_only_as]:
        parts = [Prose(_hidden(one)) for one in hidden]
        return Reply(say=(Card(f"{head}. {parts[0].text}", (Heading(head), *parts)),))
    told = [part for shown in first.questions for part in _question(shown, first, second)]
    told = told or [Prose("There is no figure that both have.")]
    said = next(part.text for part in told if isinstance(part, Prose))
    fine = map(Fineprint, signs(first, second))
    return Reply(say=(Card(f"{head}. {said}", (Heading(head), *told, *fine)),))


def _which(turn: Turn) -> Card:
    """What can be compared, for who has named nothing."""
    units = turn.tx.people.units()
    told = THERE_ARE.format(units=", ".join(units))
    how = _how(units)
    more = (Prose(told), Fineprint(SMALL)) if len(units) > 1 else ()
    return Card(how, (Prose(how), *more))


def _how(units: list[str]) -> str:
    """With units that there are."""
    if len(units) < 2:
        return TOO_FEW
    known = [unit for unit in COMMAND.example.split(", ") if unit in units]
    one, other = known if len(known) == 2 else units[:2]
    return HOW.format(one=one, other=other)


def _hidden(found: Report) -> str:
    return f"{found.cell.label} is shown only as part of {found.shown_only_as}."


def _question(shown: Shown, first: Report, second: Report) -> list[Part]:
    other = second.by_question(shown.question)
    if other is None or not (shown.figure and other.figure):
        return []
    rows = tuple((found.cell.label, described(s)) for found, s in ((first, shown), (second, other)))
    return [Prose(f"{shown.text} {_apart(shown, other, first, second)}".strip()), Facts(rows)]


def _apart(shown: Shown, other: Shown, first: Report, second: Report) -> str:
    """Whether the two differ by more than chance."""
    verdict = apart(other, shown)
    names = {"first": first.cell.label, "second": second.cell.label}
    return APART[verdict].format(**names) if verdict else ""


def _meant(turn: Turn, words: str) -> tuple[str | None, tuple[str, str]]:
    """A pulse, where the first word is one, and two units."""
    first, *rest = words.split(maxsplit=1) or [""]
    if rest and turn.tx.pulses.get(first):
        return first, _two_units(turn, rest[0])
    return None, _two_units(turn, words)


def _two_units(turn: Turn, words: str) -> tuple[str, str]:
    """Unit names may hold spaces, so every place to cut the words in two is tried."""
    units = turn.tx.people.units()
    known = {unit.lower(): unit for unit in units}
    tokens = words.lower().split()
    for cut in range(1, len(tokens)):
        first = " ".join(tokens[:cut]).strip(" ,")
        second = " ".join(tokens[cut:]).removeprefix("and ").removeprefix("vs ").strip(" ,")
        if first in known and second in known:
            return known[first], known[second]
    raise BadValue(f"{_how(units)}. {THERE_ARE.format(units=', '.join(units))}")


COMMAND = Command(
    "compare",
    "two units side by side",
    run,
    needs="lead",
    example="Finance, Sales",
)
