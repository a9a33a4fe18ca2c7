"""Keywords and the notation in which they are written, explained at the top of themes.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Currency signs count as words, so that "€" can be a keyword.
WORDS = re.compile(r"\w+|[€$£]")


def spaced(text: str) -> str:
    """Words in lower case with one space before, between and after, so that a space is a word's
    edge: the patterns begin with a plain character, which the regex engine finds fast."""
    return f" {' '.join(WORDS.findall(text.casefold()))} "


def pattern(keywords: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(sorted(map(_branch, keywords)))})(?= )")


def _branch(keyword: str) -> str:
    """One keyword as a regular expression."""
    escaped = re.escape(keyword.casefold()).replace(r"\-", " ?").replace(r"\ ", " ")
    return escaped.replace(r"\*", r"\w*") if r"\*" in escaped else escaped + "s?"
