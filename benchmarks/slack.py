"""A signed press through Bolt and the engine, beside a bare Bolt app that only acknowledges.

Both are served by this process alone. Slack's servers and the people are played by others, so that
what they cost is nobody's.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import json
import multiprocessing
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack.chat import Slack
from adapters.slack.render import draw
from adapters.slack.settings import PATH, Settings
from benchmarks.crowd import LONG, Company, company
from benchmarks.ground import Ground, Site
from benchmarks.measure import Times, aim, heading, say
from bot import compose
from bot.domain.rounds import round_id
from bot.events import Address
from schedules.open_rounds import open_rounds

TEAM: Final = "T0BENCH"
SECRET: Final = "bench"
AT_ONCE: Final = 16
BATCHES: Final = 8
BATCH: Final = 150
#: Presses at half of what was reached, one after the other at even steps.
STEADY: Final = 600
PEOPLE: Final = (BATCHES + 1) * BATCH + STEADY
#: What a press should reach of a bare acknowledgement, and the slowest in a hundred at half load.
LEAST: Final = {"SQLite": 0.3, "PostgreSQL": 0.15}
SLOWEST: Final = 0.050


@dataclass(frozen=True, slots=True)
class Fire:
    """Requests to be sent: so many at once, or so many a second."""

    url: str
    bodies: tuple[str, ...]
    per_second: float = 0.0


def fire(what: Fire) -> tuple[float, list[float]]:
    """In another process: seconds it took, and of each request."""
    return asyncio.run(_fire(what))


async def _fire(what: Fire) -> tuple[float, list[float]]:
    times, left = Times(), iter(what.bodies)

    async with aiohttp.ClientSession() as session:

        async def one(body: str) -> None:
            began = time.perf_counter()
            async with session.post(what.url, data=body, headers=_signed(body)) as answer:
                assert answer.status == 200, answer.status
                await answer.read()
            times.seconds.append(time.perf_counter() - began)

        async def some() -> None:
            for body in left:
                await one(body)

        async def steadily() -> None:
            async with asyncio.TaskGroup() as group:
                for number, body in enumerate(left):
                    wait = began + number / what.per_second - time.perf_counter()
                    await asyncio.sleep(max(0.0, wait))
                    group.create_task(one(body))

        began = time.perf_counter()
        await (steadily() if what.per_second else asyncio.gather(*(some() for _ in range(AT_ONCE))))
        return time.perf_counter() - began, times.seconds


def _signed(body: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    mark = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mark}",
    }


def play_slack(told: Any) -> None:
    """In another process: Slack's Web API, which takes everything."""

    async def serve() -> None:
        async def answer(_request: web.Request) -> web.Response:
            about = {"team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BOT"}
            return web.json_response({"ok": True, "ts": "1.2", "channel": "D1", **about})

        app = web.Application()
        app.router.add_route("*", "/api/{method}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        told.put(f"http://127.0.0.1:{runner.addresses[0][1]}/api/")
        await asyncio.Event().wait()

    asyncio.run(serve())


async def run(ground: Ground) -> None:
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    slack = context.Process(target=play_slack, args=(told,), daemon=True)
    slack.start()
    try:
        api_url = await asyncio.to_thread(told.get)
        with ProcessPoolExecutor(1, context) as people:
            for site in ground.both():
                heading(f"{site.name}: a signed press, {AT_ONCE} at once, beside a bare Bolt app")
                await _measure(site, api_url, people)
    finally:
        slack.terminate()
        slack.join()


async def _measure(site: Site, api_url: str, people: ProcessPoolExecutor) -> None:
    async with company(site, PEOPLE, LONG) as asked:
        users = {Address("slack", TEAM, f"U{n}"): p.email for n, p in enumerate(asked.people)}
        await asked.store.run(lambda tx: tx.people.attach(users))
        await open_rounds(asked.rooms)
        async with _doors(asked, api_url) as (ours, bare):
            await _beside(site, await _presses(asked), ours, bare, people)


async def _beside(
    site: Site, bodies: Sequence[str], ours: str, bare: str, people: ProcessPoolExecutor
) -> None:
    loop = asyncio.get_running_loop()
    seconds: dict[str, list[float]] = {ours: [], bare: []}
    each = Times(), Times()
    for number in range(BATCHES + 1):
        batch = tuple(bodies[number * BATCH : (number + 1) * BATCH])
        for url in (ours, bare) if number % 2 else (bare, ours):
            took, all_of_them = await loop.run_in_executor(people, fire, Fire(url, batch))
            if number:  # the first one only warms up
                seconds[url].append(took)
                each[url == bare].seconds += all_of_them
    pairs = zip(seconds[ours], seconds[bare], strict=True)
    ratio = median(b / a for a, b in pairs)
    least = next(least for name, least in LEAST.items() if site.name.startswith(name))
    rate = BATCH / median(seconds[ours])
    reached = aim(ratio >= least, f"at least {least:g}")
    say(
        "a press, saved and redrawn",
        f"{rate:,.0f}/s",
        each[0].told(),
        f"{ratio:.2f} x bare",
        reached,
    )
    say("    bare Bolt", f"{BATCH / median(seconds[bare]):,.0f}/s", each[1].told())
    steady = tuple(bodies[(BATCHES + 1) * BATCH :])
    _, slow = await loop.run_in_executor(people, fire, Fire(ours, steady, rate / 2))
    half = Times(slow)
    kept = aim(half.p99 < SLOWEST, f"p99 under {SLOWEST * 1000:.0f} ms")
    say(f"    at {rate / 2:,.0f}/s", half.told(), kept)


async def _presses(asked: Company) -> list[str]:
    """Somebody's first press each, as Slack sends it."""
    id = round_id(LONG.id, asked.clock.at.date())
    round = await asked.store.read(lambda tx: tx.rounds.get(id))
    assert round
    message = draw(compose.opening(round))
    block = next(block for block in message["blocks"] if block["type"] == "actions")
    button = block["elements"][2]
    return [
        urlencode({"payload": json.dumps(_press(number, message, block, button))})
        for number in range(len(asked.people))
    ]


def _press(number: int, message: Any, block: Any, button: Any) -> dict[str, Any]:
    box = {"type": "message", "message_ts": "1.2", "channel_id": f"D{number}"}
    action = {name: button[name] for name in ("type", "action_id", "value", "text")}
    return {
        "type": "block_actions",
        "user": {"id": f"U{number}", "username": "mia", "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "t",
        "team": {"id": TEAM, "domain": "bench"},
        "container": {**box, "is_ephemeral": False},
        "trigger_id": f"1.{number}",
        "channel": {"id": f"D{number}", "name": "directmessage"},
        "message": {"type": "message", "user": "U0BOT", "ts": "1.2", **message},
        "state": {"values": {}},
        "response_url": "http://127.0.0.1:9/respond",
        "actions": [{**action, "block_id": block["block_id"], "action_ts": f"1.{number}"}],
    }


@asynccontextmanager
async def _doors(asked: Company, api_url: str) -> AsyncIterator[tuple[str, str]]:
    """The addresses of our door and of the bare one, in one server."""
    about = Settings("xoxb-bench", SECRET, api_url=api_url)
    slack = Slack(about, asked.clock.now)
    app = web.Application()
    slack.mount(app, asked.engine.handle)
    app.router.add_post("/bare", _bare())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        await slack.start()
        gc.freeze()  # as `itpulse serve` does when all is loaded
        yield f"{address}{PATH}", f"{address}/bare"
    finally:
        gc.unfreeze()
        await slack.close()
        await runner.cleanup()


def _bare() -> Callable[[web.Request], Any]:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-bench")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.action("2")
    async def pressed(ack: Any) -> None:
        await ack()

    async def heard(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return heard
