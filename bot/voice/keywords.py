"""Keywords and the notation in which they are written, explained at the top of themes.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

#: Currency signs count as words, so that "€" can be a keyword.
WORDS = re.compile(r"\w+|[€$£]")


def spaced(text: str) -> str:
    """Words in lower case with one space before, between and after, so that a space is a word's
    edge: the patterns begin with a plain character, which the regex engine finds fast."""
    return f" {' '.join(WORDS.findall(text.casefold()))} "


def pattern(keywords: Iterable[str]) -> re.Pattern[str]:
    """By their first letters: at each word only the branches that begin like it are tried."""
    by_letter = groupby(sorted(map(_branch, keywords)), _first)
    letters = (
        f"{first}(?:{'|'.join(branch[len(first) :] for branch in branches)})"
        for first, branches in by_letter
    )
    return re.compile(f" (?:{'|'.join(letters)})(?= )")


def _first(branch: str) -> str:
    return branch[:2] if branch.startswith("\\") else branch[0]


def _branch(keyword: str) -> str:
    """One keyword as a regular expression."""
    escaped = re.escape(keyword.casefold()).replace(r"\-", " ?").replace(r"\ ", " ")
    return escaped.replace(r"\*", r"\w*") if r"\*" in escaped else escaped + "s?"
