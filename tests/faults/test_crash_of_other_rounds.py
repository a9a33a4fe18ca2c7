"""Killed while a box is looked into, names are put to answers, or a lost round is told of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.grumbles import PULSE
from bot.domain.rounds import Round
from bot.refs import Ref
from tests.faults.conftest import Open
from tests.faults.crashes import BEFORE_CLOSING, CLOSES, DAY_AFTER, OPENS, die, messages
from tests.faults.dying import Crash
from tests.faults.events import answer, press, refused, submit
from tests.faults.saying import ROUND
from tests.stories.company import OVERALL, RECOMMEND, WEEKLY, Company, staff

pytestmark = pytest.mark.fault

NOVEMBER, DECEMBER = "2026-11-24T09:00:00+00:00", "2026-12-01T09:00:00+00:00"
WEEK_AFTER = "2026-12-08T09:00:00+00:00"
NAMED = replace(WEEKLY, manner="named", questions=(OVERALL, RECOMMEND))


@pytest.mark.parametrize(
    "crash",
    [
        Crash("committed rounds.set_state"),
        Crash("before rounds.reopen"),
        Crash("after rounds.reopen"),
        Crash("committed rounds.reopen"),
    ],
    ids=str,
)
async def test_a_box_with_too_few_keeps_what_is_in_it(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    async with house() as company:
        await company.hire(*staff(12))
        await company.at(NOVEMBER)
        await put(company, 1, 4)
    die(tmp_path, database_url, crash, until=DECEMBER)
    async with house() as company:
        await company.house.metronome.run_due()
        assert (await newest(company, PULSE)).state == "open"
        await put(company, 5, 6)
        await company.at(WEEK_AFTER)
        await check_box(company, 6)


@pytest.mark.parametrize(
    "crash",
    [
        Crash("committed rounds.set_state"),
        Crash("after releases.publish"),
        Crash("committed releases.publish"),
        Crash("after ring.destroy"),
    ],
    ids=str,
)
async def test_a_box_is_opened_once(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    async with house() as company:
        await company.hire(*staff(12))
        await company.at(NOVEMBER)
        await put(company, 1, 6)
    die(tmp_path, database_url, crash, until=DECEMBER)
    async with house() as company:
        await company.house.metronome.run_due()
        await check_box(company, 6)
        assert (await newest(company, PULSE)).id == "grumbles@2026-12-01"
        await put(company, 1, 1)


@pytest.mark.parametrize(
    "crash",
    [
        Crash("committed rounds.set_state"),
        Crash("after named.add_answers", 2),
        Crash("committed named.add_answers"),
        Crash("after ring.destroy"),
        Crash("before rounds.set_cleared"),
    ],
    ids=str,
)
async def test_named_answers_are_kept_once_each(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    async with house() as company:
        await company.hire(*staff(6))
        await company.ask(NAMED)
        await company.at(OPENS)
        for number in range(1, 5):
            await press(company, number, answer("overall"), number)
        await press(company, 1, answer("recommend"), 10)
        await company.at(BEFORE_CLOSING)
    die(tmp_path, database_url, crash, until=CLOSES)
    async with house() as company:
        await company.house.metronome.run_due()
        kept = await company.house.store.read(lambda tx: tx.named.answers(ROUND))
        assert sorted((a.question, a.value) for a in kept) == [
            *(("overall", score) for score in range(1, 5)),
            ("recommend", 10),
        ]
        round = await newest(company, "it-weekly")
        assert (round.state, round.cleared) == ("released", True)
        assert ROUND not in set(company.house.ring.names())


@pytest.mark.parametrize(
    ("crash", "told_at_least"),
    [
        (Crash("after rounds.set_state"), 30),
        (Crash("committed rounds.set_state"), 0),
        (Crash("after platform.deliver", 10), 10),
        (Crash("committed rounds.set_cleared"), 30),
    ],
    ids=str,
)
async def test_nobody_is_told_twice_of_a_lost_round(
    house: Open, tmp_path: Path, database_url: str, crash: Crash, told_at_least: int
) -> None:
    async with house() as company:
        await company.hire(*staff(30))
        await company.ask(WEEKLY)
        await company.at(BEFORE_CLOSING)
        before = messages(company)
        company.house.ring.destroy(ROUND)
    assert before == {2: 30}
    die(tmp_path, database_url, crash, until=CLOSES)
    async with house() as company:
        await company.at(DAY_AFTER)
        assert (await newest(company, "it-weekly")).state == "lost"
        assert set(messages(company)) <= {2, 3}
        assert messages(company)[3] >= told_at_least


@pytest.mark.parametrize(
    ("crash", "told_at_least"),
    [
        (Crash("after announcements.add"), 3),
        (Crash("committed announcements.add"), 3),
        (Crash("committed announcements.take", 2), 2),
        (Crash("after platform.deliver", 2), 2),
    ],
    ids=str,
)
async def test_no_lead_is_told_twice_of_a_release(
    house: Open, tmp_path: Path, database_url: str, crash: Crash, told_at_least: int
) -> None:
    leads = [f"p{number:03}@example.com" for number in range(1, 4)]
    async with house() as company:
        await company.hire(*staff(30))
        for lead in leads:
            await company.grant(lead, "lead")
        await company.ask(WEEKLY)
        await company.at(OPENS)
        for number in range(1, 11):
            await press(company, number, answer("overall"), 4)
        await company.at(BEFORE_CLOSING)
    die(tmp_path, database_url, crash, until=CLOSES)
    async with house() as company:
        await company.house.metronome.run_due()
        await company.at(DAY_AFTER)
        told = [len(heard(company, lead)) for lead in leads]
        assert set(told) <= {0, 1}
        assert sum(told) >= told_at_least


def heard(company: Company, email: str) -> list[str]:
    said = (message["summary"] for message in company.chat(email))
    return [line for line in said if line.startswith("The answers are in")]


async def put(company: Company, first: int, last: int) -> None:
    """A grumble of each of these people, for the box."""
    for number in range(first, last + 1):
        ref, text = Ref("grumble", item="confidential"), f"The VPN is slow on floor {number}."
        assert not refused(await submit(company, number, ref, {"text": text}, f"grumble {number}"))


async def check_box(company: Company, writers: int) -> None:
    """One release of one box, with everybody's comment once."""
    (released,) = await company.house.store.read(lambda tx: tx.releases.rounds(PULSE))
    texts = await company.house.store.read(lambda tx: tx.releases.texts([released.round]))
    assert released.round == "grumbles@2026-11-24"
    assert Counter(text.body for text in texts) == Counter(
        f"The VPN is slow on floor {number}." for number in range(1, writers + 1)
    )


async def newest(company: Company, pulse: str) -> Round:
    found = await company.house.store.read(lambda tx: tx.rounds.of_pulse(pulse))
    return found[0]
