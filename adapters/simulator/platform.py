"""The played platform as the engine sees it, and as its own servers keep it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from adapters.simulator.accounts import Accounts, Newcomer
from adapters.simulator.chats import Chats, Message
from adapters.simulator.clock import PushedClock
from adapters.simulator.driving import Wheel
from adapters.simulator.file import File
from adapters.simulator.listeners import Listeners
from adapters.simulator.render import draw, words
from bot.cards import Card, Reply
from bot.domain.people import Profile
from bot.errors import Unreachable
from bot.events import Address
from bot.ports import Pace, Receipt
from bot.refs import Ref

NAME: Final = "simulator"
SPACE: Final = "demo"
PACE: Final = Pace(per_second=200, at_once=8)


@dataclass(frozen=True, slots=True)
class BadWeather:
    """What becomes of one send: the error the sender sees, and whether it arrived all the same."""

    #: Busy, Unreachable, Ambiguous, or whatever else a network can raise.
    error: BaseException
    arrives: bool = False


#: Plays bad weather in tests: asked with the address and the key before every send.
Faults = Callable[[Address, str], BadWeather | None]


class Simulator:
    """Implements `bot.ports.Platform`; `clock` implements `bot.ports.Clock`."""

    name = NAME

    def __init__(self, path: Path, starts: datetime) -> None:
        """`starts` is where the clock stands in a new file; an old one knows its own instant."""
        self._file = File(path)
        self.accounts = Accounts(self._file)
        self.chats = Chats(self._file)
        self.clock = PushedClock(self._file, starts)
        self.listeners = Listeners()
        self.faults: Faults | None = None
        self._wheel: Wheel | None = None

    def adopt(self, people: Iterable[Newcomer]) -> None:
        """An account for each (e-mail, name, zone, language); who has one keeps it."""
        self.accounts.adopt(people)

    def drive_alone(self, wheel: Path) -> None:
        """Whoever drives from now on must be the only one; `wheel` is the file that tells."""
        self._wheel = Wheel(wheel)

    def drive(self) -> None:
        """Before the clock is pushed or beats; raises Fault where another program does that."""
        if self._wheel:
            self._wheel.take()

    def pace(self, space: str) -> Pace:
        return PACE

    async def deliver(self, to: Address, card: Card, key: str) -> Receipt:
        weather = self.faults(to, key) if self.faults else None
        if weather and not weather.arrives:
            raise weather.error
        receipt = self._arrive(to, card, key)
        if weather:
            raise weather.error
        return receipt

    async def was_delivered(self, to: Address, key: str) -> Receipt | None:
        found = self.chats.by_key(to.user, key)
        return Receipt(found.id) if found else None

    async def replace(self, receipt: Receipt, card: Card) -> None:
        changed = self.chats.redraw(receipt.where, draw(card))
        if not changed:
            raise Unreachable(f"there is no message {receipt.where!r}")
        self.listeners.wake(changed.user)

    async def people(self) -> AsyncIterator[Profile]:
        for account in self.accounts.all():
            yield Profile(
                account.user, SPACE, account.name, account.email, account.zone, account.language
            )

    def news(self) -> list[Profile]:
        """None: an account is made only together with its person."""
        return []

    def heard(self, user: str, text: str, at: datetime) -> None:
        """Somebody's own typed words stand in their chat too."""
        self.chats.add(user, "me", at, words(text))
        self.listeners.wake(user)

    def visited(self) -> set[str]:
        """E-mails of those as whom somebody has written or pressed something."""
        users = self.chats.spoken_in()
        return {account.email for account in self.accounts.all() if account.user in users}

    def answer(self, user: str, reply: Reply, ref: Ref | None, message: str) -> list[Message]:
        """Shows a reply's cards; `ref` and `message` tell what was pressed and where it stood."""
        stood = self.chats.holding(user, ref, message) if ref and reply.redraw else None
        shown = [self._redrawn(user, stood, reply.redraw)] if reply.redraw else []
        shown += [self._say(user, card) for card in reply.say]
        return shown

    def close(self) -> None:
        self.listeners.close()
        self._file.close()
        if self._wheel:
            self._wheel.let_go()

    def _arrive(self, to: Address, card: Card, key: str) -> Receipt:
        if (to.platform, to.space) != (NAME, SPACE) or not self.accounts.knows(to.user):
            raise Unreachable(f"nobody has the account {to.user!r} here")
        return Receipt(self._say(to.user, card, key).id)

    def _redrawn(self, user: str, stood: Message | None, card: Card) -> Message:
        changed = self.chats.redraw(stood.id, draw(card)) if stood else None
        self.listeners.wake(user)
        return changed or self._say(user, card)

    def _say(self, user: str, card: Card, key: str = "") -> Message:
        message = self.chats.add(user, "bot", self.clock.now(), draw(card), key)
        self.listeners.wake(user)
        return message
