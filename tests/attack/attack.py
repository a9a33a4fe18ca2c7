"""Tries to learn what anybody said from everything that a product would tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from bot.domain.release import FEWEST_TEXTS, RESPONDENTS_FOR_TEXT
from tests.attack.algebra import recovered
from tests.attack.bounds import certain
from tests.attack.evidence import Evidence
from tests.attack.figures import CHOSEN, NOT_CHOSEN, about_reason, about_scores, about_words
from tests.attack.reading import UNHAPPY
from tests.attack.siege import Office, Siege
from tests.attack.stage import Said

K: Final = 5
REASONS: Final = ("speed", "help", "other")


class Learnt(NamedTuple):
    """What an attack on the scores came to."""

    recovered: int
    certainly_dissatisfied: int
    smallest_set: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What an attack came to; of a sound product zeros, and sets no smaller than allowed."""

    answers: int
    queries: int
    #: Answers whose score is known.
    recovered: int
    #: Answers known to be one of the two lowest scores.
    certainly_dissatisfied: int
    #: Fewest answers that any combination of figures can tell from all others.
    smallest_set: int
    #: Permitted outputs that were different when scores changed hands within their blocks.
    changed_by_permutation: int
    #: (Answer, option) of the follow-up of which it is known whether it was chosen.
    reasons_recovered: int
    #: The same sets among those whose comments are shown together, and the fewest comments in one.
    smallest_text_set: int
    fewest_comments: int

    @property
    def bad(self) -> bool:
        return bool(
            self.recovered
            or self.certainly_dissatisfied
            or self.changed_by_permutation
            or self.reasons_recovered
            or self.smallest_set < K
            or self.smallest_text_set < RESPONDENTS_FOR_TEXT
            or self.fewest_comments < FEWEST_TEXTS
        )

    def wire(self) -> dict[str, Any]:
        return asdict(self)


def attack(office: Office, said: Sequence[Said], changed: int = 0) -> Finding:
    """The attacker knows of `said` who answered which question when, and not what."""
    scored = who_scored(said)
    scores, reasons = Siege(office, "overall", scored), Siege(office, "why", scored)
    words = Siege(office, "words", said)
    learnt, read = learn(about_scores(office, scores, scored)), about_words(words, said)
    return Finding(
        answers=len(scored),
        queries=scores.asked + reasons.asked + words.asked,
        recovered=learnt.recovered,
        certainly_dissatisfied=learnt.certainly_dissatisfied,
        smallest_set=learnt.smallest_set,
        changed_by_permutation=changed,
        reasons_recovered=sum(
            len(certain(about_reason(reasons, scored, option), [chosen]))
            for option in REASONS
            for chosen in (CHOSEN, NOT_CHOSEN)
        ),
        smallest_text_set=read.smallest_set if read.sets else RESPONDENTS_FOR_TEXT,
        fewest_comments=_fewest_comments(read, said),
    )


def attack_scores(office: Office, said: Sequence[Said]) -> Learnt:
    """The same for the scores alone."""
    scored = who_scored(said)
    return learn(about_scores(office, Siege(office, "overall", scored), scored))


def who_scored(said: Sequence[Said]) -> list[Said]:
    return [one for one in said if one.answers.get("overall") is not None]


def learn(found: Evidence) -> Learnt:
    """By subtraction, and because nothing else is possible."""
    told = recovered(found)
    for category in range(found.categories):
        told |= certain(found, [category])
    unhappy = {answer for answer in told if found.truth[answer] in UNHAPPY}
    return Learnt(len(told), len(unhappy | certain(found, UNHAPPY)), found.smallest_set)


def _fewest_comments(read: Evidence, said: Sequence[Said]) -> int:
    """In any set with a comment; sets without one have none to tell apart."""
    wrote = np.array([bool(one.answers.get("words")) for one in said])
    counts = (int(wrote[members].sum()) for members in read.sets)
    return min((count for count in counts if count), default=FEWEST_TEXTS)
