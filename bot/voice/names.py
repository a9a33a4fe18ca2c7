"""Known people's names, prepared once so that any number of texts can be searched for them."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

#: A placeholder, which is passed over whole, or a run of letters. Letters are told by what they
#: are not, because \w leaves out the vowel signs of Indian scripts.
_WORD = re.compile(
    r"\[(?:name|e-mail|phone|address|id)\]"
    r"|[^\s\d_!-/:-@\[-`{-~\u00a0-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3001-\u3004\u3008-\u3020\ufe0f\uff01-\uff20"
    r"\U0001f000-\U0001faff]+"
)

#: What may stand between the parts of one name: "Anne-Marie", "O'Neill", "J. Smith".
_JOINT = re.compile(r"[ \t]{1,2}|[-'’]|\.[ \t]?")

#: After one of these (and quotes or brackets) a sentence begins, and anything is capitalised.
_OPENING = re.compile(r"(?:^|[.!?:;\n•*>-]|…)[\s\"'“”‘’«»()\[\]]*\Z")

_HYPHEN = re.compile("[-'’]")

#: What directories add to a name: "Dvořák, Marek (Legal)", "Marek | IT", "Marek - Graz".
_ADDED = re.compile(r"[(\[|/]|\s[-–—]\s")

#: Letters that do not fall apart into a plain one and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)


class Names:
    """Full names, each of their parts of three letters or more and what people of that name are
    called for short, for look-up by word.

    Case and accents do not matter, except for parts that are also ordinary words ("Mark",
    "Grace"): those count only where they are capitalised, and "Will" or "May" only inside a
    sentence. A part that is too short or a particle ("Bo", "van") counts inside its full name.
    """

    __slots__ = ("_firsts", "_longest", "_ordinary", "_phrases", "_sure")

    def __init__(self, names: Collection[str] = ()) -> None:
        spelt = {way for name in names for way in _ways(name)}
        ordinary = _words()["ordinary"]
        parts = {part for words in spelt for part in words if _may_stand_alone(part)}
        parts |= {short for part in parts for short in _short_forms().get(part, ())}
        self._sure = parts - ordinary
        self._ordinary = parts & ordinary
        self._phrases = {words for words in spelt if _needs_its_whole(words)}
        self._longest = max(map(len, self._phrases), default=0)
        self._firsts = parts | {words[0] for words in self._phrases}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where names stand in the text, in order and apart from each other."""
        words = list(_WORD.finditer(text))
        keys = [_fold(word[0]) for word in words]
        # Most texts name nobody, and this line is all they cost.
        if self._firsts.isdisjoint(keys):
            return []
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            length = self._phrase(text, words, keys, at) or self._part(text, words[at], keys[at])
            if length:
                _add(found, text, words[at].start(), words[at + length - 1].end())
            at += length or 1
        return found

    def _phrase(
        self, text: str, words: Sequence[re.Match[str]], keys: Sequence[str], at: int
    ) -> int:
        """How many words from here on are a full name, the longest one first; 0 for none."""
        if keys[at] not in self._firsts:
            return 0
        for length in range(min(self._longest, len(words) - at), 0, -1):
            if tuple(keys[at : at + length]) in self._phrases:
                meant = words[at : at + length]
                if _are_joined(text, meant) and _are_meant(meant):
                    return length
        return 0

    def _part(self, text: str, word: re.Match[str], key: str) -> int:
        if key in self._sure:
            return 1
        if key not in self._ordinary or not _is_capitalised(word[0]):
            return 0
        return 0 if key in _words()["openers"] and _OPENING.search(text, 0, word.start()) else 1


@cache
def _words() -> Mapping[str, frozenset[str]]:
    """Particles, openers and ordinary words, folded."""
    lists = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
    words = {kind: frozenset(listed.split()) for kind, listed in lists.items()}
    return words | {"ordinary": words["ordinary"] | words["openers"]}


@cache
def _short_forms() -> Mapping[str, frozenset[str]]:
    """What people of a first name are also called, folded: "katharina" has "kathi" and "kate"."""
    listed = tomllib.loads(files(__package__).joinpath("nicknames.toml").read_text("utf-8"))
    found: dict[str, frozenset[str]] = {}
    for line in listed["groups"].strip().splitlines():
        group = frozenset(map(_fold, line.split()))
        for name in group:
            long_enough = frozenset(filter(_may_stand_alone, group))
            found[name] = found.get(name, frozenset()) | long_enough
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Adds a span; one that is joined to the span before makes it longer instead."""
    if found and _JOINT.fullmatch(text, found[-1][1], start):
        start, _ = found.pop()
    found.append((start, end))


def _ways(name: str) -> set[tuple[str, ...]]:
    """The ways a name is written, each as its folded words: whole, and each hyphened part."""
    plain = _ADDED.split(name, maxsplit=1)[0]
    found = set()
    for spelling in {plain, plain.translate(_SPELT_OUT)}:
        hyphened = [part for part in spelling.split() if _HYPHEN.search(part)]
        found |= {_folded(written) for written in (spelling, *hyphened)}
    return found - {()}


def _folded(name: str) -> tuple[str, ...]:
    return tuple(map(_fold, _WORD.findall(name)))


def _fold(word: str) -> str:
    lower = word.casefold()
    if lower.isascii():
        return lower
    apart = unicodedata.normalize("NFKD", lower.translate(_PLAIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _may_stand_alone(part: str) -> bool:
    return len(part) >= 3 and part not in _words()["particles"]


def _is_telling(part: str) -> bool:
    """Whether a part names somebody in any case, wherever it stands."""
    return _may_stand_alone(part) and part not in _words()["ordinary"]


def _needs_its_whole(words: tuple[str, ...]) -> bool:
    """Whether looking for a name's parts one by one would miss some of it."""
    if len(words) == 1:
        return not _may_stand_alone(words[0])
    return not all(map(_is_telling, words))


def _are_joined(text: str, words: Sequence[re.Match[str]]) -> bool:
    return all(_JOINT.fullmatch(text, left.end(), right.start()) for left, right in pairwise(words))


def _are_meant(words: Sequence[re.Match[str]]) -> bool:
    """A full name of nothing but ordinary or short words ("Will May") needs its capitals."""
    return any(_is_telling(_fold(word[0])) for word in words) or all(
        _is_capitalised(word[0]) for word in words
    )


def _is_capitalised(word: str) -> bool:
    """Words all in capitals are taken for shouting; scripts without case are always meant."""
    return not word[0].islower() and (len(word) == 1 or not word.isupper())
