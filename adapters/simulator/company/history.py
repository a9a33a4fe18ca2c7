"""Half a year of answers, drawn by a seed: one submission a person and round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from random import Random
from typing import Final

from adapters.simulator.company.calendar import REASONS, days
from adapters.simulator.company.lines import Line, moment
from adapters.simulator.company.staff import UNITS, Colleague, staff
from adapters.simulator.company.story import mood
from adapters.simulator.company.voices import Mood, Topic, Voices
from bot.domain.ballot import Answer

#: How far people differ from their unit for good, and from one fortnight to the next.
TEMPER: Final = 0.5
WHIM: Final = 0.75
#: Of those who get so far, how many write: the unhappy have more to say.
WRITING: Final[dict[Mood, float]] = {"low": 0.38, "middle": 0.27, "high": 0.25}


def history(
    start: date, rounds: int = 13, seed: int = 7, until: datetime | None = None
) -> Iterator[Line]:
    """Every line in order of time, the same for the same seed.

    With `until` (an instant in the last round, see `middle`) what comes later is left out, so
    that the last round is still open then.
    """
    teller = _Teller(Random(seed))
    for number, day in enumerate(days(start, rounds), start=1):
        lines = sorted(teller.round(number, day), key=lambda line: (line.at, line.email))
        yield from (line for line in lines if until is None or line.at <= until)


class _Teller:
    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._voices = Voices(draw)
        self._tempers = {c.person.email: draw.gauss(0, TEMPER) for c in staff()}
        #: How readily each answers at all, beside others of the unit.
        self._zeal = {c.person.email: draw.uniform(0.3, 1) for c in staff()}

    def round(self, number: int, day: date) -> Iterator[Line]:
        for unit, colleagues in groupby(staff(), key=lambda c: c.person.unit):
            for colleague in self._answering(list(colleagues), UNITS[unit].response):
                at = moment(self._draw, colleague, day)
                yield Line(at, colleague.person.email, self._answers(colleague, number))

    def _answering(self, colleagues: list[Colleague], share: float) -> list[Colleague]:
        """As many as the share says, rounded at random; the more zealous more often."""
        count = int(share * len(colleagues) + self._draw.random())
        drawn = [(self._draw.random() ** (1 / self._zeal[c.person.email]), c) for c in colleagues]
        return [c for _, c in sorted(drawn, key=lambda pair: -pair[0])[:count]]

    def _answers(self, colleague: Colleague, number: int) -> dict[str, Answer]:
        felt = (
            mood(colleague, number)
            + self._tempers[colleague.person.email]
            + self._draw.gauss(0, WHIM)
        )
        score = max(1, min(5, round(felt)))
        answers: dict[str, Answer] = {"overall": score}
        if self._draw.random() < 0.04:
            return answers
        told = self._tone(score)
        mind = self._voices.mind(colleague, number, told)
        writes = self._draw.random() < WRITING[told]
        answers["why"] = self._why(mind.topic)
        answers["recommend"] = self._recommend(felt)
        answers["comment"] = mind.say(number) if writes else None
        return answers

    def _tone(self, score: int) -> Mood:
        """Some of the content have a wish, and some of the undecided a complaint."""
        if score <= 2:
            return "low"
        if score == 3:
            return "low" if self._draw.random() < 0.15 else "middle"
        return "middle" if score == 4 and self._draw.random() < 0.2 else "high"

    def _why(self, topic: Topic) -> list[str] | None:
        """What is on their mind, and often something beside it."""
        if self._draw.random() < 0.1:
            return None
        ids = [reason.id for reason in REASONS]
        weights = [3, 4, 4, 2, 1]
        beside = self._draw.choices(ids, weights)[0] if self._draw.random() < 0.4 else topic.about
        return [reason for reason in ids if reason in (topic.about, beside)]

    def _recommend(self, felt: float) -> int | None:
        if self._draw.random() < 0.07:
            return None
        return max(0, min(10, round(2.1 * felt + self._draw.gauss(-0.3, 0.9))))
