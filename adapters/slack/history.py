"""After a crash: did a message arrive? Its key is looked for in the metadata of the conversation.

Slack lets some apps look into history once a minute and at 15 messages, so there is no hurry here,
and after ten minutes of being asked to wait the answer is that nobody can tell.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from adapters.slack.calls import Calls, Unsure
from bot.errors import Ambiguous, Busy

#: The type of our messages' metadata, which holds the delivery's key.
EVENT: Final = "itpulse_card"
#: Messages a look, and looks at most.
LOOK: Final = 15
LOOKS: Final = 4
#: Further back nothing is looked for: no round is open that long.
BACK: Final = timedelta(days=30)
#: Seconds.
PATIENCE: Final = 600.0
#: Keys whose asking is remembered at most.
REMEMBERED: Final = 10_000


def metadata(key: str) -> dict[str, Any]:
    return {"event_type": EVENT, "event_payload": {"key": key}}


class History:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.asked: dict[str, float] = {}

    async def find(self, channel: str, key: str, now: datetime) -> str | None:
        """The `ts` of the message with this key; None when it certainly is not there.

        Raises Busy, Denied, or Ambiguous when it cannot be told.
        """
        try:
            found = await self._search(channel, key, now - BACK)
        except Busy:
            if self._waited(key) > PATIENCE:
                del self.asked[key]
                raise Ambiguous from None
            raise
        except Unsure:
            raise Ambiguous from None
        self.asked.pop(key, None)
        return found

    async def _search(self, channel: str, key: str, since: datetime) -> str | None:
        cursor = ""
        for _ in range(LOOKS):
            more = {"cursor": cursor} if cursor else {}
            page = await self._calls(
                "conversations.history",
                channel=channel,
                limit=LOOK,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata="true",
                **more,
            )
            for message in page.get("messages") or ():
                if _key(message) == key:
                    return str(message.get("ts") or "")
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not (page.get("has_more") and cursor):
                return None
        raise Ambiguous

    def _waited(self, key: str) -> float:
        """Seconds since this key was asked about first."""
        now = asyncio.get_running_loop().time()
        if len(self.asked) >= REMEMBERED:
            self.asked.clear()
        return now - self.asked.setdefault(key, now)


def _key(message: Mapping[str, Any]) -> str:
    found = message.get("metadata") or {}
    return str((found.get("event_payload") or {}).get("key") or "")
