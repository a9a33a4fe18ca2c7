"""The rule of a cadence in words and back: “every second Tuesday”.

Where there are no words for a rule, `rule_said` has none: what it says, `rule_of` understands as
the very same rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from bot.domain.cadence import DATES, listed_dates
from bot.errors import BadValue

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ",".join(CODES[:5])
#: In which months the first and the last days of a quarter lie.
QUARTER_BEGINS: Final = "1,4,7,10"
QUARTER_ENDS: Final = "3,6,9,12"
NTH: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last",
              -2: "second to last"}  # fmt: skip
NUMBERS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTS: Final = {word: number for number, word in NTH.items() if number > 0} | {
    "other": 2,
    "sixth": 6,
    **NUMBERS,
}
PARTS: Final = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY"})

#: A date as people write it; `date_of` reads it.
DATE: Final = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.? (?:{'|'.join(MONTHS)}) \d{{4}}"
    rf"|(?:{'|'.join(MONTHS)}) \d{{1,2}},? \d{{4}})"
)


def rule_said(rule: str) -> str | None:
    words = _said(rule)
    return words if words and rule_of(words) == rule else None


def rule_of(words: str) -> str | None:
    """None where nothing is understood; raises BadValue for a date that does not exist."""
    for pattern, rule in _PATTERNS:
        if match := re.fullmatch(pattern, words, re.IGNORECASE):
            return rule(match)
    return None


def _said(rule: str) -> str | None:
    if rule.startswith(DATES):
        return f"on {listed([date_said(day) for day in listed_dates(rule)])}"
    parts = dict(part.split("=") for part in rule.split(";"))
    if not parts.keys() <= PARTS:
        return None
    return _WORDS[parts["FREQ"]](parts, int(parts.get("INTERVAL", "1")))


def _daily(_parts: Mapping[str, str], every: int) -> str:
    return "every day" if every == 1 else f"every {every} days"


def _weekly(parts: Mapping[str, str], every: int) -> str | None:
    on = parts.get("BYDAY", "")
    if not on:
        return "every week" if every == 1 else f"every {every} weeks"
    if on == WEEKDAYS and every == 1:
        return "every weekday"
    names = listed([DAYS[CODES.index(code)] for code in on.split(",")])
    if every == 1:
        return f"every {names}"
    if every == 2 and "," not in on:
        return f"every second {names}"
    return f"every {every} weeks on {names}"


def _monthly(parts: Mapping[str, str], every: int) -> str | None:
    day = _day_of_month(parts)
    if every == 1 and parts.get("BYMONTH") == _quarters("last" in (day or "")):
        return f"{day} of every quarter"
    if "BYMONTH" in parts:
        return None
    return day and f"{day} of every {'month' if every == 1 else f'{every} months'}"


def _yearly(parts: Mapping[str, str], every: int) -> str | None:
    day, months = _day_of_month(parts), parts.get("BYMONTH")
    if not day or not months or every != 1:
        return None
    return f"{day} of every {listed([MONTHS[int(month) - 1] for month in months.split(',')])}"


_WORDS: Final[Mapping[str, Callable[[Mapping[str, str], int], str | None]]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}


def _day_of_month(parts: Mapping[str, str]) -> str | None:
    if match := re.fullmatch(r"([+-]?\d)([A-Z]{2})", parts.get("BYDAY", "")):
        nth = NTH.get(int(match[1]))
        return nth and f"the {nth} {DAYS[CODES.index(match[2])]}"
    if re.fullmatch(r"\d+", number := parts.get("BYMONTHDAY", "")):
        return f"day {number}"
    return "the last day" if number == "-1" else None


_DAY: Final = f"(?:{'|'.join(DAYS)})s?"
_DAYLIST: Final = rf"{_DAY}(?:(?:, | and |, and ){_DAY})*"
_COUNT: Final = rf"(\d+(?:st|nd|rd|th)?|{'|'.join(_COUNTS)})"
_NTHS: Final = (
    rf"(?:the )?(\d(?:st|nd|rd|th)|{'|'.join(sorted(NTH.values(), key=len, reverse=True))})"
)
_MONTHLIST: Final = rf"(?:{'|'.join(MONTHS)})(?:(?:, | and |, and )(?:{'|'.join(MONTHS)}))*"
_OF_MONTH: Final = (
    rf"(?:{_NTHS} ({_DAY})|(?:on )?(?:the )?day (\d+)|the (\d+)(?:st|nd|rd|th)|the (last) day)"
)


def _each_weekly(match: re.Match[str]) -> str | None:
    return _weekly_rule(_count(match[1]) if match[1] else 1, match[2])


def _each_month(match: re.Match[str]) -> str | None:
    nth, day, *_, every, unit = match.groups()
    on = _monthday(nth, day, match[3] or match[4], match[5])
    number = _count(every) if every else 1
    if on is None or number is None:
        return None
    if unit.lower().startswith("quarter"):
        months = _quarters("-" in on)
        return f"FREQ=MONTHLY;BYMONTH={months};{on}" if number == 1 else None
    return f"FREQ=MONTHLY{_interval(number)};{on}"


def _named_months(match: re.Match[str]) -> str | None:
    on = _monthday(match[1], match[2], match[3] or match[4], match[5])
    names = _names(match[6], MONTHS)
    numbers = sorted({MONTHS.index(name) + 1 for name in names})
    return on and f"FREQ=YEARLY;BYMONTH={','.join(map(str, numbers))};{on}"


def _on_dates(match: re.Match[str]) -> str:
    days = sorted({date_of(text) for text in re.findall(DATE, match[1], re.IGNORECASE)})
    return DATES + ",".join(f"{day:%Y%m%d}" for day in days)


_PATTERNS: Final[Sequence[tuple[str, Callable[[re.Match[str]], str | None]]]] = (
    (r"every day|daily", lambda _: "FREQ=DAILY"),
    (rf"every {_COUNT} days?", lambda m: _often("DAILY", _count(m[1]))),
    (r"every (?:weekday|working day)", lambda _: _weekly_rule(1, ", ".join(DAYS[:5]))),
    (r"every week|weekly|once a week", lambda _: "FREQ=WEEKLY"),
    (rf"every {_COUNT} weeks?", lambda m: _often("WEEKLY", _count(m[1]))),
    (r"fortnightly|every fortnight", lambda _: "FREQ=WEEKLY;INTERVAL=2"),
    (rf"every (?:{_COUNT} )?({_DAYLIST})", _each_weekly),
    (rf"(?:every week|weekly)()? on ({_DAYLIST})", _each_weekly),
    (rf"every {_COUNT} weeks? on ({_DAYLIST})", _each_weekly),
    (rf"{_OF_MONTH} (?:of|in) (?:every|each|the)(?: {_COUNT})? (months?|quarters?)", _each_month),
    (rf"{_OF_MONTH} (?:of|in) (?:every |each )?({_MONTHLIST})", _named_months),
    (rf"on ({DATE}(?:(?:, | and |, and ){DATE})*)", _on_dates),
)


def _quarters(from_the_end: bool) -> str:
    return QUARTER_ENDS if from_the_end else QUARTER_BEGINS


def _weekly_rule(every: int | None, on: str) -> str | None:
    codes = sorted({CODES[DAYS.index(name)] for name in _names(on, DAYS)}, key=CODES.index)
    return f"FREQ=WEEKLY{_interval(every)};BYDAY={','.join(codes)}" if every else None


def _monthday(nth: str | None, day: str | None, number: str | None, last: str | None) -> str | None:
    if nth and day:
        which = next((n for n, word in NTH.items() if word == nth.lower()), None) or _count(nth)
        return f"BYDAY={which}{CODES[DAYS.index(_names(day, DAYS)[0])]}"
    return "BYMONTHDAY=-1" if last else number and f"BYMONTHDAY={int(number)}"


def _often(freq: str, every: int | None) -> str | None:
    return f"FREQ={freq}{_interval(every)}" if every else None


def _interval(every: int) -> str:
    return "" if every == 1 else f";INTERVAL={every}"


def _count(text: str) -> int | None:
    number = re.match(r"\d+", text)
    return int(number[0]) if number else _COUNTS.get(text.lower())


def _names(text: str, of: Sequence[str]) -> list[str]:
    return [name.capitalize() for name in re.findall("|".join(of), text, re.IGNORECASE)]


def date_of(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        return date(numbers[1], MONTHS.index(_names(text, MONTHS)[0]) + 1, numbers[0])
    except ValueError:
        raise BadValue(f"“{text}” is no date; write it like 24 November 2026.") from None


def date_said(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
