"""Teams as the engine and the clock see it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from adapters.chat import Handle
from adapters.teams.adapter import Adapter
from adapters.teams.connector import Connector
from adapters.teams.directory import Directory
from adapters.teams.examining import examined
from adapters.teams.gate import Gate, Keys
from adapters.teams.pacing import Pacing
from adapters.teams.people import Rosters
from adapters.teams.post import Post
from adapters.teams.reach import NAME, Sent
from adapters.teams.refusals import GONE
from adapters.teams.routes import Routes
from adapters.teams.settings import Settings
from adapters.teams.tokens import Tokens
from adapters.teams.turns import PATIENCE, Turns
from adapters.teams.web import Calls
from bot.cards import Card
from bot.domain.people import Profile
from bot.errors import Ambiguous, Unreachable
from bot.events import Address
from bot.health import Finding
from bot.ports import Pace, Receipt

#: Cards on their way to one tenant at once.
AT_ONCE = 16


class Teams:
    """Implements `adapters.chat.Chat`.

    `clock` gives seconds of which only differences are taken; `patience` are those within which
    an invoke is answered.
    """

    name = NAME

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: float = PATIENCE,
    ) -> None:
        self._settings = settings
        self._calls = Calls()
        self._tokens = Tokens(settings, self._calls, clock)
        self._keys = Keys(settings.metadata, self._calls, clock)
        connector = Connector(settings, self._calls, self._tokens)
        self._directory = Directory()
        pacing = Pacing(settings.per_second, clock, sleep)
        self._post = Post(connector, self._directory, pacing, sleep)
        self._rosters = Rosters(self._post, self._directory)
        self._adapter = Adapter(Gate(settings, self._keys), connector)
        self._turns = Turns(self._post, self._rosters, patience)

    def pace(self, space: str) -> Pace:
        return Pace(self._settings.per_second, AT_ONCE)

    async def deliver(self, to: Address, card: Card, key: str) -> Receipt:
        return Receipt((await self._post.say(to, card)).wire())

    async def was_delivered(self, to: Address, key: str) -> Receipt | None:
        """Teams keeps no key beside a message and lists none to a bot."""
        raise Ambiguous

    async def replace(self, receipt: Receipt, card: Card) -> None:
        sent = Sent.read(receipt.where)
        if not sent.activity:
            raise Unreachable(GONE)
        await self._post.redraw(sent, card)

    def people(self) -> AsyncIterator[Profile]:
        return self._rosters.everybody()

    def news(self) -> list[Profile]:
        return self._directory.news()

    def mount(self, app: web.Application, handle: Handle) -> None:
        routes = Routes(self._adapter, self._turns, handle)
        app.router.add_post("/api/messages", routes.messages)

    async def start(self) -> None:
        """Nothing need be called first: Teams calls us."""

    async def idle(self) -> None:
        """Returns when everything said so far has been shown."""
        await self._turns.idle()

    async def close(self) -> None:
        await self._turns.close()
        await self._calls.close()

    async def examine(self) -> list[Finding]:
        return await examined(self._settings, self._tokens, self._keys)
