"""Phrases that many write now and few wrote before: "VPN at 9 am: 14 mentions, 3 last round"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.voice.english.features import stem
from bot.voice.language import small_words

#: A phrase is named from so many comments on, as a theme is.
LEAST = 3
#: A word by itself says little, and some word is always written by three.
LEAST_ALONE = 5
#: Words in a phrase.
LONGEST = 4
#: A phrase has risen that is this many standard errors above what was to be expected, and twice it.
RISEN, TWICE = 2.0, 2.0
#: Of a phrase within a longer one, the longer one is named if it has this share of its mentions.
CONTAINED = 0.7

_PLACEHOLDER = re.compile(r"\[(?:name|e-mail|phone|id|address)\]")
_PIECE = re.compile(r"[^,.;:!?()\n…–—]+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_COMMON = """
would could should really quite get got getting go going went thing things way lot bit one two day
days week weeks month months year years today always often make makes made take takes took good
great bad nice new old last next back us it's don't can't i'm we're isn't didn't
"""
_EMPTY = frozenset(_COMMON.split())

#: A phrase by its words' stems.
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rise:
    #: As most have written it.
    phrase: str
    #: Comments of this round, and of the round before it, that have it.
    mentions: int
    before: int


def rising(now: Sequence[str], before: Sequence[Sequence[str]], most: int = 3) -> list[Rise]:
    """At most so many phrases of released comments, the furthest risen first.

    `before` holds the comments of earlier rounds, the newest first; without any nothing rises.
    """
    if not now or not any(before):
        return []
    spelt, counts = _counted(now)
    earlier = [_counted(texts)[1] for texts in before]
    written = sum(map(len, before))
    risen = {}
    for phrase, mentions in counts.items():
        usual = sum(held[phrase] for held in earlier) / written * len(now)
        far = (mentions - usual) / sqrt(usual + 1)
        least = LEAST if len(phrase) > 1 else LEAST_ALONE
        if mentions >= least and far >= RISEN and mentions >= TWICE * usual:
            risen[phrase] = far
    kept = _longest(risen, counts)
    best = sorted(kept, key=lambda phrase: (-risen[phrase], -counts[phrase], phrase))[:most]
    return [Rise(_as_written(spelt[p]), counts[p], earlier[0][p]) for p in best]


def _counted(texts: Iterable[str]) -> tuple[dict[Phrase, Counter[str]], Counter[Phrase]]:
    """Each phrase's spellings, and how many comments have it."""
    spelt: defaultdict[Phrase, Counter[str]] = defaultdict(Counter)
    counts: Counter[Phrase] = Counter()
    for text in texts:
        found = dict(_phrases(text))
        counts.update(found.keys())
        for phrase, spelling in found.items():
            spelt[phrase][spelling] += 1
    return spelt, counts


def _phrases(text: str) -> Iterator[tuple[Phrase, str]]:
    for piece in _PIECE.findall(_PLACEHOLDER.sub(".", text)):
        words = _WORD.findall(piece)
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                if _says_something(words[start:end]):
                    # Digits stay as they are here: "9 am" is not "4 am".
                    key = tuple(w if w[0].isdigit() else stem(w.lower()) for w in words[start:end])
                    yield key, " ".join(words[start:end])


def _says_something(words: Sequence[str]) -> bool:
    """Neither end is a word that says nothing; "9 am" may stand at the end, not alone."""
    first, last = words[0].lower().replace("’", "'"), words[-1].lower().replace("’", "'")
    if _is_empty(first) or first[0].isdigit() or (_is_empty(last) and last not in {"am", "pm"}):
        return False
    return any(map(_says_much, words))


def _says_much(word: str) -> bool:
    return len(word) > 2 and word[0].isalpha() and not _is_empty(word.lower())


def _is_empty(word: str) -> bool:
    return word in _EMPTY or word in small_words()


def _longest(risen: Iterable[Phrase], counts: Counter[Phrase]) -> list[Phrase]:
    """Without phrases that hardly ever stand without the rest of a longer one, and without longer
    ones that add words to what is said more often alone."""
    kept: list[Phrase] = []
    for phrase in sorted(risen, key=lambda p: (-len(p), -counts[p], p)):
        around = [longer for longer in kept if _holds(longer, phrase)]
        if any(counts[longer] >= CONTAINED * counts[phrase] for longer in around):
            continue
        kept = [longer for longer in kept if longer not in around]
        kept.append(phrase)
    return kept


def _holds(longer: Phrase, phrase: Phrase) -> bool:
    return any(longer[at : at + len(phrase)] == phrase for at in range(len(longer)))


def _as_written(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
