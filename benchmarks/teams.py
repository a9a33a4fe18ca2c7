"""A message and its reply through botbuilder, the engine and back to Teams, beside a bare
botbuilder app that replies with the same card.

The bare app has the known cure for botbuilder's slow clients. Microsoft's servers and the people
are played by other processes, so that what they cost is nobody's.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Attachment
from botframework.connector.auth import (
    BotFrameworkAuthenticationFactory,
    PasswordServiceClientCredentialFactory,
)
from botframework.connector.auth.app_credentials import AppCredentials
from msrest.universal_http import requests as slow

from adapters.teams.platform import Teams
from adapters.teams.reach import NAME
from adapters.teams.render import CONTENT_TYPE, draw
from adapters.teams.settings import Settings
from benchmarks.crowd import SHORT, Company, company
from benchmarks.ground import Ground, Site
from benchmarks.measure import aim, heading, in_turns, rate, say
from bot.events import Address, Commanded
from tests.contract import teams_client as client
from tests.contract.teams_stub import APP, TENANT, Stub, key

PEOPLE: Final = 320
AT_ONCE: Final = 16
BATCHES: Final = 8
BATCH: Final = 160
#: What a turn should reach of a bare one.
LEAST: Final = 0.6
#: So many a second and tenant that the pace is not what is measured.
UNPACED: Final = 1e6

Deed = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Shots:
    url: str
    token: str
    bodies: tuple[str, ...]


async def run(ground: Ground) -> None:
    with _microsoft() as stub, ProcessPoolExecutor(1) as people, ground.sqlite() as site:
        # Before anything has a thread: both were started by copying this process.
        people.submit(_nothing).result()
        heading(f"a message and its reply through Teams, {AT_ONCE} at once")
        await _measure(site, stub, people)


async def _measure(site: Site, stub: Stub, people: ProcessPoolExecutor) -> None:
    async with (
        company(site, PEOPLE, SHORT) as asked,
        _ours(asked, stub) as (ours, idle),
        _bare(asked, stub) as bare,
    ):

        async def turn(url: str, batch: int) -> None:
            shots = _shots(stub, url, batch)
            await asyncio.get_running_loop().run_in_executor(people, _shoot, shots)

        async def through(batch: int) -> None:
            await turn(ours, batch)
            await idle()

        async def beside(batch: int) -> None:
            await turn(bare, batch)

        await in_turns(range(1), through, beside)
        pair = await in_turns(range(1, BATCHES + 1), through, beside)
    # Times are of whole batches: how much of the bare app's speed is reached is the other way up.
    share = 1 / pair.ratio
    kept = aim(share >= LEAST, f"at least {LEAST:g}")
    say("turns with one reply", rate(BATCH, pair.ours.p50, "turns"), f"{share:.2f} x bare", kept)
    say("    bare botbuilder", rate(BATCH, pair.bare.p50, "turns"))


@asynccontextmanager
async def _ours(
    asked: Company, stub: Stub
) -> AsyncIterator[tuple[str, Callable[[], Awaitable[None]]]]:
    where = {Address(NAME, TENANT, _user(n)): p.email for n, p in enumerate(asked.people)}
    await asked.store.run(lambda tx: tx.people.attach(where))
    settings = replace(Settings.read(stub.environ()), per_second=UNPACED)
    teams, app = Teams(settings), web.Application()
    teams.mount(app, asked.engine.handle)
    try:
        async with TestServer(app) as server:
            yield f"http://127.0.0.1:{server.port}/api/messages", teams.idle
    finally:
        await teams.close()


@asynccontextmanager
async def _bare(asked: Company, stub: Stub) -> AsyncIterator[str]:
    slow.ClientRetryPolicy.safe_codes = frozenset(  # type: ignore[assignment]  # the cure
        slow.ClientRetryPolicy.safe_codes
    )
    reply = await asked.engine.handle(
        Commanded("", Address(NAME, TENANT, _user(0)), asked.clock.now(), "help")
    )
    card = Attachment(content_type=CONTENT_TYPE, content=draw(reply.say[0]))

    class Bot(ActivityHandler):  # type: ignore[misc]  # the library has no types
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(MessageFactory.attachment(card))

    adapter = CloudAdapter(_library_authentication(stub, await _token(stub)))
    bot, app = Bot(), web.Application()

    async def messages(request: web.Request) -> web.StreamResponse:
        response: web.StreamResponse = await adapter.process(request, bot)
        return response

    app.router.add_post("/api/messages", messages)
    async with TestServer(app) as server:
        yield f"http://127.0.0.1:{server.port}/api/messages"


def _library_authentication(stub: Stub, token: str) -> Any:
    """The library's own check of tokens; its own token is given, so that it need not sign in."""

    class Given(AppCredentials):  # type: ignore[misc]  # the library has no types
        def get_access_token(self, force_refresh: bool = False) -> str:
            return token

    class Factory(PasswordServiceClientCredentialFactory):  # type: ignore[misc]
        async def create_credentials(self, app_id: str, *_more: object, **_named: object) -> Given:
            return Given(app_id)

    return BotFrameworkAuthenticationFactory.create(
        to_channel_from_bot_oauth_scope="https://api.botframework.com",
        to_bot_from_channel_token_issuer="https://api.botframework.com",
        oauth_url="https://api.botframework.com",
        to_bot_from_channel_open_id_metadata_url=f"{stub.address}/metadata",
        credential_factory=Factory(APP, "given"),
    )


