"""A chat's changes as server-sent events, so that messages arrive while one looks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Final

from aiohttp import web

from adapters.simulator.inbound import Malformed
from adapters.simulator.platform import Simulator

#: Seconds; a comment this often shows whether the page is still there.
HEARTBEAT: Final = 15.0
BEAT: Final = b": still here\n\n"


def revision_asked(request: web.Request) -> int:
    """From where to go on: what the page saw last, or what it says when it first comes."""
    asked = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Malformed("after is the revision of the last message seen.")
    return int(asked)


async def changes(simulator: Simulator, user: str, after: int) -> AsyncGenerator[bytes, None]:
    """Each message written or drawn anew after a revision; ends when the listeners are closed."""
    yield b"retry: 1000\n\n"
    with simulator.listeners.listening(user) as changed:
        while not simulator.listeners.closed:
            changed.clear()
            for message in sorted(simulator.chats.of(user, after), key=lambda m: m.revision):
                after = message.revision
                yield _event(after, message.wire())
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    await changed.wait()
            if not changed.is_set():
                yield BEAT


def _event(revision: int, message: object) -> bytes:
    return f"id: {revision}\ndata: {json.dumps(message)}\n\n".encode()
