"""A cadence in words and back: “every second Tuesday at 10:00, open 3 working days”.

What is said is always understood again as the same cadence: a rule for which there are no words
is said as the rule it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

from bot.domain.cadence import DATES, openings
from bot.domain.files.rule import rule_fault
from bot.domain.pulse import MOST_REMINDERS, Cadence
from bot.domain.rule_words import DATE, NUMBERS, date_of, date_said, rule_of, rule_said
from bot.domain.workdays import Workdays
from bot.errors import BadValue

#: Characters; a rule of the longest kind fits, said in full.
LONGEST: Final = 800
MOST_OPEN: Final = 20
EXAMPLE: Final = "every second Tuesday at 10:00, open 3 working days"
ANY_DAY: Final = Workdays(week=frozenset(range(7)))

_END: Final = re.compile(r";(UNTIL|COUNT)=(\d+)")
_WHOLE: Final = re.compile(r"by the rule (\S+)", re.IGNORECASE)


def said(cadence: Cadence) -> str:
    """Everything about a cadence, understood again by `understood`."""
    return f"{said_briefly(cadence)}, from {date_said(cadence.starts)}"


def said_briefly(cadence: Cadence) -> str:
    """The same without the start, for a line."""
    rule, end = _said_rule(cadence.rule)
    reminders = many(cadence.reminders, "reminder") if cadence.reminders else "no reminders"
    return ", ".join(
        [
            f"{rule} at {cadence.at.isoformat('minutes')}",
            *end,
            f"open {many(cadence.open_working_days, 'working day')}",
            reminders,
        ]
    )


def said_dates(cadence: Cadence) -> str:
    """Only on which dates, without hour, length and reminders."""
    rule, end = _said_rule(cadence.rule)
    return ", ".join([rule, *end])


def understood(words: str, today: date) -> Cadence:
    """The cadence somebody means; starts after today where they do not say when.

    Raises BadValue with what was not understood and an example.
    """
    text = " ".join(words.split()).strip(" .,")
    if not text or len(text) > LONGEST:
        raise BadValue(f"Say how often to ask, like “{EXAMPLE}”.")
    found, rest = _clauses(text)
    rule = _rule(rest, found)
    starts = date_of(found["from"]) if "from" in found else _start(rule, today)
    if wrong := rule_fault(rule, starts):
        raise BadValue(f"This cannot be: the rule {wrong}.")
    return Cadence(
        rule,
        starts,
        _hour(found.get("at", "10:00")),
        _number(found.get("open", "3"), 1, MOST_OPEN, "A round stays open"),
        _number(found.get("reminders", "1"), 0, MOST_REMINDERS, "Reminders"),
    )


def _said_rule(rule: str) -> tuple[str, list[str]]:
    """The words for a rule, and for its end."""
    ends = _END.findall(rule)
    words = rule_said(_END.sub("", rule))
    if words is None or len(ends) > 1 or _END.sub("", rule) + _end(ends) != rule:
        return f"by the rule {rule}", []
    return words, [
        f"until {date_said(date.fromisoformat(value))}"
        if key == "UNTIL"
        else many(int(value), "time")
        for key, value in ends
    ]


def _end(ends: list[tuple[str, str]]) -> str:
    return "".join(f";{key}={value}" for key, value in ends)


def _rule(words: str, found: Mapping[str, str]) -> str:
    rule = whole[1] if (whole := _WHOLE.fullmatch(words)) else rule_of(words)
    if rule is None:
        raise BadValue(f"“{_short(words)}” is not understood. Say it like “{EXAMPLE}”.")
    if "until" in found:
        rule += f";UNTIL={date_of(found['until']):%Y%m%d}"
    if "times" in found:
        rule += f";COUNT={NUMBERS.get(found['times'].lower(), found['times'])}"
    return rule


_CLAUSES: Final[Mapping[str, str]] = {
    "at": r"at (\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?)(?: o'?clock)?",
    "open": r"open(?: for)? (\d+|one|two|three|four|five|six) (?:working |work )?days?",
    "no": r"(?:with )?(?:no|without(?: a)?) reminders?",
    "reminders": r"(?:with )?(\d+|one|two|a) reminders?",
    "from": rf"(?:from|starting(?: on)?|beginning(?: on)?) ({DATE})",
    "until": rf"until ({DATE})",
    "times": r"(\d+|one|two|three|four|five|six) times?",
}


def _clauses(text: str) -> tuple[dict[str, str], str]:
    """What each clause says, and the sentence without them."""
    found: dict[str, str] = {}
    for name, pattern in _CLAUSES.items():
        match = re.search(rf",?\s*(?:\band )?\b{pattern}(?![\w:])", text, re.IGNORECASE)
        if match:
            found[name] = match[1] if match.lastindex else "0"
            text = text[: match.start()] + text[match.end() :]
    if "no" in found:
        found["reminders"] = found.pop("no")
    return found, text.strip(" ,")


def _start(rule: str, today: date) -> date:
    """The first day after today that the rule could mean: the count of “every second” begins
    there.
    """
    tomorrow = today + timedelta(days=1)
    if rule.startswith(DATES):
        return tomorrow
    every = re.sub(r";(INTERVAL|COUNT|UNTIL)=\d+", "", rule)
    if rule_fault(every, tomorrow):
        return tomorrow
    return next(openings(Cadence(every, tomorrow, time()), tomorrow, ANY_DAY), tomorrow)


def _hour(text: str) -> time:
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?(?: ?([ap])m)?", text, re.IGNORECASE)
    assert match, "the clause has this shape"
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + 12 * (match[3].lower() == "p") if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise BadValue(f"“{text}” is no time of day; write it like 10:00.")
    return time(hour, minute)


def _number(text: str, low: int, high: int, what: str) -> int:
    number = NUMBERS.get(text.lower()) or int(text)
    if not low <= number <= high:
        raise BadValue(f"{what}: {number} is out of range; say a number from {low} to {high}.")
    return number


def many(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
