"""The people list as a CSV file: everything in it is checked before anything is taken."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from bot.domain.files.faults import fault, is_email, shown, tidy, unfit
from bot.domain.files.rows import Row, rows
from bot.domain.people import UNASSIGNED, Person
from bot.errors import Fault

#: Column -> field of a Person.
COLUMNS: Final = {
    "email": "email",
    "name": "name",
    "unit": "unit",
    "division": "division",
    "role": "role",
    "site": "site",
    "timezone": "zone",
    "country": "country",
    "language": "language",
    "manager_email": "leader_email",
}
REQUIRED: Final = ("email", "name")
#: Characters of one cell.
LONGEST: Final = 200

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
#: Names of a machine's own settings that no other machine understands.
_LOCAL_ZONES: Final = frozenset({"localtime", "Factory", "posixrules"})

#: A checked line: field of a Person -> value, only for the columns that the file has.
Entry = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Diff:
    """What an import would do."""

    added: list[Person] = field(default_factory=list)
    #: The person as they will be, and column -> (before, after).
    changed: list[tuple[Person, dict[str, tuple[str, str]]]] = field(default_factory=list)
    unchanged: list[Person] = field(default_factory=list)
    #: Known but not in the file; they are left as they are.
    missing: list[Person] = field(default_factory=list)


def read_people(text: str) -> list[Person]:
    """Everybody in the file; raises Fault with a line for each thing that is wrong in it."""
    return onto(read_entries(text), ())


def read_entries(text: str) -> list[Entry]:
    """The checked lines of the file, in its order; raises Fault."""
    found = list(rows(text))
    if not found:
        raise Fault(["line 1: the file is empty; its first line names the columns: email,name,…"])
    columns = _columns(found[0])
    sheet = _Sheet(columns)
    entries = [sheet.entry(row) for row in found[1:]]
    if sheet.lines:
        raise fault(sheet.lines)
    return entries


def onto(entries: Iterable[Entry], before: Collection[Person]) -> list[Person]:
    """The people meant. What the file has no column for stays as it was before."""
    known = {person.email.lower(): person for person in before}
    return [_person(entry, known.get(entry["email"])) for entry in entries]


def compare(before: Collection[Person], after: Iterable[Person]) -> Diff:
    known = {person.email.lower(): person for person in before}
    diff = Diff()
    for person in after:
        old = known.pop(person.email.lower(), None)
        if old is None:
            diff.added.append(person)
        elif fields := _differences(old, person):
            diff.changed.append((person, fields))
        else:
            diff.unchanged.append(old)
    diff.missing.extend(known.values())
    return diff


def _person(entry: Entry, before: Person | None) -> Person:
    values: dict[str, Any] = dict(entry)
    return replace(before, **values) if before else Person(**values)


def _differences(old: Person, new: Person) -> dict[str, tuple[str, str]]:
    pairs = {
        column: (getattr(old, name), getattr(new, name))
        for column, name in COLUMNS.items()
        if name != "email"
    }
    return {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}


def _columns(header: Row) -> list[str]:
    columns = [cell.lower() for cell in header.cells]
    lines = [
        f"line {header.line}: the column {shown(column)} is unknown; known are {', '.join(COLUMNS)}"
        for column in dict.fromkeys(columns)
        if column not in COLUMNS
    ]
    lines += [
        f"line {header.line}: the column {column} stands there twice; keep one of the two"
        for column in COLUMNS
        if columns.count(column) > 1
    ]
    lines += [
        f"line {header.line}: the column {column} is missing; the first line names the columns"
        for column in REQUIRED
        if column not in columns
    ]
    if lines:
        raise fault(lines)
    return columns


class _Sheet:
    """Reads line by line, remembering what was wrong and which e-mails have come up."""

    def __init__(self, columns: list[str]) -> None:
        self._columns = columns
        self._first: dict[str, int] = {}
        self.lines: list[str] = []

    def entry(self, row: Row) -> Entry:
        if len(row.cells) != len(self._columns):
            self.lines.append(
                f"line {row.line}: has {len(row.cells)} cells where the first line names "
                f"{len(self._columns)} columns; a cell that holds the delimiter needs quotes"
            )
            return {}
        entry = {
            COLUMNS[column]: self._cell(row.line, column, cell)
            for column, cell in zip(self._columns, row.cells, strict=True)
        }
        self._once(row.line, entry["email"])
        return entry

    def _cell(self, line: int, column: str, cell: str) -> str:
        try:
            return _read(column, cell)
        except ValueError as wrong:
            self.lines.append(f"line {line}, {column}: {wrong}")
            return ""

    def _once(self, line: int, email: str) -> None:
        first = self._first.setdefault(email, line)
        if email and first != line:
            self.lines.append(
                f"line {line}, email: {shown(email)} is on line {first} already; keep one of them"
            )


def _read(column: str, cell: str) -> str:
    """The value meant by a cell; raises ValueError with what is wrong about it."""
    if character := unfit(cell):
        raise ValueError(f"holds the control character {character}; remove it")
    text = tidy(cell)
    if len(text) > LONGEST:
        raise ValueError(f"is {len(text)} characters long; {LONGEST} fit")
    return _READERS.get(column, str)(text)


def _email(text: str) -> str:
    if not text:
        raise ValueError("is empty; everybody needs an e-mail address")
    return _leader_email(text)


def _leader_email(text: str) -> str:
    if text and not is_email(text):
        raise ValueError(f"{shown(text)} is not an e-mail address; use a form like ann@example.com")
    return text.lower()


def _name(text: str) -> str:
    if not text:
        raise ValueError("is empty; everybody needs a name")
    return text


def _group(text: str) -> str:
    return text or UNASSIGNED


def _zone(text: str) -> str:
    if text and text not in _zones():
        raise ValueError(f"{shown(text)} is not a time zone; use a name like Europe/Berlin")
    return text or "UTC"


def _country(text: str) -> str:
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise ValueError(f"{shown(text)} is not a country code; use two letters like DE")
    return text.upper()


def _language(text: str) -> str:
    code = text.replace("_", "-")
    if code and not _LANGUAGE.fullmatch(code):
        raise ValueError(f"{shown(text)} is not a language code; use a form like de or en-GB")
    return code


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) - _LOCAL_ZONES


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "email": _email,
    "name": _name,
    "unit": _group,
    "division": _group,
    "timezone": _zone,
    "country": _country,
    "language": _language,
    "manager_email": _leader_email,
}
