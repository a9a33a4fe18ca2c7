"""From opened ballots to a release. Counts grow with the number of places, not of people."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Final, NamedTuple

from bot.domain.ballot import Ballot
from bot.domain.pulse import Question, every_step
from bot.domain.release import (
    FEWEST_OF_AN_OPTION,
    FEWEST_TEXTS,
    RESPONDENTS_FOR_TEXT,
    Partition,
    ReleasedBlock,
    ReleasedGroup,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
    Tally,
    label,
    partition,
    shown_counts,
)
from bot.domain.rounds import Plan, Round
from bot.questions import KINDS

#: What a comment is shown under: no unit, no role, no time.
EVERYBODY: Final = "Everybody"


class Heard(NamedTuple):
    """A comment as it will be published, and what it is about."""

    body: str
    sentiment: str
    themes: tuple[str, ...]


#: Words as written -> as published.
Listen = Callable[[str], Heard]


@dataclass(slots=True)
class Count:
    """All that is kept of the ballots opened so far."""

    answered: int = 0
    tallies: dict[str, Tally] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, plan: Plan, ballot: Ballot) -> None:
        self.answered += ballot.holds_an_answer
        for question, _ in every_step(plan.questions):
            answer = ballot.answers.get(question.id)
            if isinstance(answer, str) and question.kind == "comment":
                self.texts.setdefault(question.id, []).append(answer)
            elif answer is not None:
                tally = self.tallies.setdefault(question.id, Tally())
                tally.add(ballot.place, KINDS[question.kind].counted(answer))

    def merge(self, other: Count) -> None:
        self.answered += other.answered
        for question, tally in other.tallies.items():
            self.tallies.setdefault(question, Tally()).merge(tally)
        for question, texts in other.texts.items():
            self.texts.setdefault(question, []).extend(texts)


@dataclass(slots=True)
class Release:
    """Everything one round publishes."""

    round: ReleasedRound
    blocks: list[ReleasedBlock] = field(default_factory=list)
    groups: list[ReleasedGroup] = field(default_factory=list)
    texts: list[ReleasedText] = field(default_factory=list)
    themes: list[ReleasedTheme] = field(default_factory=list)


def release(round: Round, count: Count, listen: Listen) -> Release | None:
    """What may be published of a round; None where fewer than its smallest group answered."""
    plan = round.plan
    if count.answered < plan.smallest_group:
        return None
    found = Release(
        ReleasedRound(
            round=round.id,
            pulse=round.pulse,
            opens_on=round.day,
            closes_on=plan.last_day,
            invited=plan.invited,
            answered=count.answered,
        )
    )
    for question in plan.questions:
        if question.kind == "comment":
            _release_words(found, question, count, listen)
        else:
            _release_scores(found, plan, question, count)
    return found


def _release_scores(found: Release, plan: Plan, question: Question, count: Count) -> None:
    """A question by its own blocks, and its follow-up by the same ones."""
    tally = count.tallies.get(question.id, Tally())
    fewest = max(plan.smallest_group, KINDS[question.kind].smallest_block)
    parts = partition(plan.places, tally.answered, fewest)
    _add_blocks(found, plan, parts, question, tally, tally)
    if question.follow_up:
        # Who answered a follow-up is the score itself, so it has no blocks and no n of its own.
        told = count.tallies.get(question.follow_up.id, Tally())
        _add_blocks(found, plan, parts, question.follow_up, told, tally)


def _add_blocks(
    found: Release, plan: Plan, parts: Partition, question: Question, told: Tally, parent: Tally
) -> None:
    kind = KINDS[question.kind]
    for number, places in enumerate(parts.blocks):
        n = sum(parent.answered[place] for place in places)
        hist = told.hist(places, kind.categories(question))
        of = {place: plan.places[place] for place in sorted(places)}
        found.blocks.append(
            ReleasedBlock(
                round=found.round.round,
                question=question.id,
                kind=question.kind,
                formula=kind.formula,
                block=number,
                label=label(places, plan.places),
                n=n,
                invited=sum(of.values()),
                hist=kind.deny(question, hist, n) if told is parent else shown_counts(hist, n),
                of=of,
            )
        )
    for cell, blocks in parts.groups:
        invited = sum(count for place, count in plan.places.items() if cell.holds(place))
        group = ReleasedGroup(found.round.round, question.id, cell, invited, blocks)
        found.groups.append(group)


def _release_words(found: Release, question: Question, count: Count, listen: Listen) -> None:
    """Comments of the whole company in an order drawn once, or their themes alone."""
    heard = [listen(text) for text in count.texts.get(question.id, [])]
    found.themes += _themes(found, question, heard)
    if count.answered < RESPONDENTS_FOR_TEXT or len(heard) < FEWEST_TEXTS:
        return
    SystemRandom().shuffle(heard)
    found.texts += [
        ReleasedText(
            id=secrets.token_hex(16),
            round=found.round.round,
            question=question.id,
            block=EVERYBODY,
            body=text.body,
            themes=text.themes,
            sentiment=text.sentiment,
        )
        for text in heard
    ]


def _themes(found: Release, question: Question, heard: Iterable[Heard]) -> list[ReleasedTheme]:
    mentions: Counter[str] = Counter()
    negative: Counter[str] = Counter()
    for text in heard:
        mentions.update(text.themes)
        negative.update(text.themes if text.sentiment == "negative" else ())
    return [
        ReleasedTheme(found.round.round, question.id, theme, count, negative[theme])
        for theme, count in sorted(mentions.items())
        if count >= FEWEST_OF_AN_OPTION
    ]
