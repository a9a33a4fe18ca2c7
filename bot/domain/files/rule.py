"""Checks the recurrence rule of a cadence: dates only, and never one that searches for long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import rrulestr

from bot.domain.cadence import DATES, listed_dates
from bot.domain.files.faults import shown

#: A rule whose first round lies farther off is taken for a mistake.
LONGEST_WAIT: Final = timedelta(days=731)
#: Characters.
LONGEST: Final = 200
_LISTED: Final = re.compile(r"DATES=\d{8}(,\d{8})*", re.ASCII)

_DAYS: Final = "(MO|TU|WE|TH|FR|SA|SU)"


def _listed(entry: str) -> str:
    return f"{entry}(,{entry})*"


_YEARDAY: Final = r"[+-]?([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])"
_WEEKNO: Final = r"[+-]?([1-9]|[1-4]\d|5[0-3])"
_MONTHDAY: Final = r"[+-]?([1-9]|[12]\d|3[01])"
_PARTS: Final[Mapping[str, str]] = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    # An interval of 0 would never end.
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}",
    "WKST": _DAYS,
    "BYDAY": _listed(rf"([+-]?[1-5])?{_DAYS}"),
    "BYMONTHDAY": _listed(_MONTHDAY),
    "BYYEARDAY": _listed(_YEARDAY),
    "BYWEEKNO": _listed(_WEEKNO),
    "BYMONTH": _listed(r"([1-9]|1[0-2])"),
    "BYSETPOS": _listed(_YEARDAY),
}


def rule_fault(rule: str, starts: date) -> str | None:
    """What is wrong with a rule that starts on a day, and what to write; None if nothing is."""
    if rule.startswith(DATES):
        return _dates_fault(rule, starts)
    parts = [part.partition("=") for part in rule.split(";")]
    keys = [key for key, _, _ in parts]
    if len(rule) > LONGEST or len(set(keys)) < len(keys):
        return "says something twice or is too long; write one like FREQ=WEEKLY;BYDAY=TU"
    for key, _, value in parts:
        if wrong := _part_fault(key, value):
            return wrong
    return _whole_fault(rule, {key: value for key, _, value in parts}, starts)


def _dates_fault(rule: str, starts: date) -> str | None:
    try:
        days = listed_dates(rule) if _LISTED.fullmatch(rule) else []
    except ValueError:
        days = []
    if not days or len(rule) > LONGEST:
        return "lists no dates we can use; write some like DATES=20261124,20270301"
    if not starts <= days[0] <= days[-1] <= starts + LONGEST_WAIT:
        return (
            f"has a date that is not within two years of {starts.isoformat()}; change it or starts"
        )
    return None


def _part_fault(key: str, value: str) -> str | None:
    if key not in _PARTS:
        known = ", ".join(_PARTS)
        return f"{shown(key)} cannot be used; known are {known} (the hour stands in “at”)"
    if not re.fullmatch(_PARTS[key], value, re.ASCII):
        return f"{shown(value)} is no {key}; {_HINTS.get(key, 'see RFC 5545 for what it takes')}"
    return None


_HINTS: Final = {
    "FREQ": "use DAILY, WEEKLY, MONTHLY or YEARLY",
    "INTERVAL": "use a number from 1 to 999",
    "COUNT": "use a number from 1 to 9999",
    "UNTIL": "write the last day like 20271231",
    "BYDAY": "use days like MO,WE or, in a month, 1TU and -1FR",
}


def _whole_fault(rule: str, parts: Mapping[str, str], starts: date) -> str | None:
    if "FREQ" not in parts:
        return "has no FREQ; write one like FREQ=WEEKLY;BYDAY=TU"
    if parts["FREQ"] in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", "")):
        return "numbers before a day need FREQ=MONTHLY or YEARLY; write BYDAY=TU"
    try:
        first = _first(rule, parts, starts)
    except (ValueError, OverflowError):
        return "its parts do not fit together; write one like FREQ=WEEKLY;BYDAY=TU"
    if first is None or first - starts > LONGEST_WAIT:
        return f"never falls on a day within two years of {starts.isoformat()}; change it or starts"
    return None


def _first(rule: str, parts: Mapping[str, str], starts: date) -> date | None:
    """The first day of the rule, without UNTIL looked at by dateutil.

    A search for a day that does not exist goes on to the year 9999, for a daily rule through
    three million days. The calendar repeats every 400 years, so the search is begun near the end
    of time instead, where it is over soon.
    """
    rrulestr(rule, dtstart=datetime.combine(starts, time()))
    years = (9_990 - starts.year) // 400 * 400
    endless = ";".join(f"{key}={value}" for key, value in parts.items() if key != "UNTIL")
    late = datetime.combine(starts.replace(year=starts.year + years), time())
    found = next(iter(rrulestr(endless, dtstart=late)), None)
    if found is None:
        return None
    first = found.date().replace(year=found.year - years)
    until = parts.get("UNTIL")
    if until and first > date.fromisoformat(until):
        return None
    return first