async def _token(stub: Stub) -> str:
    form = {
        "client_id": APP,
        "client_secret": stub.environ()["TEAMS_APP_PASSWORD"],
        "scope": "https://api.botframework.com/.default",
    }
    url = f"{stub.address}/{TENANT}/oauth2/v2.0/token"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
        return str((await answer.json())["access_token"])


def _user(number: int) -> str:
    return f"29:{number}"


def _shots(stub: Stub, url: str, batch: int) -> Shots:
    """Messages of people in turn, so that nobody writes faster than Teams lets us answer."""
    lines = [
        client.typed("help", user=_user(n % PEOPLE), service=stub.region)
        for n in range(batch * BATCH, (batch + 1) * BATCH)
    ]
    return Shots(url, stub.token(), tuple(json.dumps(line) for line in lines))


# --- the other processes ----------------------------------------------------------------------


def _nothing() -> None:
    pass


def _shoot(shots: Shots) -> float:
    return asyncio.run(_shot(shots))


async def _shot(shots: Shots) -> float:
    left = iter(shots.bodies)
    headers = {"Authorization": f"Bearer {shots.token}", "Content-Type": "application/json"}
    began = time.perf_counter()
    async with aiohttp.ClientSession(headers=headers) as session:

        async def some() -> None:
            for body in left:
                async with session.post(shots.url, data=body) as answer:
                    assert answer.status == 201, answer.status

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return time.perf_counter() - began


@contextmanager
def _microsoft() -> Iterator[Stub]:
    """The played servers, in a process that has this one's keys; and how they are reached."""
    key("k1")
    context = multiprocessing.get_context("fork")
    ports: Any = context.Queue()
    process = context.Process(target=_play, args=(ports,), daemon=True)
    process.start()
    try:
        yield Stub(address=f"http://127.0.0.1:{ports.get(timeout=30)}")
    finally:
        process.terminate()
        process.join()


def _play(ports: Any) -> None:
    asyncio.run(_played(ports))


async def _played(ports: Any) -> None:
    stub = Stub(limited=False)
    async with TestServer(stub.application()) as server:
        stub.address = f"http://127.0.0.1:{server.port}"
        for number in range(PEOPLE):
            stub.hire(_user(number), f"p{number}@example.com")
            stub.chat_of(_user(number))
        ports.put(server.port)
        await asyncio.Event().wait()
