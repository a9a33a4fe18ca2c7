"""What a verb may ask of the house; the roof builds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from pathlib import Path

    from bot.cards import Reply
    from bot.events import Event
    from bot.health import Finding
    from bot.ports import Clock, KeyRing, Store


class House(Protocol):
    """Everything opened on one data directory, migrated and ready."""

    @property
    def store(self) -> Store: ...
    @property
    def ring(self) -> KeyRing: ...
    @property
    def clock(self) -> Clock: ...

    @property
    def is_demo(self) -> bool:
        """The directory plays a made-up company under a clock that can be pushed."""
        ...

    async def handle(self, event: Event, /) -> Reply: ...

    async def push(self, to: datetime) -> None:
        """Move the demo's clock on, doing at each instant what falls due; refused elsewhere."""
        ...

    async def next_due(self) -> datetime | None:
        """When something happens next where nobody has asked for later."""
        ...

    async def greet_newcomers(self) -> None:
        """In a demo, give everybody in the directory an account of the simulator."""
        ...


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What may be asked for without the house being opened."""

    #: How an installation is.
    examine: Callable[[Path], Awaitable[list[Finding]]]
    #: Copies the database into a new file: (data, file).
    back_up: Callable[[Path, Path], None]
    #: Brings a copy back, held until it is released: (data, file, whether over people).
    restore: Callable[[Path, Path, bool], None]
    #: Takes the key ring that is there as the database's own.
    adopt: Callable[[Path], Awaitable[None]]
    #: The manifest of the Slack app, by a socket or not.
    slack_manifest: Callable[[bool], Mapping[str, object]]
    #: The Teams app as a zip.
    teams_package: Callable[[], bytes]
    #: Has texts judged by the house's own themes too; raises Fault.
    use_themes: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Roof:
    """The doors the roof opens to the terminal."""

    #: Opens the house on a data directory (creating an SQLite database where none is named).
    open_house: Callable[[Path], AbstractAsyncContextManager[House]]
    #: Marks a directory as demo: (data, database URL or None, where the clock starts or None).
    #: One that is a demo already stays as it is; raises Fault over a real company.
    make_demo: Callable[[Path, str | None, datetime | None], Awaitable[None]]
    #: Serves until stopped: (data, host, port, simulator password or None), prints the address.
    serve: Callable[[Path, str, int, str | None], Awaitable[None]]
    #: Brings the schema up to date; says what it did.
    migrate: Callable[[Path], str]
    #: The machine's own clock.
    now: Callable[[], datetime]
    upkeep: Upkeep
