"""What people wrote about: themes that may be named, and whether that is more than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.answer import Released
from bot.domain.insight import Verdict, share_change
from bot.domain.people import Cell
from bot.domain.release import (
    FEWEST_OF_AN_OPTION,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
)
from bot.domain.report import Report, texts_of
from bot.ports import Transaction


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme named by enough comments."""

    theme: str
    mentions: int
    #: How many of the mentions are in a negative comment.
    negative: int
    #: Of all comments, as a share of 1; None where these are not counted.
    share: float | None = None
    #: Against the rounds before; None where there were none with comments.
    change: Verdict | None = None
    #: Whether the rounds before named it too.
    named_before: bool = False


@dataclass(frozen=True, slots=True)
class Topics:
    #: Most mentioned first.
    now: tuple[Topic, ...]
    #: Named before and not any more, most mentioned first.
    gone: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """Comments of some rounds in one cut, by theme."""

    comments: int
    mentions: Counter[str]
    negative: Counter[str]
    #: The most mentions a theme can have had that is not named.
    unnamed: int


def topics(tx: Transaction, found: Report) -> Topics:
    """Of the report's rounds and cut, from releases alone."""
    now = _written(tx, found.rounds, found.cell)
    before = _written(tx, found.earlier, found.cell)
    gone = (Topic(t, n, before.negative[t]) for t, n in before.mentions.items())
    return Topics(
        _ranked(_topic(theme, now, before) for theme in now.mentions),
        _ranked(topic for topic in gone if topic.theme not in now.mentions),
    )


def named_in(tx: Transaction, rounds: Sequence[ReleasedRound], cell: Cell) -> frozenset[str]:
    """The themes that enough wrote about."""
    return frozenset(_written(tx, rounds, cell).mentions)


def _ranked(found: Iterable[Topic]) -> tuple[Topic, ...]:
    return tuple(sorted(found, key=lambda topic: (-topic.mentions, topic.theme)))


def _topic(theme: str, now: _Written, before: _Written) -> Topic:
    mentions = now.mentions[theme]
    return Topic(
        theme=theme,
        mentions=mentions,
        negative=now.negative[theme],
        share=mentions / now.comments if now.comments else None,
        change=_change(theme, now, before),
        named_before=theme in before.mentions,
    )


def _change(theme: str, now: _Written, before: _Written) -> Verdict | None:
    """Of a theme that was not named before, only “up” can be said: it had fewer than three."""
    if not (now.comments and before.comments):
        return None
    was = before.mentions[theme] or min(before.unnamed, before.comments)
    said = share_change((was, before.comments), (now.mentions[theme], now.comments)).verdict
    return said if theme in before.mentions or said == "up" else "can't tell yet"


def _written(tx: Transaction, rounds: Sequence[ReleasedRound], cell: Cell) -> _Written:
    released = Released.figures(tx, list(rounds))
    if cell == Cell():
        return _of_everybody(tx, released)
    return _of_texts(texts_of(tx, released, cell))


def _of_everybody(tx: Transaction, released: Released) -> _Written:
    """As counted at close."""
    asked = sum(sheet.kind == "comment" for sheet in released.sheets.values())
    themes = tx.releases.themes([round.round for round in released.rounds])
    return _Written(released.written, *_added(themes), (FEWEST_OF_AN_OPTION - 1) * asked)


def _added(themes: Iterable[ReleasedTheme]) -> tuple[Counter[str], Counter[str]]:
    mentions: Counter[str] = Counter()
    negative: Counter[str] = Counter()
    for theme in themes:
        mentions[theme.theme] += theme.mentions
        negative[theme.theme] += theme.negative
    return mentions, negative


def _of_texts(texts: Iterable[ReleasedText]) -> _Written:
    """Of a part of the company only what its published words are about."""
    told = list(texts)
    counts = Counter(theme for text in told for theme in text.themes)
    unhappy = Counter(t for text in told if text.sentiment == "negative" for t in text.themes)
    named = Counter({theme: n for theme, n in counts.items() if n >= FEWEST_OF_AN_OPTION})
    return _Written(len(told), named, unhappy, FEWEST_OF_AN_OPTION - 1)
