"""How faults in a file are told: one line each, where and what and what to do."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import Final

from bot.errors import Fault

#: More are counted, not listed: whoever mends twenty will see the next twenty.
MOST_LINES: Final = 20
#: Characters of a wrong value that are repeated to the person.
LONGEST_SHOWN: Final = 60

#: Direction overrides make a text read otherwise than it is stored.
_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMAIL: Final = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}@[^\W_][\w-]*(\.[^\W_][\w-]*)+")


def fault(lines: list[str]) -> Fault:
    """A Fault of at most MOST_LINES lines and a count of the rest."""
    rest = len(lines) - MOST_LINES
    return Fault([*lines[:MOST_LINES], f"and {rest} more"] if rest > 0 else lines)


def shown(value: object) -> str:
    """A wrong value as it is repeated in a fault: short, printable, on one line."""
    match value:
        case str():
            return f"“{printable(value)}”"
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 10**15:
            return "a very large number"
        case int() | float():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case list():
            return "a list"
        case None:
            return "null"
        case _:
            return "a table"


def printable(text: str) -> str:
    cut = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def unfit(text: str) -> str | None:
    """Names the first character that no text of ours may hold; None where all are fit."""
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        if character in _OVERRIDES or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            return f"U+{ord(character):04X}"
    return None


def tidy(text: str) -> str:
    """Trimmed, and composed: the same word typed on two systems must be one unit."""
    return unicodedata.normalize("NFC", text).strip()


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None
