"""What a lead hears first of a round's comments: the subjects, for how long, in whose words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.domain.people import Cell
from bot.domain.release import ReleasedRound, ReleasedText
from bot.domain.report import Report
from bot.domain.topics import Topic, named_in, topics
from bot.domain.typical import typical
from bot.ports import Transaction

#: More nobody remembers.
MOST: Final = 3
QUOTES: Final = 2
#: Rounds looked back on: for everybody themes were counted at close, elsewhere words are read.
LONGEST: Final = 12
LONGEST_OF_A_PART: Final = 4
#: A person who hears something each week counts weeks.
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Subject:
    topic: Topic
    #: Rounds in a row that name it, newest first, this one included.
    rounds: tuple[ReleasedRound, ...]
    #: Whether the row may be longer than was looked at.
    at_least: bool
    #: The most typical comments, none of them shortened.
    quotes: tuple[ReleasedText, ...]


def subjects(tx: Transaction, found: Report) -> tuple[Subject, ...]:
    """The same for the same release, in whatever order its comments come."""
    named = topics(tx, found).now[:MOST]
    rows = _in_a_row(tx, found, [topic.theme for topic in named])
    longest = _longest(found.cell)
    told: list[Subject] = []
    for topic in named:
        row, quoted = tuple(rows[topic.theme]), {q.id for s in told for q in s.quotes}
        about = [t for t in found.texts if topic.theme in t.themes and t.id not in quoted]
        quotes = typical(_main_side(about), QUOTES)
        told.append(Subject(topic, row, len(row) == longest, quotes))
    return tuple(told)


def _main_side(about: Sequence[ReleasedText]) -> list[ReleasedText]:
    """Of the tone that most have: a comment against it is not typical."""
    tones = Counter(text.tone for text in about)
    main = min(tones, key=lambda tone: (-tones[tone], tone), default="")
    return [text for text in about if text.tone == main]


def every_week(rounds: Sequence[ReleasedRound]) -> bool:
    """Whether rounds, newest first, came a week after each other."""
    days = [round.opens_on for round in rounds]
    return all((now - before).days == WEEK for now, before in pairwise(days))


def _in_a_row(
    tx: Transaction, found: Report, themes: Collection[str]
) -> dict[str, list[ReleasedRound]]:
    rows = {theme: [found.newest] for theme in themes}
    heard = set(themes)
    for round in tx.releases.rounds(found.newest.pulse, _longest(found.cell))[1:]:
        if not heard:
            break
        heard &= named_in(tx, [round], found.cell)
        for theme in heard:
            rows[theme].append(round)
    return rows


def _longest(cell: Cell) -> int:
    return LONGEST if cell == Cell() else LONGEST_OF_A_PART
