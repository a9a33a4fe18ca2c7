"""What is known of a language before anything is learned: endings, negation, words by family."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.voice.english.tokens import tokens
from bot.voice.learned.wordlist import WordList

#: The name of negations.
NOT = "not"

#: Ways to spell a letter, and the letter.
Spelt = tuple[tuple[str, str], ...]

#: Words of texts of which is remembered how they are spelt.
_REMEMBERED = 4_096

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Tongue:
    #: Of the language's files.
    name: str
    endings: tuple[str, ...]
    #: Spellings of letters that carry a mark.
    spelt: Spelt
    #: Words behind which a negation does not reach.
    stops: frozenset[str]
    #: By family, from -1.3 (blame) to 1.1 (praise); 0 where what it says is only learned.
    pulls: Mapping[str, float]
    themes: Sequence[str]
    #: Keywords of families, of themes and of NOT.
    keywords: WordList


@cache
def tongue(name: str) -> Tongue:
    """Of the file by that name."""
    said = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
    spelt = tuple(said["spelt"].items())
    listed = {NOT: said["not"], **{family: cue["words"] for family, cue in said["cues"].items()}}
    listed |= said["themes"]
    return Tongue(
        name,
        tuple(said["endings"].split()),
        spelt,
        frozenset(_keywords(said["stops"], spelt)),
        {family: cue.get("pull", 0.0) for family, cue in said["cues"].items()},
        sorted(said["themes"]),
        WordList((id, word) for id, line in listed.items() for word in _keywords(line, spelt)),
    )


def words(text: str) -> list[str]:
    """Words, marks and emoji in lower case; an apostrophe parts words: "l'accès" is two."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return [part for token in tokens(plain) for part in _apart(token)]


def _apart(token: str) -> list[str]:
    return [part for part in token.split("'") if part] if token[0].isalpha() else [token]


@lru_cache(_REMEMBERED)
def folded(word: str, spelt: Spelt) -> str:
    """Without the marks of its letters, however they are written; digits are all the same."""
    if word[0].isdigit():
        return "0"
    letters = unicodedata.normalize("NFKD", word)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for spelling, letter in spelt:
        plain = plain.replace(spelling, letter)
    return plain or word


@lru_cache(_REMEMBERED)
def stem(word: str, endings: tuple[str, ...]) -> str:
    """A word without the first ending that fits and leaves four letters."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _keywords(listed: str, spelt: Spelt) -> Iterator[str]:
    for keyword in listed.split(","):
        apart = _DIGITS.sub(" 0 ", re.sub("['-]", " ", keyword.casefold()))
        yield " ".join(folded(part, spelt) for part in apart.split())
