"""Slack as the roof sees it: `adapters.chat.Chat`."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from adapters.slack import checkup, pictures
from adapters.slack.calls import Denied, Unsure
from adapters.slack.door import bolt, route
from adapters.slack.platform import Now, Sending
from adapters.slack.settings import PATH, Settings
from adapters.slack.tasks import Tasks
from adapters.slack.turns import Handle, Turns
from bot.errors import Busy
from bot.faults import told
from bot.health import Finding

if TYPE_CHECKING:
    from slack_bolt.app.async_app import AsyncApp

log = logging.getLogger("itpulse.slack")

#: Seconds that the start waits for the socket to be open.
FIRST_WAIT: Final = 5.0


class Slack(Sending):
    """One workspace, heard and spoken to."""

    def __init__(self, settings: Settings, now: Now) -> None:
        super().__init__(settings, now)
        self.tasks = Tasks()
        self._app: AsyncApp | None = None
        self._socket: Any = None
        self._opening: asyncio.Task[None] | None = None

    def mount(self, app: web.Application, handle: Handle) -> None:
        turns = Turns(self, handle, self.tasks)
        self._app = bolt(self.settings, self.calls.client, self.me, turns.take)
        # Without its secret anybody could sign: then Slack is heard by the socket alone.
        if self.settings.signing_secret:
            app.router.add_post(PATH, route(self._app))
        if self.pictures:
            app.router.add_get(pictures.PATH, self.pictures.show)

    async def start(self) -> None:
        """Says who we are, and opens the socket where there is a token for it."""
        try:
            await self.me()
        except (Busy, Denied, Unsure) as error:
            log.error("Slack does not answer, or does not know us: %s", told(error))
        if self.settings.app_token and self._app:
            from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

            self._socket = AsyncSocketModeHandler(self._app, self.settings.app_token)
            # The SDK tries for as long as it takes, and later on keeps the socket open by itself.
            self._opening = asyncio.create_task(self._socket.connect_async())
            await asyncio.wait({self._opening}, timeout=FIRST_WAIT)

    async def close(self) -> None:
        if self._opening:
            self._opening.cancel()
        if self._socket:
            await self._socket.close_async()
            self._socket = None
        await self.tasks.close()
        await self.calls.close()

    async def examine(self) -> list[Finding]:
        return await checkup.examine(self.calls, self.settings)
