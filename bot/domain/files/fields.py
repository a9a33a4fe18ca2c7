"""Reads a nested table of a file field by field, naming each fault by the field's path.

A reader returns a harmless value for a wrong field and goes on, so that all faults are told at
once; whoever reads raises them at the end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from bot.domain.files.faults import is_email, shown, tidy, unfit

ID: Final = re.compile(r"[a-z0-9-]{1,40}")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
HOUR: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

#: Stands for “there must be one”.
REQUIRED: Final[Any] = object()
#: Entries of one list.
MOST_ENTRIES: Final = 5_000


class Fields:
    """One table and the path that leads to it (empty at the top)."""

    def __init__(self, raw: Mapping[str, object], path: str, faults: list[str]) -> None:
        self._raw = raw
        self._path = path
        self._asked: dict[str, None] = {}
        self.faults = faults

    def path(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def wrong(self, key: str, sentence: str) -> None:
        self.faults.append(f"{self.path(key)}: {sentence}")

    def wrong_here(self, sentence: str) -> None:
        self.faults.append(f"{self._path or 'the file'}: {sentence}")

    def get(self, key: str) -> object:
        """The raw value, None where there is none; from now on the key is known."""
        self._asked[key] = None
        return self._raw.get(key)

    def close(self) -> None:
        """Every key that nobody asked for is a fault: it would have been ignored silently."""
        for key in self._raw:
            if key not in self._asked:
                name = key if _BARE_KEY.fullmatch(key) else shown(key)
                self.wrong(name, f"unknown; known are {', '.join(self._asked)}")

    def text(self, key: str, longest: int, default: str = REQUIRED) -> str:
        value = self.get(key)
        if value is None and default is not REQUIRED:
            return default
        return self._fit(key, value, longest)

    def id(self, key: str = "id") -> str:
        value = self.get(key)
        if isinstance(value, str) and ID.fullmatch(value):
            return value
        self._refuse(key, value, "no id", "use 1 to 40 of the characters a-z, 0-9 and -")
        return ""

    def word(self, key: str, words: Collection[str], default: str = REQUIRED) -> str:
        value = self.get(key)
        if value is None and default is not REQUIRED:
            return default
        if isinstance(value, str) and value in words:
            return value
        self._refuse(key, value, "unknown", f"use one of {', '.join(words)}")
        return ""

    def number(self, key: str, low: int, high: int, default: int) -> int:
        value = self.get(key)
        if value is None:
            return default
        # A boolean is an int in Python, but not in a file.
        if type(value) is int and low <= value <= high:
            return value
        self._refuse(key, value, "out of range", f"use a whole number from {low} to {high}")
        return default

    def yes(self, key: str) -> bool:
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._refuse(key, value, "neither true nor false", "write true or false, without quotes")
        return False

    def day(self, key: str, earliest: date, latest: date) -> date:
        value = self.get(key)
        day = _as_date(value)
        if day and earliest <= day <= latest:
            return day
        self._refuse(key, value, "no date we can use", 'write a date like "2026-11-24"')
        return earliest

    def hour(self, key: str) -> time:
        value = self.get(key)
        if isinstance(value, time) and not (value.second or value.microsecond):
            return value
        if isinstance(value, str) and HOUR.fullmatch(value):
            return time.fromisoformat(value)
        self._refuse(key, value, "no time of day", 'write hours and minutes like "10:00"')
        return time()

    def table(self, key: str, required: bool = True) -> Fields | None:
        value = self.get(key)
        if isinstance(value, dict):
            return Fields(value, self.path(key), self.faults)
        if required or value is not None:
            self._refuse(key, value, "no table", f"write it as {key} = {{ … }}")
        return None

    def tables(self, key: str) -> list[Fields]:
        """A list of tables; empty where the key is not there."""
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > MOST_ENTRIES:
            self._refuse(key, value, "no list of tables", "write it as [{ … }, { … }]")
            return []
        entries = enumerate(value)
        return [t for i, entry in entries if (t := self._entry(f"{key}[{i}]", entry)) is not None]

    def texts(self, key: str, longest: int) -> tuple[str, ...]:
        """A list of texts, each once; empty where the key is not there."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not 0 < len(value) <= MOST_ENTRIES:
            self._refuse(key, value, "no list of texts", f'write it as {key} = ["…", "…"]')
            return ()
        found = [self._fit(f"{key}[{i}]", entry, longest) for i, entry in enumerate(value)]
        return tuple(dict.fromkeys(found))

    def emails(self, key: str, longest: int) -> tuple[str, ...]:
        found = self.texts(key, longest)
        for text in found:
            if text and not is_email(text):
                self.wrong(key, f"{shown(text)} is not an e-mail address; mend or remove it")
        return tuple(dict.fromkeys(text.lower() for text in found))

    def _entry(self, key: str, value: object) -> Fields | None:
        if isinstance(value, dict):
            return Fields(value, self.path(key), self.faults)
        self.wrong(key, "is no table; write it as { … }")
        return None

    def _fit(self, key: str, value: object, longest: int) -> str:
        text = tidy(value) if isinstance(value, str) else ""
        if not text:
            self._refuse(key, value or None, "no text", "write it in quotes")
        elif character := unfit(text):
            self.wrong(key, f"holds the control character {character}; remove it")
        elif len(text) > longest:
            self.wrong(key, f"is {len(text)} characters long; {longest} fit")
        else:
            return text
        return ""

    def _refuse(self, key: str, value: object, what: str, instead: str) -> None:
        if value is None:
            self.wrong(key, f"is missing; {instead}")
        else:
            self.wrong(key, f"{shown(value)} is {what}; {instead}")


def _as_date(value: object) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
