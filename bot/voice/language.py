"""Which language a text is in, as far as its small words tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

#: The last letter of Latin Extended-B. Those of Vietnamese lie in Latin Extended Additional.
_LATIN_ENDS = "\u024f"
_LATIN_ADDITIONAL = ("\u1e00", "\u1eff")

_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

ENGLISH = "en"


def language(text: str) -> str | None:
    """A code such as "en" or "de"; None where no language listed here fits its script.

    A text that gives no sign is taken for English: product names and numbers are most often that.
    """
    if not text.isascii() and _is_of_another_script(text):
        return None
    words = set(_WORDS.findall(text.lower().replace("’", "'")))
    english = len(words & small_words())
    if len(words & _foreign_words()) <= english:
        return ENGLISH
    best, most = ENGLISH, english
    for code, known in _small_words().items():
        if (found := len(words & known)) > most:
            best, most = code, found
    return best


def small_words() -> frozenset[str]:
    """Those of English, which say nothing about what a text is about."""
    return _small_words()[ENGLISH]


@cache
def _foreign_words() -> frozenset[str]:
    known = _small_words()
    return frozenset[str]().union(*(known[code] for code in known if code != ENGLISH))


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    listed = tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))
    words = {code: frozenset(text.split()) for code, text in listed.items()}
    english = words[ENGLISH]
    return {code: known if code == ENGLISH else known - english for code, known in words.items()}


def _is_of_another_script(text: str) -> bool:
    """Whether most letters are of a script that English is not written in."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(map(_is_latin, letters)) < len(letters)


def _is_latin(letter: str) -> bool:
    low, high = _LATIN_ADDITIONAL
    return letter <= _LATIN_ENDS or low <= letter <= high
