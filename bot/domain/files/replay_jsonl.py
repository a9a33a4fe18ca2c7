"""A file of answers and grumbles to be played: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.domain.files.faults import fault, shown, tidy
from bot.domain.pulse import Manner
from bot.errors import Fault

#: Instants that leave room for every zone and every round before the calendar ends.
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 12, 31, tzinfo=UTC)

_ANSWERED: Final = ("at", "person", "pulse", "answers")
_GRUMBLED: Final = ("at", "person", "grumble", "manner")


@dataclass(frozen=True, slots=True)
class Line:
    """One submission of a whole round, or (`answers` is None) a grumble."""

    #: In the file, from 1.
    number: int
    at: datetime
    #: Lower case.
    person: str
    pulse: str = ""
    #: Question -> value as JSON brought it, not yet trusted.
    answers: Mapping[str, object] | None = None
    grumble: str = ""
    manner: Manner = "confidential"


def read_lines(text: str) -> list[Line]:
    """Every line; blank ones are left out. Raises Fault, so that nothing is played by halves."""
    faults: list[str] = []
    lines = []
    # Only real line ends: JSON may hold other characters that Python takes for one.
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if raw.strip():
            try:
                lines.append(_line(number, raw))
            except Fault as wrong:
                faults += [f"line {number}{line}" for line in wrong.lines]
    if faults:
        raise fault(faults)
    return lines


def instant(text: str) -> datetime:
    """An ISO instant in UTC, which also stands where no zone is named; raises ValueError."""
    at = datetime.fromisoformat(text)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    if not EARLIEST <= at <= LATEST:
        raise ValueError("out of range")
    return at.astimezone(UTC)


def _line(number: int, raw: str) -> Line:
    wire = _object(raw)
    known = _GRUMBLED if "grumble" in wire else _ANSWERED
    faults = [_missing(key) for key in known if key not in wire and key != "manner"]
    values: dict[str, Any] = {}
    for key, value in wire.items():
        try:
            values[key] = _read(key, value, known)
        except ValueError as wrong:
            faults.append(f", {key if key in known else shown(key)}: {wrong}")
    if faults:
        raise Fault(faults)
    return Line(number=number, **values)


def _missing(key: str) -> str:
    return f", {key}: is missing; a line has {', '.join(_ANSWERED)} (or {', '.join(_GRUMBLED)})"


def _read(key: str, value: object, known: Collection[str]) -> object:
    """The value of one key; raises ValueError with what is wrong about it."""
    if key not in known:
        raise ValueError(f"unknown; known are {', '.join(known)}")
    if key == "answers":
        if isinstance(value, dict):
            return value
        raise ValueError(f"{shown(value)} is no object; write {{question: value}}")
    if not isinstance(value, str) or not value:
        raise ValueError(f"{shown(value)} is no text; write it in quotes")
    return _READERS.get(key, str)(value)


def _at(text: str) -> datetime:
    try:
        return instant(text)
    except ValueError:
        raise ValueError(
            f"{shown(text)} is no instant; write it like 2026-11-24T10:00:00+00:00"
        ) from None


def _person(text: str) -> str:
    return tidy(text).lower()


def _manner(text: str) -> str:
    if text not in ("confidential", "named"):
        raise ValueError(f"{shown(text)} is unknown; use confidential or named")
    return text


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "at": _at,
    "person": _person,
    "manner": _manner,
}


def _object(raw: str) -> dict[str, Any]:
    try:
        wire = json.loads(raw, parse_constant=_constant, object_pairs_hook=_once)
        # An escape can name half of a character, which nothing could store.
        json.dumps(wire, ensure_ascii=False).encode()
    except RecursionError:
        raise Fault([": is nested too deeply"]) from None
    except json.JSONDecodeError as wrong:
        raise Fault([f", column {wrong.colno}: is no JSON ({wrong.msg})"]) from None
    except UnicodeEncodeError:
        raise Fault([": holds half of a character; write both halves of the \\u escape"]) from None
    except ValueError:
        raise Fault([": a number is too long"]) from None
    if not isinstance(wire, dict):
        raise Fault([f": {shown(wire)} is no object; write {{…}} on each line"])
    return wire


def _constant(word: str) -> object:
    raise Fault([f": {word} is no JSON; write null for no answer"])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Fault([f", {shown(twice)}: stands there twice; keep one of the two"])
    return found
