"""How often Teams is called, and what a refusal means."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from adapters.teams.pacing import READING, SENDING, Limit, Pacing, Turnstile
from adapters.teams.refusals import BLOCKED, LONGEST_WAIT, back_off, meaning
from adapters.teams.tokens import NoToken
from adapters.teams.web import NotServed, Refused, Unanswered, Unheard
from bot.errors import Ambiguous, Busy, Unreachable


@dataclass
class Time:
    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.mark.parametrize("limits", [SENDING, READING])
def test_no_window_ever_holds_more_calls_than_it_may(limits: tuple[Limit, ...]) -> None:
    stile = Turnstile(limits, Time())
    turns = [stile.book() for _ in range(300)]
    assert turns == sorted(turns)
    for count, seconds in limits:
        for first, later in zip(turns, turns[count:], strict=False):
            assert later - first >= seconds - 1e-9


def test_a_first_call_does_not_wait_and_neither_does_one_after_a_rest() -> None:
    time = Time()
    stile = Turnstile(SENDING, time)
    assert [stile.book() for _ in range(7)] == [0.0] * 7
    time.now += 60
    assert stile.book() == 0.0


async def test_a_tenant_has_one_pace_for_all_its_conversations() -> None:
    time = Time()
    pacing = Pacing(20, time, time.sleep)
    for number in range(60):
        await pacing.turn("t1", f"c{number}", SENDING)
    assert time.now == pytest.approx(2.0)
    before = time.now
    await pacing.turn("t2", "c", SENDING)
    assert time.now == before


async def test_a_slow_pace_is_kept_too() -> None:
    time = Time()
    pacing = Pacing(0.5, time, time.sleep)
    for number in range(3):
        await pacing.turn("t1", f"c{number}", SENDING)
    assert time.now == pytest.approx(4.0)


def test_waits_grow_differ_and_end() -> None:
    waits = [back_off(count) for count in range(1, 9)]
    assert all(2.0 ** (n - 1) / 2 <= wait for n, wait in enumerate(waits[:6], start=1))
    assert max(back_off(count) for count in range(1, 99)) <= LONGEST_WAIT
    assert len({back_off(3) for _ in range(9)}) > 1


@pytest.mark.parametrize("status", [429, 412])
def test_asked_to_wait_is_busy_for_at_least_that_long(status: int) -> None:
    told = meaning(Refused(status, retry_after=30), lambda: 2.0)
    assert isinstance(told, Busy)
    assert told.retry_after == 30
    assert isinstance(meaning(Refused(status), lambda: 2.0), Busy)


@pytest.mark.parametrize("error", [*(Refused(s) for s in (408, 500, 502, 503, 504)), Unanswered()])
def test_what_may_have_arrived_is_ambiguous(error: Exception) -> None:
    assert isinstance(meaning(error, lambda: 2.0), Ambiguous)


@pytest.mark.parametrize("error", [Unheard(), NoToken(), Refused(401)])
def test_what_certainly_did_not_leave_may_be_sent_again(error: Exception) -> None:
    assert isinstance(meaning(error, lambda: 2.0), Busy)


@pytest.mark.parametrize("status", [400, 403, 404, 413, 301])
def test_what_will_never_arrive_is_unreachable(status: int) -> None:
    assert isinstance(meaning(Refused(status), lambda: 2.0), Unreachable)


def test_any_403_means_that_somebody_cannot_be_reached() -> None:
    assert str(meaning(Refused(403, code="SomethingNew"), lambda: 1.0)) == BLOCKED
    assert isinstance(meaning(NotServed(), lambda: 1.0), Unreachable)


def test_a_bug_stays_a_bug() -> None:
    bug = KeyError("x")
    assert meaning(bug, lambda: 1.0) is bug


async def test_turns_of_one_conversation_are_kept_apart_from_anothers() -> None:
    time = Time()
    pacing = Pacing(1_000, time, time.sleep)
    await asyncio.gather(*(pacing.turn("t", "a", SENDING) for _ in range(7)))
    assert time.now == 0
    await pacing.turn("t", "b", SENDING)
    assert time.now == 0
    await pacing.turn("t", "a", SENDING)
    assert time.now >= 1.0
