"""What Prometheus is told, and what it is not."""

from __future__ import annotations

import socket
import urllib.request
from datetime import UTC, datetime

from adapters.metrics import timed
from bot.cards import Reply
from bot.events import Address, Event, Wrote


async def _handle(event: Event) -> Reply:
    return Reply()


async def test_every_event_is_timed_and_nothing_names_anybody() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handle, stop = timed(_handle, port)
    who = Address("slack", "T1", "U-canary")
    try:
        for _ in range(3):
            await handle(Wrote("E-canary", who, datetime(2026, 11, 24, tzinfo=UTC), "canary words"))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:  # noqa: ASYNC210
            told = answer.read().decode()
    finally:
        stop()
    assert "itpulse_event_seconds_count 3.0" in told
    assert "canary" not in told


async def test_without_a_port_nothing_is_measured() -> None:
    handle, stop = timed(_handle, None)
    assert handle is _handle
    stop()
