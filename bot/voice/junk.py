"""What is set aside before a text is judged: fillers, drumming fingers, lone punctuation."""

import re
import unicodedata
from functools import cache

#: What people write into a field they would rather have left empty.
_FILLERS = frozenset(
    {"n a", "na", "none", "nil", "null", "nothing", "no", "nope", "no comment", "no comments"}
    | {"not applicable", "nothing to add", "nothing to say", "nothing else", "nothing really"}
    | {"tbd", "test", "test test", "testing", "blah", "blah blah", "blah blah blah"}
    | {
        "k a",
        "ka",
        "keine angabe",
        "keine angaben",
        "keine",
        "keiner",
        "kein",
        "nix",
        "nichts",
        "nein",
    }
    | {"kein kommentar", "keine anmerkung", "keine anmerkungen", "nichts hinzuzufügen", "entfällt"}
    | {"bla", "bla bla", "bla bla bla", "rien", "néant", "neant", "ras", "r a s", "non", "s o"}
    | {"aucun", "aucune", "sans objet", "rien à ajouter", "aucun commentaire"}
    | {"pas de commentaire", "pas de commentaires", "ne sait pas", "nsp", "essai"}
)

#: Texts that begin with another word are no fillers.
_FIRST = frozenset(filler.split()[0] for filler in _FILLERS)

_ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "wxcvbn")

_WORDS = re.compile(r"\w+")


def is_junk(text: str) -> bool:
    """Whether nobody meant anything by this text. An emoji or a bare number is not junk."""
    first = _WORDS.search(text)
    if first is None:
        return not _holds_a_symbol(text)
    begun = first.group().casefold()
    return (begun in _FIRST or _drummed(begun)) and _says_nothing(text)


def _says_nothing(text: str) -> bool:
    words = _WORDS.findall(text.casefold())
    return " ".join(words) in _FILLERS or all(map(_drummed, words))


def _holds_a_symbol(text: str) -> bool:
    return any(unicodedata.category(character) == "So" for character in text)


def _drummed(word: str) -> bool:
    """Whether a word is one letter over and over, or runs of keys that lie side by side."""
    if word.isdecimal():
        return False
    return word == word[0] * len(word) or _runs().fullmatch(word) is not None


@cache
def _runs() -> re.Pattern[str]:
    found = {
        row[start:end]
        for forward in _ROWS
        for row in (forward, forward[::-1])
        for start in range(len(row))
        for end in range(start + 3, len(row) + 1)
    }
    return re.compile(f"(?:{'|'.join(sorted(found, key=len, reverse=True))})+")
