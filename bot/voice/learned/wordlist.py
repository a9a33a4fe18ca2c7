"""Keywords under names, found in a text in one pass.

A keyword is one or more words. An asterisk stands for any letters at a word's end or, in a first
word, at its beginning, and by itself for any word: "*ausfall*", "seit * wochen". A word stands for
its plural in -s too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

#: Words of texts of which is remembered what begins with them.
_REMEMBERED = 4_096

#: The words after the first, and the name.
Entry = tuple[tuple[str, ...], str]


class WordList:
    __slots__ = ("_beginnings", "_ends", "_starting", "_within", "_words")

    def __init__(self, keywords: Iterable[tuple[str, str]]) -> None:
        """Pairs of a name and a keyword, spelt as the texts will be."""
        self._words: dict[str, list[Entry]] = {}
        self._beginnings: dict[str, list[Entry]] = {}
        self._ends: dict[str, list[Entry]] = {}
        self._within: dict[str, list[Entry]] = {}
        for name, keyword in keywords:
            first, *rest = keyword.split()
            entries = self._kind(first).setdefault(first.strip("*"), [])
            entries.append((tuple(rest), name))
        # A word comes again and again; what it begins is looked for once.
        self._starting = lru_cache(_REMEMBERED)(self._looked_up)

    def find(self, words: Sequence[str]) -> dict[str, list[range]]:
        """By name, where its keywords stand, the longest one from each word and none in another."""
        found: dict[str, list[range]] = {}
        for start, word in enumerate(words):
            for name, length in _longest(self._starting(word), words, start).items():
                places = found.setdefault(name, [])
                if not places or places[-1].stop <= start:
                    places.append(range(start, start + length))
        return found

    def _kind(self, first: str) -> dict[str, list[Entry]]:
        if first.startswith("*"):
            return self._within if first.endswith("*") else self._ends
        return self._beginnings if first.endswith("*") else self._words

    def _looked_up(self, word: str) -> tuple[Entry, ...]:
        return tuple(self._entries(word))

    def _entries(self, word: str) -> Iterator[Entry]:
        yield from self._words.get(word, ())
        yield from self._words.get(word.removesuffix("s"), ()) if word.endswith("s") else ()
        for at in range(1, len(word) + 1):
            yield from self._beginnings.get(word[:at], ())
            yield from self._ends.get(word[at - 1 :], ())
        for part, entries in self._within.items():
            if part in word:
                yield from entries


def _longest(entries: Iterable[Entry], words: Sequence[str], start: int) -> Mapping[str, int]:
    """By name, how many words from here on are a keyword."""
    found: dict[str, int] = {}
    for rest, name in entries:
        if not rest or _follow(rest, words[start + 1 : start + 1 + len(rest)]):
            found[name] = max(found.get(name, 0), 1 + len(rest))
    return found


def _follow(rest: Sequence[str], words: Sequence[str]) -> bool:
    return len(rest) == len(words) and all(map(_fits, rest, words))


def _fits(part: str, word: str) -> bool:
    if part.endswith("*"):
        return word.startswith(part[:-1])
    return word == part or word == f"{part}s"
