"""Words and phrases by family, from the TOML files here and from TextBlob's own lexicon.

A family holds words and phrases that say the same about a text. In `words` a plus stands for a
verb's regular forms: "crash+" is crash, crashes, crashed and crashing. In `phrases` each line is
one. `pull` is the side they pull to, and how strongly.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.voice.english.tokens import tokens

FILES = ("faults.toml", "praise.toml", "cues.toml", "things.toml")

#: Of TextBlob's words, those that say nothing in a comment about IT: "new", "many", "right".
MUTE = "mute.toml"

#: Weaker words of TextBlob's are closer to noise.
_WEAKEST = 0.15


@dataclass(frozen=True, slots=True)
class Family:
    name: str
    pull: float = 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """The words after the first one, and the families that the whole belongs to."""

    rest: tuple[str, ...]
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Entries that begin with the same word: that word alone, and longer ones by their second
    word, the longest first."""

    alone: Entry | None
    longer: Mapping[str, tuple[Entry, ...]]


#: By first word.
Lexicon = Mapping[str, Sharing]


@cache
def lexicon() -> Lexicon:
    found: dict[tuple[str, ...], dict[str, Family]] = {}
    for family, words in _listed():
        found.setdefault(words, {})[family.name] = family
    for word, polarity in _textblobs():
        if (word,) not in found:
            side = "bad" if polarity < 0 else "good"
            found[(word,)] = {side: Family(side, polarity)}
    return _by_first_word(found)


def _by_first_word(found: Mapping[tuple[str, ...], Mapping[str, Family]]) -> Lexicon:
    entries: dict[str, list[Entry]] = {}
    for words, families in found.items():
        entries.setdefault(words[0], []).append(Entry(words[1:], tuple(families.values())))
    return {first: _sharing(sharing) for first, sharing in entries.items()}


def _sharing(entries: Iterable[Entry]) -> Sharing:
    alone, longer = None, dict[str, tuple[Entry, ...]]()
    for entry in sorted(entries, key=lambda entry: -len(entry.rest)):
        if entry.rest:
            longer[entry.rest[0]] = (*longer.get(entry.rest[0], ()), entry)
        else:
            alone = entry
    return Sharing(alone, longer)


def _listed() -> Iterator[tuple[Family, tuple[str, ...]]]:
    for name in FILES:
        for id, table in _toml(name).items():
            family = Family(id, table.get("pull", 0.0))
            for word in table.get("words", "").split():
                yield from ((family, form) for form in _forms(word))
            for phrase in table.get("phrases", "").splitlines():
                if words := tuple(tokens(phrase)):
                    yield family, words


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def _forms(word: str) -> Iterator[tuple[str, ...]]:
    forms = inflected(word[:-1]) if word.endswith("+") else (word,)
    return (spelt for form in forms if (spelt := tuple(tokens(form))))


def inflected(verb: str) -> tuple[str, ...]:
    """A regular verb's four forms."""
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if re.search(r"[^aeiou]y$", verb):
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    stem = verb + verb[-1] if _doubles(verb) else verb
    ending = "es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else "s"
    return verb, verb + ending, f"{stem}ed", f"{stem}ing"


def _doubles(verb: str) -> bool:
    """Whether the last letter doubles ("dropped"): one syllable that ends in a short vowel."""
    return re.fullmatch(r"[^aeiou]+[aeiou][^aeiouwxy]", verb) is not None


def _textblobs() -> Iterator[tuple[str, float]]:
    from textblob.en import sentiment

    sentiment.load()
    mute = set(_toml(MUTE)["words"].split())
    for word, readings in sentiment.items():
        polarity = readings[None][0]
        if abs(polarity) >= _WEAKEST and word not in mute and word.isalpha():
            yield word, polarity
