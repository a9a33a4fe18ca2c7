"""What happens by itself: the clock that is pushed, messages that arrive, and the page's files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from bot.events import Address, Pressed
from bot.ports import Receipt
from tests.contract.played import START
from tests.contract.sample_cards import CHOICES, OPENING, WORDS, answer
from tests.contract.talk import MIA, Talk, error, talking

pytestmark = pytest.mark.contract


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path) as talk:
        yield talk


async def test_the_clock_tells_when_something_happens_next(talk: Talk) -> None:
    async with talk.client.get("/simulator/clock") as response:
        assert await response.json() == {
            "now": START.isoformat(),
            "next": (START + timedelta(hours=5)).isoformat(),
        }


async def test_a_push_returns_when_all_that_was_due_is_done(talk: Talk) -> None:
    now = await talk.clock(advance="1d")
    assert now == {"now": (START + timedelta(days=1)).isoformat()}
    (message,) = await talk.messages()
    assert message["at"] == "2026-11-24T14:00:00.000000+00:00"


async def test_the_clock_is_pushed_to_what_comes_next(talk: Talk) -> None:
    five_hours_on = {"now": (START + timedelta(hours=5)).isoformat()}
    assert await talk.clock(to="next") == five_hours_on
    assert await talk.clock(to="next") == five_hours_on
    async with talk.client.get("/simulator/clock") as response:
        assert await response.json() == {**five_hours_on, "next": None}


async def test_the_clock_never_goes_back(talk: Talk) -> None:
    async with talk.client.post("/simulator/clock", json={"to": "2026-11-24"}) as response:
        assert response.status == 400
        assert "never goes back" in await error(response)


async def test_two_pushes_at_once_go_twice_as_far(talk: Talk) -> None:
    await asyncio.gather(*(talk.clock(advance="1h") for _ in range(10)))
    assert talk.simulator.clock.now() == START + timedelta(hours=10)
    assert len(await talk.messages()) == 1


async def test_presses_during_a_push_are_all_answered(talk: Talk) -> None:
    turns = (talk.say(press=answer("overall").wire(), value=n, event_id=str(n)) for n in range(20))
    await asyncio.gather(talk.clock(advance="2d"), *turns)
    assert sum(isinstance(event, Pressed) for event in talk.scripted.heard) == 20


async def next_message(response: ClientResponse) -> Any:
    async with asyncio.timeout(10):
        while not (line := await response.content.readline()).startswith(b"data: "):
            assert line
    return json.loads(line.removeprefix(b"data: "))


async def test_messages_arrive_while_one_looks(talk: Talk) -> None:
    async with talk.client.get("/simulator/chat/u1/events") as response:
        assert response.content_type == "text/event-stream"
        receipt = await talk.simulator.deliver(MIA, OPENING, "key")
        assert (await next_message(response))["summary"] == OPENING.summary
        await talk.simulator.replace(receipt, WORDS)
        redrawn = await next_message(response)
    assert (redrawn["id"], redrawn["summary"]) == (receipt.where, WORDS.summary)


async def test_a_stream_brings_nothing_of_other_chats(talk: Talk) -> None:
    async with talk.client.get("/simulator/chat/u1/events") as response:
        await talk.simulator.deliver(Address("simulator", "demo", "u2"), OPENING, "key")
        await talk.simulator.deliver(MIA, CHOICES, "key")
        assert (await next_message(response))["summary"] == CHOICES.summary


async def test_a_page_that_was_away_gets_what_it_missed(talk: Talk) -> None:
    cards = (OPENING, CHOICES, WORDS)
    receipts: list[Receipt] = [await talk.simulator.deliver(MIA, card, "key") for card in cards]
    path, seen = "/simulator/chat/u1/events", {"Last-Event-ID": "2"}
    async with talk.client.get(path, params={"after": "2"}) as response:
        assert (await next_message(response))["id"] == receipts[2].where
    async with talk.client.get(path, headers=seen) as response:
        assert (await next_message(response))["id"] == receipts[2].where


async def test_the_chat_tells_from_where_its_stream_goes_on(talk: Talk) -> None:
    await talk.say(text="hello")
    async with talk.client.get("/simulator/chat/u1") as response:
        revision = (await response.json())["revision"]
    path = f"/simulator/chat/u1/events?after={revision}"
    async with talk.client.get(path) as response:
        await talk.simulator.deliver(MIA, WORDS, "key")
        assert (await next_message(response))["summary"] == WORDS.summary


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5", "²", "9" * 30])
async def test_a_stream_from_nowhere_is_told(talk: Talk, after: str) -> None:
    path = "/simulator/chat/u1/events"
    async with talk.client.get(path, params={"after": after}) as response:
        assert response.status == 400
        await error(response)


async def test_a_stream_ends_when_the_server_does(talk: Talk) -> None:
    async with talk.client.get("/simulator/chat/u1/events") as response:
        await response.content.readline()
        async with asyncio.timeout(5):
            await talk.client.server.close()
            await response.content.read()
    assert not talk.simulator.listeners.waiting("u1")


async def test_the_page_brings_its_own_assets_under_a_strict_policy(talk: Talk) -> None:
    async with talk.client.get("/") as response:
        assert response.content_type == "text/html"
        policy = response.headers["Content-Security-Policy"]
        page = await response.text()
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "//" not in page.replace("<!doctype html>", "")
    for name, kind in (("style.css", "css"), ("page.js", "javascript"), ("icon.svg", "svg")):
        async with talk.client.get(f"/simulator/page/{name}") as response:
            assert response.status == 200
            assert kind in response.content_type


@pytest.mark.parametrize("name", ["none.css", "..%2froutes.py", "index.html", "%2e%2e/routes.py"])
async def test_nothing_else_is_served(talk: Talk, name: str) -> None:
    async with talk.client.get(f"/simulator/page/{name}") as response:
        assert response.status == 404
