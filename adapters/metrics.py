"""Figures about the running program, for Prometheus. None has a label that could name anybody."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from time import perf_counter
from typing import Any

from bot.cards import Reply
from bot.events import Event

Handle = Callable[[Event], Coroutine[Any, Any, Reply]]
Stop = Callable[[], None]


def timed(handle: Handle, port: int | None, host: str = "127.0.0.1") -> tuple[Handle, Stop]:
    """`handle` with the time of every inbound event in one histogram without labels.

    Served at http://host:port/metrics while there is a port; the second value ends that.
    """
    if port is None:
        return handle, lambda: None
    from prometheus_client import CollectorRegistry, Histogram, start_http_server

    registry = CollectorRegistry()
    seconds = Histogram(
        "itpulse_event_seconds", "From an event's arrival to its saved reply.", registry=registry
    )

    async def measured(event: Event) -> Reply:
        begun = perf_counter()
        try:
            return await handle(event)
        finally:
            seconds.observe(perf_counter() - begun)

    server, thread = start_http_server(port, host, registry)

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return measured, stop
