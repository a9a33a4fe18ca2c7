"""Everything at the same moment: each answer counts once, and what was acknowledged is counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.cards import Reply
from bot.errors import NotOpen
from bot.refs import Ref
from tests.faults.conftest import Open
from tests.faults.crashes import BEFORE_CLOSING, CLOSES, OPENS
from tests.faults.events import answer, ballot, press, refused, submit
from tests.faults.saying import ROUND
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

OVERALL = answer("overall")


async def opened(company: Company, people: int) -> None:
    await company.hire(*staff(people))
    await company.ask(WEEKLY)
    await company.at(OPENS)


async def hist(company: Company) -> Counter[int]:
    """Score -> people, as released."""
    blocks = await company.house.store.read(lambda tx: tx.releases.blocks([ROUND]))
    found: Counter[int] = Counter()
    for block in blocks:
        if block.question == "overall":
            found.update({int(s): n for s, n in block.hist.items() if isinstance(n, int) and n})
    return found


async def test_a_double_press_counts_once(company: Company) -> None:
    await opened(company, 20)
    for number in range(1, 21):
        score = number % 5 + 1
        replies = await asyncio.gather(*(press(company, number, OVERALL, score) for _ in range(2)))
        assert all(reply.redraw for reply in replies)
        assert sorted(reply.corrected for reply in replies) == [False, True]
    await company.at(CLOSES)
    assert await hist(company) == {1: 4, 2: 4, 3: 4, 4: 4, 5: 4}


async def test_of_two_answers_at_once_the_later_one_is_kept(company: Company) -> None:
    await opened(company, 20)
    for number in range(1, 21):
        replies = await asyncio.gather(
            *(press(company, number, OVERALL, score) for score in (1, 5)),
            press(company, number, answer("recommend"), number % 11),
        )
        assert all(reply.redraw for reply in replies)
        kept = (await ballot(company, number)).answers
        assert kept["overall"] in (1, 5)
        assert kept["recommend"] == number % 11


async def test_two_hundred_people_press_at_once(company: Company) -> None:
    await opened(company, 200)
    pressed = await asyncio.gather(
        *(press(company, number, OVERALL, number % 5 + 1) for number in range(1, 201))
    )
    assert all(reply.redraw and not reply.corrected for reply in pressed)
    await company.at(CLOSES)
    assert await hist(company) == {1: 40, 2: 40, 3: 40, 4: 40, 5: 40}


async def test_a_press_that_races_the_close_is_counted_or_refused(company: Company) -> None:
    await opened(company, 200)
    await company.at(BEFORE_CLOSING)
    company.simulator.clock.to(company.house.clock.now() + timedelta(minutes=1))
    taken: dict[int, Reply] = {}
    enough = asyncio.Event()

    async def one_after_the_other(numbers: range) -> None:
        for number in numbers:
            taken[number] = await press(company, number, OVERALL, number % 5 + 1)
            if len(taken) >= 40:
                enough.set()

    async def close() -> None:
        await enough.wait()
        await company.house.metronome.run_due()

    await asyncio.gather(close(), *(one_after_the_other(range(n, 193, 8)) for n in range(1, 9)))
    await one_after_the_other(range(193, 201))  # these are certainly too late
    acknowledged = Counter(n % 5 + 1 for n, reply in taken.items() if reply.redraw)
    late = [reply.refusal for reply in taken.values() if not reply.redraw]
    assert len(taken) == 200
    assert sum(acknowledged.values()) >= 40
    assert late
    assert all(isinstance(refusal, NotOpen) for refusal in late)
    assert await hist(company) == acknowledged


async def test_an_event_said_twice_has_one_effect(company: Company) -> None:
    await opened(company, 20)
    assert (await press(company, 1, OVERALL, 4, "e")).redraw
    assert (await press(company, 1, OVERALL, 2, "another")).corrected
    assert await press(company, 1, OVERALL, 4, "e") == Reply()
    assert (await ballot(company, 1)).answers["overall"] == 2
    assert (await press(company, 2, OVERALL, 3, "its own")).redraw


async def test_an_event_said_twice_at_once_has_one_effect(company: Company) -> None:
    await opened(company, 20)
    for number in range(1, 21):
        scores = (1, 2, 4, 5)
        replies = await asyncio.gather(
            *(press(company, number, OVERALL, score, f"event {number}") for score in scores)
        )
        heard = [score for score, reply in zip(scores, replies, strict=True) if reply.redraw]
        assert len(heard) == 1
        assert (await ballot(company, number)).answers["overall"] == heard[0]


async def test_a_refused_event_said_again_is_refused_again(company: Company) -> None:
    await opened(company, 20)
    whole = Ref("answers", ROUND)
    for ref, values in ((answer("words"), {"text": "x" * 1_001}), (whole, {"overall": 9})):
        first = await submit(company, 1, ref, values, "e")
        again = await submit(company, 1, ref, values, "e")
        assert refused(first)
        assert again.errors.keys() == first.errors.keys()
    assert refused(await press(company, 1, OVERALL, 9, "f"))
    assert refused(await press(company, 1, OVERALL, 9, "f"))
    # Nothing was changed, so a corrected one of the same name is taken.
    assert (await press(company, 1, OVERALL, 4, "f")).redraw


async def test_events_in_two_houses_have_one_effect(house: Open) -> None:
    async with house() as one, house() as other:
        await opened(one, 20)
        for number in range(1, 21):
            replies = await asyncio.gather(
                press(one, number, OVERALL, 1, f"event {number}"),
                press(other, number, OVERALL, 5, f"event {number}"),
            )
            assert sorted(bool(reply.redraw) for reply in replies) == [False, True]
            kept = (await ballot(other, number)).answers["overall"]
            assert kept == (1 if replies[0].redraw else 5)
