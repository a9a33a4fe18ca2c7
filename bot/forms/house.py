"""The house rules in chat: when people work, and how much they are asked."""

from __future__ import annotations

import re
from typing import Final

from bot import wording
from bot.cards import Buttons, Card, Facts, Field, Fineprint, Heading, Option, Prose, Reply
from bot.domain.files.faults import shown
from bot.domain.files.pulse_text import text as quoted
from bot.domain.files.rules_toml import WEEK, read_rules
from bot.domain.house_rules import HouseRules
from bot.domain.workdays import Blackout
from bot.errors import Fault
from bot.forms.checks import at_fields
from bot.forms.step import Step, Values, Wrong, lines, opens, said, titled
from bot.house_rules import rules_of, set_rules
from bot.turn import Turn

HOW = "This holds for every pulse. A change holds for rounds that open later."
_LINE: Final = re.compile(r"(\d\S*)(?: *(?:to|–|-) *(\d\S*))? +(\S.*)")
_SAY_IT = "Write a line like “2026-12-21 to 2027-01-03 Christmas break”"


def card(turn: Turn) -> Card:
    rules = rules_of(turn.tx)
    week = ", ".join(wording.DAYS[day] for day in sorted(rules.working_days))
    rows = (
        ("Public holidays", rules.country or "none"),
        ("Working days", week),
        ("Cards go out", f"{rules.earliest:%H:%M} to {rules.latest:%H:%M}, where people live"),
        ("Questions a week", f"{rules.questions_a_week} a person, all pulses together"),
        ("Between two cards", f"at least {wording.count(rules.cooldown_days, 'day', 'days')}"),
    )
    quiet = "\n".join(f"{_days(b)}: {b.name}" for b in rules.blackouts)
    parts = (
        Heading("How often people are asked"),
        Facts(rows),
        Prose(f"Nobody is asked on these days:\n{quiet}" if quiet else "No quiet days are set."),
        Buttons((opens("house", "Change"),)),
        Fineprint(HOW),
    )
    return Card(f"How often people are asked: {rows[3][1]}", parts)


def _days(blackout: Blackout) -> str:
    last = f" to {wording.day(blackout.last)}" if blackout.last != blackout.first else ""
    return f"{wording.day(blackout.first)}{last}"


def _fields(turn: Turn, _about: str) -> tuple[Field, ...]:
    rules = rules_of(turn.tx)
    week = tuple(Option(code, day) for code, day in zip(WEEK, wording.DAYS, strict=True))
    quiet = "\n".join(f"{b.first} to {b.last} {b.name}" for b in rules.blackouts)
    return (
        Field(
            "country", "text", "Whose public holidays?", required=False, value=rules.country,
            hint="For people without a country of their own: DE, or DE-BY for a part of it.",
        ),
        Field(
            "working_days", "choices", "Working days", options=week,
            value=tuple(WEEK[day] for day in sorted(rules.working_days)),
        ),
        Field("earliest", "time", "Cards go out from this hour", value=f"{rules.earliest:%H:%M}"),
        Field("latest", "time", "Cards go out until", value=f"{rules.latest:%H:%M}"),
        Field(
            "questions_a_week", "number", "Questions a person is asked in a week",
            value=rules.questions_a_week, hint="All pulses together.",
        ),
        Field(
            "cooldown_days", "number", "Days from one card to the next", value=rules.cooldown_days,
            hint="Whatever pulses they are of.",
        ),
        Field(
            "blackouts", "long_text", "Days on which nobody is asked", required=False, value=quiet,
            hint=f"{_SAY_IT}.",
        ),
    )  # fmt: skip


def _take(turn: Turn, _about: str, values: Values) -> Reply:
    set_rules(turn.tx, _rules(values), turn.person.email, turn.at)
    return said(card(turn))


def _rules(values: Values) -> HouseRules:
    """As a file of them would be read; raises Wrong."""
    days = ", ".join(map(quoted, values["working_days"]))
    text = "".join(
        (
            f"country = {quoted(values['country'])}\n" if values["country"] else "",
            f"working_days = [{days}]\n",
            f"questions_a_week = {values['questions_a_week']}\n",
            f"cooldown_days = {values['cooldown_days']}\n",
            f'hours = {{ from = "{values["earliest"]:%H:%M}", to = "{values["latest"]:%H:%M}" }}\n',
            *map(_blackout, lines(values["blackouts"])),
        )
    )
    fields = {"hours.from": "earliest", "to": "latest", "hours": "latest"}
    fields |= {key: key for key in ("country", "working_days", "questions_a_week")}
    try:
        return read_rules(text)
    except Fault as fault:
        found = {**fields, "cooldown_days": "cooldown_days"}
        raise at_fields(fault.lines, found, "blackouts") from None


def _blackout(line: str) -> str:
    found = _LINE.fullmatch(line)
    if found is None:
        raise Wrong(blackouts=f"{shown(line)} is not understood. {_SAY_IT}.")
    first, last, name = found.groups()
    keys = {"name": name, "first": first, "last": last or first}
    return "[[blackouts]]\n" + "".join(f"{k} = {quoted(v)}\n" for k, v in keys.items())


STEPS: Final = {"house": Step("admin", titled("How often people are asked"), _fields, _take)}
