"""The house's ports with an ear at the door: every call is told of before and after it.

What is told reads `before ballots.add`, `after ballots.add` (the call has returned, nothing is
committed) and `committed ballots.add` (a transaction in which it was called is saved).
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from secrets import token_hex
from typing import Any, TypeVar, cast

from bot.engine import Engine
from bot.ports import KeyRing, Platform, Store, Transaction
from schedules.dispatcher import LocalDispatcher
from schedules.metronome import Metronome
from schedules.rooms import Rooms
from tests.stories.company import Company

T = TypeVar("T")
Told = Callable[[str], None]


class Overheard:
    """Whatever it stands for, with every call told of."""

    def __init__(self, name: str, inner: object, told: Told) -> None:
        self._name, self._inner, self._told = name, inner, told

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._wrapped(f"{self._name}.{name}", found) if callable(found) else found

    def _wrapped(self, call: str, found: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            self._told(f"before {call}")
            result = found(*given, **named)
            if inspect.iscoroutine(result):
                return self._awaited(call, result)
            self._told(f"after {call}")
            return result

        return called

    async def _awaited(self, call: str, result: Awaitable[T]) -> T:
        value = await result
        self._told(f"after {call}")
        return value


class OverheardSections:
    """A transaction whose sections are overheard."""

    def __init__(self, tx: Transaction, told: Told) -> None:
        self._tx, self._told = tx, told

    def __getattr__(self, section: str) -> Any:
        return Overheard(section, getattr(self._tx, section), self._told)


class OverheardStore:
    """A Store, also telling what has been committed."""

    def __init__(self, inner: Store, told: Told) -> None:
        self._inner, self._told = inner, told

    async def run(self, fn: Callable[[Transaction], T], together: bool = False) -> T:
        return await self._transaction(partial(self._inner.run, together=together), fn)

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        return await self._transaction(self._inner.read, fn)

    async def checkpoint(self) -> None:
        await self._inner.checkpoint()

    async def _transaction(self, run: Any, fn: Callable[[Transaction], T]) -> T:
        calls: list[str] = []

        def noted(told: str) -> None:
            self._told(told)
            calls.append(told)

        def overheard(tx: Transaction) -> T:
            return fn(cast(Transaction, OverheardSections(tx, noted)))

        result: T = await run(overheard)
        for call in dict.fromkeys(c.removeprefix("after ") for c in calls if c.startswith("after")):
            self._told(f"committed {call}")
        return result


def overhear(company: Company, told: Told) -> None:
    """The company's house works through overheard ports from now on."""
    house = company.house
    rewire(
        company,
        store=OverheardStore(house.store, told),
        ring=cast(KeyRing, Overheard("ring", house.ring, told)),
        platform=cast(Platform, Overheard("platform", company.simulator, told)),
    )


def rewire(
    company: Company,
    store: Store | None = None,
    ring: KeyRing | None = None,
    platform: Platform | None = None,
    alone: bool = True,
) -> None:
    """The same house through other ports; those not given stay as they are."""
    house = company.house
    store, ring = store or house.store, ring or house.ring
    platforms: Mapping[str, Platform] = {"simulator": platform or company.simulator}
    rooms = Rooms(store, ring, house.clock, platforms, LocalDispatcher(), token_hex(8), alone)
    house.metronome = Metronome(rooms)
    house.handle = Engine(store, ring).handle
