"""What a tick works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.people import Profile
from bot.events import Address
from bot.ports import Clock, Dispatcher, KeyRing, Platform, Store


@dataclass(frozen=True, slots=True)
class Rooms:
    store: Store
    ring: KeyRing
    clock: Clock
    #: By name.
    platforms: Mapping[str, Platform]
    dispatcher: Dispatcher
    #: Random name of this worker, for its claims.
    worker: str
    #: Nobody else works on this database, so whatever is left claimed was left by a crash.
    alone: bool
    #: Platform -> news that could not be taken yet.
    news: dict[str, dict[Address, Profile]] = field(default_factory=dict)
    #: What events taught about people who are known; written once a day, all together.
    heard: dict[Address, Profile] = field(default_factory=dict)
    #: Platform -> the day its people were asked for.
    called: dict[str, date] = field(default_factory=dict)
