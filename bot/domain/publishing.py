"""From counts to a release: the only place where it is decided what may be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from bot.domain.connections import ReleasedConnections, connections
from bot.domain.counting import Count
from bot.domain.grumbles import FEWEST_WRITERS
from bot.domain.people import Cell, Place
from bot.domain.pulse import Question
from bot.domain.release import (
    FEWEST_OF_AN_OPTION,
    FEWEST_TEXTS,
    RESPONDENTS_FOR_TEXT,
    Measure,
    Partition,
    Places,
    ReleasedBlock,
    ReleasedGroup,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
    ShownCount,
    Tally,
    distinct,
    invited_by_cell,
    label,
    partition,
    shown_counts,
)
from bot.domain.rounds import Round
from bot.domain.words import Listen, Texts, Words
from bot.questions import KINDS

EVERYBODY: Final = "Everybody"


class Block(NamedTuple):
    """One block of a partition, with how many in it answered."""

    number: int
    label: str
    places: Places
    n: int


@dataclass(slots=True)
class Release:
    """Everything one round publishes."""

    round: ReleasedRound
    blocks: list[ReleasedBlock] = field(default_factory=list)
    groups: list[ReleasedGroup] = field(default_factory=list)
    texts: Collection[ReleasedText] = ()
    themes: list[ReleasedTheme] = field(default_factory=list)
    #: HMAC of the author's token (hex) -> id of the published comment.
    threads: list[tuple[str, str]] = field(default_factory=list)
    #: Which answers go together, where enough gave all of them.
    connections: ReleasedConnections | None = None


def release(round: Round, count: Count, listen: Listen) -> Release | None:
    """What may be published of a round; None where fewer than its smallest group answered."""
    count.hear(round.plan, listen)
    publication = Publication(round, count)
    if round.plan.box:
        publication.add_box()
        return (
            publication.release if publication.release.themes or publication.release.texts else None
        )
    if count.answered < round.plan.smallest_group:
        return None
    for question in round.plan.questions:
        if question.kind == "comment":
            publication.add_words(question)
        else:
            publication.add_scores(question)
    publication.add_connections()
    return publication.release


class Publication:
    """A release in the making."""

    def __init__(self, round: Round, count: Count) -> None:
        self._plan = round.plan
        self._count = count
        self._invited = invited_by_cell(round.plan.places)
        self._texts = Texts(round.id)
        self.release = Release(
            ReleasedRound(
                round=round.id,
                pulse=round.pulse,
                opens_on=round.day,
                closes_on=round.closes_at.date() if round.plan.box else round.plan.last_day,
                invited=round.plan.invited,
                answered=count.answered,
            ),
            texts=self._texts,
        )

    def add_scores(self, question: Question) -> None:
        """A question by its own blocks, and its follow-up by the same ones."""
        kind = KINDS[question.kind]
        tally = self._count.tallies.get(question.id, Tally())
        fewest = max(self._plan.smallest_group, kind.smallest_block)
        parts = partition(self._plan.places, tally.answered, fewest)
        for block in self._blocks(parts, tally.answered):
            hist = tally.hist(block.places, kind.categories(question))
            self._add_block(question, block, kind.deny(question, hist, block.n))
        self._add_groups(question, parts)
        if question.follow_up:
            self._add_follow_up(question.follow_up, parts, tally)

    def _add_follow_up(self, question: Question, parts: Partition, parent: Tally) -> None:
        """Who answers a follow-up is the score itself, so it has no blocks and no n of its own."""
        tally = self._count.tallies.get(question.id, Tally())
        categories = KINDS[question.kind].categories(question)
        for block in self._blocks(parts, parent.answered):
            hist = shown_counts(tally.hist(block.places, categories), block.n)
            self._add_block(question, block, hist)
        self._add_groups(question, parts)

    def add_words(self, question: Question) -> None:
        """Comments by blocks of their own, in an order drawn once; or their themes alone."""
        words = self._count.words.get(question.id, Words())
        self._add_themes(question, words)
        people = self._count.respondents
        fewest = max(self._plan.smallest_group, RESPONDENTS_FOR_TEXT)
        parts = partition(self._plan.places, people, fewest, Measure(words.written, FEWEST_TEXTS))
        blocks = list(self._blocks(parts, people))
        for block in blocks:
            self._add_block(question, block, words.tones(block.places))
        self._add_texts(question, words, blocks)
        self._add_groups(question, parts)

    def add_connections(self) -> None:
        """After the figures, which decide how finely this may be told."""
        if self._count.moments:
            blocks = self.release.blocks
            self.release.connections = connections(self._plan, self._count.moments, blocks)

    def add_box(self) -> None:
        """All grumbles together, or only what enough of them are about."""
        first, *_ = self._plan.questions
        words = self._count.words.get(first.id, Words())
        self._add_themes(first, words)
        writers = self._count.answered
        if writers < FEWEST_WRITERS:
            # So few are not counted either: a box says who wrote only as “at least five”.
            self.release.round = replace(self.release.round, answered=0)
            return
        block = Block(0, EVERYBODY, frozenset(self._plan.places), writers)
        self._add_block(first, block, words.tones(block.places))
        self._add_groups(first, Partition((block.places,), ((Cell(), (0,)),)))
        self._add_texts(first, words, [block])

    def _add_texts(self, question: Question, words: Words, blocks: Iterable[Block]) -> None:
        labels = {place: block.label for block in blocks for place in block.places}
        self._texts.add(question.id, words, labels)
        self.release.threads += words.threads(labels)

    def _add_themes(self, question: Question, words: Words) -> None:
        round, negative = self.release.round.round, words.negative
        self.release.themes += [
            ReleasedTheme(round, question.id, theme, count, negative[theme])
            for theme, count in sorted(words.mentions.items())
            if count >= FEWEST_OF_AN_OPTION
        ]

    def _add_block(self, question: Question, block: Block, hist: Mapping[str, ShownCount]) -> None:
        of = {place: self._plan.places[place] for place in sorted(block.places)}
        self.release.blocks.append(
            ReleasedBlock(
                round=self.release.round.round,
                question=question.id,
                kind=question.kind,
                formula=KINDS[question.kind].formula,
                block=block.number,
                label=block.label,
                n=block.n,
                invited=sum(of.values()),
                hist=hist,
                of=of,
            )
        )

    def _add_groups(self, question: Question, parts: Partition) -> None:
        round = self.release.round.round
        self.release.groups += [
            ReleasedGroup(round, question.id, cell, self._invited[cell], blocks)
            for cell, blocks in parts.groups
        ]

    def _blocks(self, parts: Partition, answered: Mapping[Place, int]) -> Iterator[Block]:
        every = self._plan.places
        names = [EVERYBODY if len(p) == len(every) else label(p, every) for p in parts.blocks]
        for number, (places, name) in enumerate(zip(parts.blocks, distinct(names), strict=True)):
            yield Block(number, name, places, sum(answered.get(place, 0) for place in places))
