"""Two thousand comments that people really wrote, over eight weeks: each is counted once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from bot.cards import Reply
from bot.events import Address, Submitted
from bot.questions.comment import LARGEST, LONGEST, clean
from bot.refs import Ref
from schedules.close_rounds import listener
from tests.stories.company import OVERALL, RECOMMEND, WEEKLY, WORDS, Company, later, staff

pytestmark = pytest.mark.story

WEEKS = 8
UNITS = 13
PEOPLE = 20 * UNITS
TUESDAYS = [date(2026, 11, 24) + timedelta(weeks=week) for week in range(WEEKS)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Every first column of the labelled texts, in an order of their own."""
    folder = os.environ.get("ITPULSE_TEST_TEXTS")
    if not folder:
        pytest.skip("ITPULSE_TEST_TEXTS names no folder of labelled texts")
    files = sorted(Path(folder).rglob("*.tsv"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").split("\n"))
    found = [line.split("\t")[0] for line in lines if line]
    if len(found) < 2 * PEOPLE * WEEKS:
        pytest.skip(f"{folder} holds {len(found)} texts, too few for this story")
    Random(13).shuffle(found)
    return found


@dataclass
class Week:
    """What was taken in one round, as an accountant beside the house would know it."""

    said: dict[int, dict[str, int | str]] = field(default_factory=dict)
    submitted: int = 0
    refused: int = 0

    def hist(self, question: str) -> Counter[str]:
        return Counter(str(answers[question]) for answers in self.said.values())

    @property
    def comments(self) -> list[str]:
        return [str(answers["words"]) for answers in self.said.values()]


async def test_every_comment_and_every_score_is_counted_once(
    company: Company, texts: list[str]
) -> None:
    for unit in range(UNITS):
        await company.hire(*staff(20, f"Unit {unit:02}", first=unit * 20 + 1))
    await company.ask(later(WEEKLY, questions=(OVERALL, RECOMMEND, WORDS)))
    unused = iter(texts)
    weeks = {}
    for number, tuesday in enumerate(TUESDAYS):
        await company.at(f"{tuesday}T10:00:00+00:00")
        weeks[f"it-weekly@{tuesday}"] = await live(company, number, tuesday, unused)
    await company.at(f"{TUESDAYS[-1] + timedelta(days=4)}T10:00:00+00:00")
    assert sum(week.submitted for week in weeks.values()) >= 2_000
    assert sum(week.refused for week in weeks.values()) >= WEEKS
    for round, week in weeks.items():
        await check_released(company, round, week)


async def live(company: Company, number: int, tuesday: date, unused: Iterator[str]) -> Week:
    """One week: most answer, some twice, some at too great a length first, a few not at all."""
    week, round = Week(), f"it-weekly@{tuesday}"
    for person in range(1, PEOPLE + 1):
        if (person + number) % 50 == 0:
            continue
        if (person + number) % 40 == 0:
            long = " ".join(islice(unused, 2))
            while len(long) <= LONGEST:
                long = f"{long} {long}"
            await say(company, round, person, {"overall": 1, "recommend": 0, "words": long}, week)
        for time in range(2 if (person + number) % 10 == 0 else 1):
            scores = {
                "overall": (person + number + time) % 5 + 1,
                "recommend": (3 * person + number + time) % 11,
            }
            await say(company, round, person, {**scores, "words": next(unused)}, week)
    return week


async def say(
    company: Company, round: str, person: int, values: dict[str, int | str], week: Week
) -> None:
    words = str(values["words"])
    too_long = len(clean(words)) > LONGEST or len(clean(words).encode()) > LARGEST
    reply = await submit(company, round, person, values)
    assert reply.refusal is None
    assert list(reply.errors) == (["words"] if too_long else [])
    week.submitted += 1
    week.refused += too_long
    if not too_long:
        assert reply.corrected == (person in week.said)
        week.said[person] = values


async def submit(company: Company, round: str, person: int, values: dict[str, int | str]) -> Reply:
    who, now = Address("simulator", "demo", f"u{person}"), company.house.clock.now()
    return await company.house.handle(Submitted("", who, now, Ref("answers", round), values))


async def check_released(company: Company, round: str, week: Week) -> None:
    read = company.house.store.read
    released = {r.round: r for r in await read(lambda tx: tx.releases.rounds("it-weekly"))}
    blocks = await read(lambda tx: tx.releases.blocks([round]))
    published = await read(lambda tx: tx.releases.texts([round]))
    assert set(released) == {f"it-weekly@{tuesday}" for tuesday in TUESDAYS}
    assert released[round].answered == len(week.said)
    for question in ("overall", "recommend"):
        mine = [block for block in blocks if block.question == question]
        hist: Counter[str] = Counter()
        for block in mine:
            assert sum(n for n in block.hist.values() if isinstance(n, int)) == block.n
            hist.update({step: n for step, n in block.hist.items() if isinstance(n, int) and n})
        assert sum(block.n for block in mine) == len(week.said)
        assert hist == week.hist(question)
    listen = listener(await read(lambda tx: tx.people.names()))
    heard = [listen(clean(comment)) for comment in week.comments]
    assert Counter(t.body for t in published) == Counter(h.body for h in heard)
    assert Counter(t.sentiment for t in published) == Counter(h.sentiment for h in heard)
