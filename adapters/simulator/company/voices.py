"""What people write: sentences by theme, mood, audience and rounds, read from comments/*.toml."""

from __future__ import annotations

import tomllib
from collections import deque
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final, Literal

from adapters.simulator.company.staff import Colleague
from adapters.simulator.company.story import LAST

Mood = Literal["low", "middle", "high"]

#: Rounds before a text may come up again: nobody finds the same words twice in half a year.
REST: Final = 13


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people have on their minds, and the ways they put it."""

    story: str
    mood: Mood
    #: The reason (an option of the follow-up) that goes with it.
    about: str
    texts: tuple[str, ...]
    #: Units, divisions, sites or "home" that it is for; all where empty.
    who: frozenset[str] = frozenset()
    #: Those it is not for.
    but: frozenset[str] = frozenset()
    #: First and last round.
    rounds: tuple[int, int] = (1, 99)
    #: How much likelier each of its texts is than one of weight 1.
    weight: float = 1

    def suits(self, groups: frozenset[str], number: int, mood: Mood) -> bool:
        """Whether somebody of these groups may have it on their mind in a round."""
        first, last = self.rounds
        return (
            self.mood == mood
            and first <= number <= last
            and (not self.who or not self.who.isdisjoint(groups))
            and self.but.isdisjoint(groups)
        )


@cache
def topics() -> tuple[Topic, ...]:
    """All there are, file by file."""
    folder = files(__package__).joinpath("comments")
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    tables = (tomllib.loads(path.read_text("utf-8")) for path in paths)
    return tuple(
        _topic(story, table)
        for by_story in tables
        for story, listed in by_story.items()
        for table in listed
    )


def _topic(story: str, table: dict[str, Any]) -> Topic:
    fields: dict[str, Any] = dict(table)
    fields |= {key: frozenset(table[key]) for key in ("who", "but") if key in table}
    fields |= {key: tuple(table[key]) for key in ("texts", "rounds") if key in table}
    return Topic(story, **fields)


class Shelf:
    """A topic's texts, in the order in which one history uses them."""

    def __init__(self, topic: Topic, draw: Random) -> None:
        self.topic = topic
        self._waiting = deque(draw.sample(topic.texts, len(topic.texts)))
        #: Text -> the round it was last used in.
        self._used: dict[str, int] = {}

    @property
    def weight(self) -> float:
        """The more is left to say, the likelier somebody is to say it."""
        return self.topic.weight * (len(self._waiting) - len(self._used) or 0.1)

    def say(self, number: int) -> str | None:
        """A text that was not read for half a year, or None where there is none."""
        text = self._waiting[0]
        if number - self._used.get(text, -REST) < REST:
            return None
        self._waiting.rotate(-1)
        self._used[text] = number
        return text


class Voices:
    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._shelves = [Shelf(topic, draw) for topic in topics()]

    def mind(self, colleague: Colleague, number: int, mood: Mood) -> Shelf:
        """What somebody in this mood has on their mind."""
        groups = colleague.groups
        at = min(number, LAST)
        fitting = [s for s in self._shelves if s.topic.suits(groups, at, mood)]
        return self._draw.choices(fitting, [shelf.weight for shelf in fitting])[0]
