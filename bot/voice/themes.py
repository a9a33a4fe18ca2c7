"""What a text is about: keywords of a taxonomy and what was learned, several themes a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from bot.errors import Fault
from bot.voice import subjects
from bot.voice.keywords import WORDS, pattern, spaced
from bot.voice.language import language
from bot.voice.learned import LEARNED, model

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_KEYWORD = re.compile(r"[\w €$£*-]+")
#: Characters; more is cut on a phone.
LONGEST_LABEL: Final = 60


@dataclass(frozen=True, slots=True)
class Theme:
    id: str
    #: In the words of the business, as a reader of a summary sees it.
    label: str
    #: Finds one of the theme's keywords in a text that `spaced` has prepared.
    pattern: re.Pattern[str]
    #: Finds a keyword that an admin has added: it decides by itself.
    added: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All themes there are, by id and sorted."""

    themes: Mapping[str, Theme]

    def of(self, text: str) -> tuple[str, ...]:
        """Ids of all themes that a text touches, sorted; empty where none is known."""
        words = spaced(text)
        added = {t.id for t in self.themes.values() if t.added and t.added.search(words)}
        learned = LEARNED.get(language(text) or "")
        meant = model.meant(text, learned) if learned else subjects.meant(text, self.named(text))
        return tuple(sorted((meant | added) & self.themes.keys()))

    def named(self, text: str) -> set[str]:
        """Ids of the themes whose shipped keywords a text holds."""
        words = spaced(text)
        return {theme.id for theme in self.themes.values() if theme.pattern.search(words)}

    def label(self, theme_id: str) -> str:
        """A theme's name for people; an id that is not here (any more) names itself."""
        theme = self.themes.get(theme_id)
        return theme.label if theme else theme_id

    def extended(self, toml: str) -> Taxonomy:
        """With what an admin adds: new themes, more keywords for those there are, new labels.

        Raises Fault with a sentence for each thing that cannot be read.
        """
        found, tables = dict(self.themes), _tables(toml)
        faults = [f for id, table in tables.items() for f in _faults(id, found.get(id), table)]
        if faults:
            raise Fault(faults)
        for id, table in tables.items():
            found[id] = _merged(id, found.get(id), table)
        return Taxonomy(dict(sorted(found.items())))


@cache
def shipped() -> Taxonomy:
    """The twelve themes that ITPulse comes with."""
    tables = tomllib.loads(files(__package__).joinpath("themes.toml").read_text("utf-8"))
    return Taxonomy(
        {
            id: Theme(id, table["label"], pattern(table["keywords"]))
            for id, table in sorted(tables.items())
        }
    )


def _merged(id: str, theme: Theme | None, table: Mapping[str, object]) -> Theme:
    keywords, label = table.get("keywords", []), table.get("label")
    assert isinstance(keywords, list)
    added = pattern(keywords) if keywords else None
    if theme is None:
        return Theme(id, str(label), _NEVER, added)
    return replace(theme, label=str(label or theme.label), added=added)


def _faults(id: str, theme: Theme | None, table: Mapping[str, object]) -> Iterable[str]:
    if not _ID.fullmatch(id):
        yield f"[{id}]: a theme's id has 1 to 40 small letters, digits and hyphens only."
    for key in sorted(table.keys() - {"keywords", "label"}):
        yield f"[{id}]: {key} is unknown; write keywords or label."
    if theme is None and not table.get("label"):
        yield f'[{id}]: a new theme needs a label, as in label = "Company cars".'
    if theme is None and not table.get("keywords"):
        yield f'[{id}]: a new theme needs keywords, as in keywords = ["car", "garage"].'
    label = table.get("label", "")
    if not isinstance(label, str) or len(label) > LONGEST_LABEL:
        yield f"[{id}]: label must be a text in quotes, of at most {LONGEST_LABEL} characters."
    yield from _odd_keywords(id, table.get("keywords", []))


def _odd_keywords(id: str, keywords: object) -> Iterable[str]:
    if not isinstance(keywords, list) or not all(isinstance(word, str) for word in keywords):
        yield f'[{id}]: keywords must be a list of words in quotes, as in ["car", "garage"].'
        return
    for word in keywords:
        if not WORDS.search(word) or not _KEYWORD.fullmatch(word):
            yield f"[{id}]: “{word}” can never be found; use letters, digits, blanks, - and *."


def _tables(toml: str) -> Mapping[str, Mapping[str, object]]:
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as broken:
        raise Fault([f"The themes are not valid TOML: {broken}."]) from None
    loose = [id for id, table in tables.items() if not isinstance(table, dict)]
    if loose:
        raise Fault([f"{id} stands outside of a theme; write [theme-id] above it." for id in loose])
    return tables


_NEVER = re.compile(r"(?!)")


_in_use: list[Taxonomy] = []


def use(taxonomy: Taxonomy) -> None:
    """Makes every later `themes`, `theme_ids` and `label` of this program go by it."""
    _in_use[:] = [taxonomy]


def taxonomy() -> Taxonomy:
    return _in_use[0] if _in_use else shipped()


def themes(text: str) -> tuple[str, ...]:
    """Ids of all themes that a text touches, sorted; empty where none is known."""
    return taxonomy().of(text)


def theme_ids() -> tuple[str, ...]:
    """Ids of all themes there are, sorted."""
    return tuple(taxonomy().themes)


def label(theme_id: str) -> str:
    """A theme's name for people; an id that the taxonomy no longer holds names itself."""
    return taxonomy().label(theme_id)
