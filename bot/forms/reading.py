"""Reads what was put into a form without trust: each field by its kind, all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Final

from bot.cards import Field, FieldKind
from bot.domain.files.faults import tidy, unfit
from bot.domain.files.fields import HOUR
from bot.errors import BadValue, Refusal, TooLong

#: Characters of a line and of several.
LONGEST_LINE: Final = 500
LONGEST_TEXT: Final = 50_000
LARGEST: Final = 1_000_000
#: Line breaks and tabs are fit in a text of several lines.
_BREAKS: Final = str.maketrans({"\n": " ", "\r": " ", "\t": " "})

MISSING: Final = "This is missing. Please fill it in."


def read(
    fields: tuple[Field, ...], given: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """Field -> value, and field -> what is wrong with it."""
    values: dict[str, Any] = {}
    faults: dict[str, Refusal] = {}
    for field in fields:
        try:
            values[field.id] = _READERS[field.kind](field, given.get(field.id))
            if field.required and values[field.id] in (None, "", []):
                raise BadValue(MISSING)
        except Refusal as refusal:
            faults[field.id] = refusal
    known = {field.id for field in fields}
    faults |= {id: BadValue("I do not know this field.") for id in given if id not in known}
    return values, faults


def _text(_field: Field, value: object) -> str:
    return _words(value, LONGEST_LINE, value)


def _long_text(_field: Field, value: object) -> str:
    return _words(value, LONGEST_TEXT, value.translate(_BREAKS) if isinstance(value, str) else "")


def _words(value: object, longest: int, fit: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not isinstance(fit, str):
        raise BadValue("This is no text. Please type it.")
    if len(value) > longest:
        raise TooLong(f"This is {len(value):,} characters long; {longest:,} fit.")
    if character := unfit(fit.strip()):
        raise BadValue(
            f"This holds the character {character}, which nobody sees. Please remove it."
        )
    return tidy(value)


def _choice(field: Field, value: object) -> object:
    if value is None or value == "":
        return None
    # True equals 1, and is none of the options where 1 is one.
    for option in field.options:
        if type(option.value) is type(value) and option.value == value:
            return value
    raise BadValue("Please pick one of the options shown.")


def _choices(field: Field, value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise BadValue("Please pick among the options shown.")
    return [one for one in (_choice(field, each) for each in value) if one is not None]


def _date(_field: Field, value: object) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise BadValue("This is no date. Write it like 2026-11-24.") from None


def _time(_field: Field, value: object) -> time | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and HOUR.fullmatch(value):
        return time.fromisoformat(value)
    raise BadValue("This is no time of day. Write it like 10:00.")


def _number(_field: Field, value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.strip().isascii() and len(value) <= 7:
        value = int(value) if value.strip().isdigit() else value
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise BadValue("This is no number. Write a whole number like 3.")
    return value


def _yes_no(_field: Field, value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise BadValue("Please pick yes or no.")


def _nobody(_field: Field, _value: object) -> None:
    """No form here asks for somebody of the platform: people are named by their e-mail."""
    raise BadValue("Please name somebody by their e-mail.")


_READERS: Final[Mapping[FieldKind, Callable[[Field, object], Any]]] = {
    "text": _text,
    "long_text": _long_text,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "time": _time,
    "person": _nobody,
    "number": _number,
    "yes_no": _yes_no,
}
