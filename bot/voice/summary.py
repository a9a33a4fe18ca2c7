"""What the comments of a round say, for one text block: the same comments give the same summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from bot.voice.phrasing import Rise, rising
from bot.voice.themes import label
from bot.voice.typical import typical

#: A theme is named from so many comments on.
LEAST = 3
TOPICS, QUOTES = 3, 2
#: Standard errors from which a share has moved.
MOVED = 1.96

Direction = Literal["new", "up", "down", "steady", "can't tell"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One released comment."""

    text: str
    sentiment: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    theme: str
    label: str
    mentions: int
    negative: int
    #: Of all comments that say something, from 0 to 1.
    share: float
    #: Against the round before it.
    direction: Direction
    #: Rounds in a row that name it, this one included.
    rounds: int
    #: The most typical comments, none of them shortened.
    quotes: tuple[str, ...]
    #: "You are hearing this for the 4th round."; empty where it is the first.
    heard: str


@dataclass(frozen=True, slots=True)
class Summary:
    headline: str
    topics: tuple[Topic, ...]
    rising: tuple[Rise, ...]
    #: Comments without a theme, and comments set aside as junk or in a language we do not judge.
    other: int
    aside: int


def summary(
    now: Sequence[Voice],
    before: Sequence[Sequence[Voice]] = (),
    named: Callable[[str], str] = label,
    every: str = "round",
) -> Summary:
    """`before` holds the rounds before, the newest first; `every` is "week" for weekly rounds."""
    told = _told(now)
    earlier = [_told(voices) for voices in before]
    topics = tuple(_topic(theme, told, earlier, named, every) for theme in _main(told))
    return Summary(
        _headline(told, topics),
        topics,
        tuple(rising([v.text for v in told], [[v.text for v in voices] for voices in earlier])),
        sum(not voice.themes for voice in told),
        len(now) - len(told),
    )


def _told(voices: Sequence[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.sentiment not in {"junk", "unknown"}]


def _main(told: Sequence[Voice]) -> list[str]:
    counts = _mentions(told)
    named = [theme for theme in counts if counts[theme] >= LEAST]
    return sorted(named, key=lambda theme: (-counts[theme], theme))[:TOPICS]


def _mentions(voices: Sequence[Voice]) -> Counter[str]:
    return Counter(theme for voice in voices for theme in voice.themes)


def _topic(
    theme: str,
    told: Sequence[Voice],
    earlier: Sequence[Sequence[Voice]],
    named: Callable[[str], str],
    every: str,
) -> Topic:
    about = [voice for voice in told if theme in voice.themes]
    rounds = 1 + _in_a_row(theme, earlier)
    return Topic(
        theme,
        named(theme),
        len(about),
        sum(voice.sentiment == "negative" for voice in about),
        len(about) / len(told),
        _direction(theme, told, earlier),
        rounds,
        typical([voice.text for voice in _main_side(about)], QUOTES),
        f"You are hearing this for the {ordinal(rounds)} {every}." if rounds > 1 else "",
    )


def _in_a_row(theme: str, earlier: Sequence[Sequence[Voice]]) -> int:
    rounds = 0
    for voices in earlier:
        if _mentions(voices)[theme] < LEAST:
            return rounds
        rounds += 1
    return rounds


def _main_side(about: Sequence[Voice]) -> list[Voice]:
    """The comments of the side that most take; a typical comment is one of these."""
    sides = Counter(voice.sentiment for voice in about)
    main = min(sides, key=lambda side: (-sides[side], side))
    return [voice for voice in about if voice.sentiment == main]


def _direction(theme: str, told: Sequence[Voice], earlier: Sequence[Sequence[Voice]]) -> Direction:
    if not earlier or not earlier[0]:
        return "can't tell"
    mine, theirs = _mentions(told)[theme], _mentions(earlier[0])[theme]
    n, m = len(told), len(earlier[0])
    pooled = (mine + theirs + 1) / (n + m + 2)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    moved = mine / n - theirs / m
    if abs(moved) >= MOVED * error:
        return ("new" if theirs == 0 else "up") if moved > 0 else "down"
    # With an error as wide as this, a share that has doubled would not show.
    return "steady" if MOVED * error <= max(mine / n, theirs / m) / 2 else "can't tell"


def _headline(told: Sequence[Voice], topics: Sequence[Topic]) -> str:
    if not told:
        return "No comments."
    count = "1 comment" if len(told) == 1 else f"{len(told)} comments"
    about = _listed([topic.label.lower() for topic in topics])
    return f"{count}, {_tone(told)}" + (f"; most are about {about}." if about else ".")


def _tone(told: Sequence[Voice]) -> str:
    sides = Counter(voice.sentiment for voice in told)
    for side in ("negative", "positive", "neutral"):
        if sides[side] == len(told):
            return f"all {side}" if len(told) > 1 else side
        if sides[side] > 0.6 * len(told):
            return f"mostly {side} ({sides[side]})"
    return f"mixed: {sides['negative']} negative, {sides['positive']} positive"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def ordinal(number: int) -> str:
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else last}"
