"""What Teams says again is done once, and what is remembered for that is forgotten soon."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.teams import repeats
from adapters.teams.repeats import Repeats
from bot.cards import Card, Prose, Reply
from bot.errors import BadValue
from bot.events import Address, Event, Submitted
from bot.refs import Ref

MIA = Address("teams", "t", "29:mia")
AT = datetime(2026, 11, 24, tzinfo=UTC)
SENT = Submitted("c|1", MIA, AT, Ref("grumble", item="named"), {"text": "Slow."})
ACTIVITY: dict[str, Any] = {"type": "invoke", "replyToId": "7", "value": {"text": "Slow."}}
DONE = Reply(say=(Card("Done", (Prose("Done"),)),))


@dataclass
class Engine:
    reply: Reply = DONE
    fails: bool = False
    heard: list[Event] = field(default_factory=list)

    async def __call__(self, event: Event) -> Reply:
        self.heard.append(event)
        await asyncio.sleep(0)
        if self.fails:
            raise RuntimeError
        return self.reply


@dataclass
class Time:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


async def test_the_same_at_once_and_again_is_done_once_and_answered_alike() -> None:
    repeated, engine = Repeats(Time()), Engine()
    again = replace(SENT, id="c|2")
    told = await asyncio.gather(
        repeated.once(ACTIVITY, SENT, engine), repeated.once(ACTIVITY, again, engine)
    )
    assert [*told, await repeated.once(ACTIVITY, again, engine)] == [DONE] * 3
    assert len(engine.heard) == 1


async def test_a_message_said_again_needs_no_second_answer() -> None:
    repeated, engine = Repeats(Time()), Engine()
    message = {**ACTIVITY, "type": "message"}
    assert await repeated.once(message, SENT, engine) == DONE
    assert await repeated.once(message, SENT, engine) is None


async def test_after_a_minute_the_same_is_something_new() -> None:
    time, engine = Time(), Engine()
    repeated = Repeats(time)
    await repeated.once(ACTIVITY, SENT, engine)
    time.now += repeats.WINDOW + 1
    await repeated.once(ACTIVITY, SENT, engine)
    assert len(engine.heard) == 2


async def test_the_same_from_somebody_else_or_on_another_card_is_something_else() -> None:
    repeated, engine = Repeats(Time()), Engine()
    other = replace(SENT, who=Address("teams", "t", "29:raj"))
    await repeated.once(ACTIVITY, SENT, engine)
    await repeated.once(ACTIVITY, other, engine)
    await repeated.once({**ACTIVITY, "replyToId": "8"}, SENT, engine)
    assert len(engine.heard) == 3


async def test_what_was_refused_or_failed_may_be_tried_again() -> None:
    repeated, engine = Repeats(Time()), Engine(Reply(refusal=BadValue()))
    await repeated.once(ACTIVITY, SENT, engine)
    engine.fails = True
    with pytest.raises(RuntimeError):
        await repeated.once(ACTIVITY, SENT, engine)
    engine.fails, engine.reply = False, DONE
    assert await repeated.once(ACTIVITY, SENT, engine) == DONE
    assert len(engine.heard) == 3


async def test_a_failure_is_told_to_all_who_wait_for_it() -> None:
    repeated, engine = Repeats(Time()), Engine(fails=True)
    both = (repeated.once(ACTIVITY, SENT, engine) for _ in range(2))
    told = await asyncio.gather(*both, return_exceptions=True)
    assert [type(each) for each in told] == [RuntimeError, RuntimeError]
    assert len(engine.heard) == 1


async def test_a_reply_is_forgotten_when_its_minute_is_over() -> None:
    later: list[tuple[float, Any]] = []

    class Watched(Repeats):
        def _later(self, seconds: float, forget: Any) -> None:
            later.append((seconds, forget))

    repeated = Watched(Time())
    await repeated.once(ACTIVITY, SENT, Engine())
    [(seconds, forget)] = later
    assert (seconds, repeated.remembered) == (repeats.WINDOW, 1)
    forget()
    assert repeated.remembered == 0
