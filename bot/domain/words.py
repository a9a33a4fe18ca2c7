"""What people wrote to one question, heard once and counted on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from bot.domain.people import Place
from bot.domain.pile import Pile
from bot.domain.release import ReleasedText


class Comment(NamedTuple):
    """Words with what must be known to publish them, and no more."""

    place: Place
    text: str
    #: HMAC of its author's token, where they let IT answer.
    thread: str | None


class Heard(NamedTuple):
    """A comment as it will be published, and what it is about."""

    body: str
    sentiment: str
    themes: tuple[str, ...]
    #: The words that decided about the sentiment.
    because: tuple[str, ...] = ()


#: Words as written -> as published.
Listen = Callable[[str], Heard]
#: Of the text blocks, by the places in them.
Labels = Mapping[Place, str]


class Words:
    def __init__(self) -> None:
        #: By place.
        self.written: Counter[Place] = Counter()
        #: By theme: how often, and how often in a negative comment.
        self.mentions: Counter[str] = Counter()
        self.negative: Counter[str] = Counter()
        self._tones: dict[Place, Counter[str]] = {}
        self._pile = Pile()
        #: HMAC of the author's token, id, place; of those who let IT answer.
        self._threads: list[tuple[str, str, Place]] = []

    def add(self, comment: Comment, heard: Heard) -> None:
        self.written[comment.place] += 1
        self._tones.setdefault(comment.place, Counter())[heard.sentiment] += 1
        self.mentions.update(heard.themes)
        self.negative.update(heard.themes if heard.sentiment == "negative" else ())
        id = self._pile.add([comment.place, heard])
        if comment.thread:
            self._threads.append((comment.thread, id, comment.place))

    def tones(self, places: Collection[Place]) -> dict[str, int]:
        total: Counter[str] = Counter()
        for place in places:
            total.update(self._tones.get(place, {}))
        return dict(sorted(total.items()))

    def threads(self, places: Collection[Place]) -> list[tuple[str, str]]:
        return [(token, id) for token, id, place in self._threads if place in places]

    def told(self, round: str, question: str, blocks: Labels) -> Iterator[ReleasedText]:
        """In their random order."""
        for id, (place, (body, sentiment, themes, because)) in self._pile:
            block = blocks.get(Place(*place))
            if block is not None:
                heard = body, tuple(themes), sentiment, tuple(because)
                yield ReleasedText(id, round, question, block, *heard)


class Texts(Collection[ReleasedText]):
    """The comments a round publishes. Each time they are asked for they are read anew, so that not
    all of them need be in memory together."""

    def __init__(self, round: str) -> None:
        self._round = round
        self._parts: list[tuple[str, Words, Labels]] = []

    def add(self, question: str, words: Words, blocks: Labels) -> None:
        self._parts.append((question, words, blocks))

    def __contains__(self, text: object) -> bool:
        return any(each == text for each in self)

    def __len__(self) -> int:
        return sum(words.written[place] for _, words, blocks in self._parts for place in blocks)

    def __iter__(self) -> Iterator[ReleasedText]:
        for question, words, blocks in self._parts:
            yield from words.told(self._round, question, blocks)
