"""How fast we speak: so many messages a second to a workspace, one a second to a person."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Final

#: Conversations remembered at most.
REMEMBERED: Final = 5_000
#: Slack's own figure for one conversation.
SECONDS_BETWEEN: Final = 1.0


class Pacer:
    """Hands out turns; whoever asks waits for theirs."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1.0 / per_second
        self._between = min(SECONDS_BETWEEN, self._gap * 4)
        self._next = 0.0
        self._chats: OrderedDict[str, float] = OrderedDict()

    async def turn(self, chat: str) -> None:
        loop = asyncio.get_running_loop()
        at = max(loop.time(), self._next, self._chats.get(chat, 0.0))
        self._next = max(self._next, loop.time()) + self._gap
        self._chats[chat] = at + self._between
        self._chats.move_to_end(chat)
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        if (wait := at - loop.time()) > 0:
            await asyncio.sleep(wait)
