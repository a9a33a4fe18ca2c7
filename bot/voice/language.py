"""Which language a text is in, as far as its words tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: The last letter of Latin Extended-B. Those of Vietnamese lie in Latin Extended Additional.
_LATIN_ENDS = "\u024f"
_LATIN_ADDITIONAL = ("\u1e00", "\u1eff")

#: A word in lower case; the first branch is for most words, because it is tried faster.
WORD = (
    r"[a-zß-öø-ÿ]++(?:'[a-zß-öø-ÿ]++)*+(?!'?[^\W\d_])"
    r"|[^\W\d_]++(?:'[^\W\d_]++)*+"
)
_WORDS = re.compile(WORD)

#: The same and faster, where all is ASCII.
_PLAIN_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)*")

ENGLISH = "en"

#: What a word is worth that only looks like a language, beside one that is known.
_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class _Lists:
    #: Small words of the languages that are judged.
    small: frozenset[str]
    #: By code, as below: words that English does not have.
    telling: Mapping[str, frozenset[str]]
    #: Small words of English that the language does not have.
    against: Mapping[str, frozenset[str]]
    looks: Mapping[str, re.Pattern[str]]
    #: All that are telling.
    foreign: frozenset[str]
    #: Small words of English alone.
    english: frozenset[str]


_NONE: frozenset[str] = frozenset()


def language(text: str) -> str | None:
    """A code such as "en" or "de"; None where no language listed here fits its script.

    A text that gives no sign is taken for English: product names and numbers are most often that.
    """
    if text.isascii():
        words = set(_PLAIN_WORDS.findall(text.lower()))
    elif _is_of_another_script(text):
        return None
    else:
        words = set(_WORDS.findall(text.lower().replace("’", "'")))
    lists = _lists()
    if not words.isdisjoint(lists.foreign):
        best = max(lists.telling, key=lambda code: _lead(words, code))
        if _lead(words, best) > 0:
            return best
    # One word of English may be a borrowed one.
    return ENGLISH if len(words & lists.english) > 1 else _by_looks(words) or ENGLISH


def small_words() -> frozenset[str]:
    """Those that say nothing about what a text is about, of the languages that are judged."""
    return _lists().small


def _lead(words: set[str], code: str) -> int:
    """How many more words a text has of a language than of English; what both have is no sign."""
    lists = _lists()
    return len(words & lists.telling[code]) - len(words & lists.against[code])


def _by_looks(words: set[str]) -> str | None:
    """A language that most of the words look like, or two of at most six, and that is not
    outweighed by words of English. One accent in a name makes no language."""
    for code, look in _lists().looks.items():
        if (lead := _lead(words, code)) >= -1:
            alike = sum(look.search(word) is not None for word in words)
            many = 2 * alike > len(words) or (alike > 1 and 3 * alike >= len(words))
            if many and lead + _LOOK * alike > 0:
                return code
    return None


@cache
def _lists() -> _Lists:
    said = tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))
    small, shared, content = (_split(said[kind]) for kind in ("small", "shared", "telling"))
    english = small.pop(ENGLISH)
    own = {code: words - english - shared.get(code, _NONE) for code, words in small.items()}
    telling = {code: words | content.get(code, _NONE) for code, words in own.items()}
    looks = {code: re.compile(look) for code, look in said["looks"].items()}
    return _Lists(
        english.union(*(own[code] for code in looks)),
        telling,
        {code: english - shared.get(code, _NONE) for code in own},
        looks,
        _NONE.union(*telling.values()),
        english.difference(*shared.values()),
    )


def _split(listed: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {code: frozenset(text.split()) for code, text in listed.items()}


def _is_of_another_script(text: str) -> bool:
    """Whether most letters are of a script that English is not written in."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(map(_is_latin, letters)) < len(letters)


def _is_latin(letter: str) -> bool:
    low, high = _LATIN_ADDITIONAL
    return letter <= _LATIN_ENDS or low <= letter <= high
