"""What a text is about: keywords from themes.toml, several themes a text."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: Currency signs count as words, so that "€" can be a keyword.
_WORDS = re.compile(r"\w+|[€$£]")


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    #: In the words of the business, as a reader of a summary sees it.
    label: str
    #: Finds one of the theme's keywords in a text that `_spaced` has prepared.
    pattern: re.Pattern[str]


def themes(text: str) -> tuple[str, ...]:
    """Ids of all themes that a text touches, sorted; empty where none is known."""
    spaced = _spaced(text)
    return tuple(theme.id for theme in _taxonomy().values() if theme.pattern.search(spaced))


def theme_ids() -> tuple[str, ...]:
    """Ids of all themes there are, sorted."""
    return tuple(_taxonomy())


def label(theme_id: str) -> str:
    """A theme's name for people; an id that the taxonomy no longer holds names itself."""
    theme = _taxonomy().get(theme_id)
    return theme.label if theme else theme_id


@cache
def _taxonomy() -> Mapping[str, Theme]:
    with files(__package__).joinpath("themes.toml").open("rb") as toml:
        tables = tomllib.load(toml)
    return {
        id: Theme(id, table["label"], _pattern(table["keywords"]))
        for id, table in sorted(tables.items())
    }


def _spaced(text: str) -> str:
    """Words in lower case with one space before, between and after, so that a space is a word's
    edge: the patterns begin with a plain character, which the regex engine finds fast."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def _pattern(keywords: list[str]) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(sorted(map(_branch, keywords)))})(?= )")


def _branch(keyword: str) -> str:
    """A keyword's notation, explained at the top of themes.toml, as a regular expression."""
    escaped = re.escape(keyword.casefold()).replace(r"\-", " ?").replace(r"\ ", " ")
    return escaped.replace(r"\*", r"\w*") if r"\*" in escaped else escaped + "s?"
