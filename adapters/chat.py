"""What the roof asks of a chat platform beside the port: its routes, its life, its health.

Each room of a platform has `connect(environ, now) -> Chat`, which raises a Fault that says where a
setting that is missing is to be found; `now` gives the present instant by the house's clock.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from bot.cards import Reply
from bot.events import Event
from bot.health import Finding
from bot.ports import Platform

Handle = Callable[[Event], Awaitable[Reply]]


class Chat(Platform, Protocol):
    def mount(self, app: web.Application, handle: Handle) -> None:
        """Adds the routes by which the platform reaches us."""
        ...

    async def start(self) -> None:
        """Connects where we have to call first."""
        ...

    async def close(self) -> None:
        """Ends what was started; also where nothing was."""
        ...

    async def examine(self) -> list[Finding]:
        """Whether the platform knows us and lets us do our work."""
        ...
