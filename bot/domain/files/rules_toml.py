"""The house rules as TOML: what admins hand in, and the form in which they are kept."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from bot.domain.files.faults import fault, shown
from bot.domain.files.fields import Fields
from bot.domain.files.pulse_text import text as quoted
from bot.domain.files.pulse_toml import EARLIEST, LATEST, parsed
from bot.domain.house_rules import COOLDOWN, LAST_MINUTE, QUESTIONS_A_WEEK, HouseRules
from bot.domain.workdays import MONDAY_TO_FRIDAY, Blackout, is_country

WEEK: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
MOST_BLACKOUTS: Final = 40
LONGEST_BLACKOUT: Final = timedelta(days=92)
LONGEST_NAME: Final = 75
MOST_QUESTIONS_A_WEEK: Final = 10
LONGEST_COOLDOWN: Final = 28


def read_rules(text: str) -> HouseRules:
    """Raises Fault with a line for each thing that is wrong; what is not said has its default."""
    faults: list[str] = []
    rules = _rules(Fields(parsed(text), "", faults))
    if faults:
        raise fault(faults)
    return rules


def write_rules(rules: HouseRules) -> str:
    """TOML that `read_rules` takes."""
    lines = [
        f"country = {quoted(rules.country)}" if rules.country else "",
        f"working_days = [{', '.join(quoted(WEEK[day]) for day in sorted(rules.working_days))}]",
        f'hours = {{ from = "{rules.earliest:%H:%M}", to = "{rules.latest:%H:%M}" }}',
        f"questions_a_week = {rules.questions_a_week}",
        f"cooldown_days = {rules.cooldown_days}",
        *map(_blackout_text, rules.blackouts),
    ]
    return "".join(f"{line}\n" for line in lines if line)


def _blackout_text(blackout: Blackout) -> str:
    return (
        f"\n[[blackouts]]\nname = {quoted(blackout.name)}\n"
        f"first = {quoted(blackout.first.isoformat())}\nlast = {quoted(blackout.last.isoformat())}"
    )


def _rules(fields: Fields) -> HouseRules:
    earliest, latest = _hours(fields)
    rules = HouseRules(
        country=_country(fields),
        working_days=_week(fields),
        earliest=earliest,
        latest=latest,
        blackouts=_blackouts(fields),
        questions_a_week=fields.number(
            "questions_a_week", 1, MOST_QUESTIONS_A_WEEK, QUESTIONS_A_WEEK
        ),
        cooldown_days=fields.number("cooldown_days", 0, LONGEST_COOLDOWN, COOLDOWN),
    )
    fields.close()
    return rules


def _country(fields: Fields) -> str:
    written = fields.text("country", 10, "")
    if written and not is_country(written.upper()):
        fields.wrong("country", f"no holidays are known of {shown(written)}; write DE or DE-BY")
    return written.upper()


def _week(fields: Fields) -> frozenset[int]:
    names = [name.lower()[:2] for name in fields.texts("working_days", 9)]
    if unknown := [name for name in names if name not in WEEK]:
        fields.wrong("working_days", f"{shown(unknown[0])} is no day; use {', '.join(WEEK)}")
        return MONDAY_TO_FRIDAY
    return frozenset(map(WEEK.index, names)) or MONDAY_TO_FRIDAY


def _hours(parent: Fields) -> tuple[time, time]:
    fields = parent.table("hours", required=False)
    if fields is None:
        return time(), LAST_MINUTE
    earliest, latest = fields.hour("from"), fields.hour("to")
    if earliest >= latest:
        fields.wrong("to", "must be later than from")
    fields.close()
    return earliest, latest


def _blackouts(fields: Fields) -> tuple[Blackout, ...]:
    tables = fields.tables("blackouts")
    if len(tables) > MOST_BLACKOUTS:
        fields.wrong("blackouts", f"are {len(tables)}; {MOST_BLACKOUTS} fit")
    return tuple(sorted(map(_blackout, tables), key=lambda found: (found.first, found.last)))


def _blackout(fields: Fields) -> Blackout:
    found = Blackout(
        first=fields.day("first", EARLIEST, LATEST),
        last=fields.day("last", EARLIEST, LATEST),
        name=fields.text("name", LONGEST_NAME),
    )
    if not timedelta() < found.length <= LONGEST_BLACKOUT:
        fields.wrong("last", f"must be 0 to {LONGEST_BLACKOUT.days - 1} days after first")
    fields.close()
    return found
