"""Shows a reply where its control stood."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from adapters.slack.calls import Unsure
from adapters.slack.platform import Sending
from adapters.slack.render import draw
from adapters.slack.stands import Stand
from adapters.slack.texts import Json, escaped
from adapters.slack.views import card_view
from bot.cards import Buttons, Card, FreeText, Reply
from bot.errors import Busy
from bot.events import Address

#: Times that something is shown again which Slack did not take, and the longest wait between.
TRIES: Final = 4
LONGEST_WAIT: Final = 30.0
AGAIN: Final = 0.25
#: Where something can be shown only to its reader.
UNSEEN: Final = {"response_type": "ephemeral", "replace_original": False}


class Showing:
    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._turns: dict[str, int] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def show(self, stand: Stand, who: Address, reply: Reply) -> None:
        """A reply to something in a message or a modal."""
        if stand.view:
            await self._in_modal(stand, reply)
        elif reply.redraw:
            await self._redraw(stand, who, reply.redraw)
        if not stand.view:
            for card in reply.say:
                await self._say(stand, who, card)
        if not stand.is_message:
            await self.keep(who, reply)

    async def keep(self, who: Address, reply: Reply) -> None:
        """A card whose button is a key goes where it stays: into the conversation with us."""
        for card in (*_all(reply.redraw), *reply.say):
            if holds_key(card):
                await self._say(Stand(channel=who.reach or who.user), who, card)

    async def tell(self, stand: Stand, sentence: str) -> None:
        """A sentence that only its reader sees, beside what was used."""
        if stand.respond_to:
            await self._trying(self._respond, stand, **UNSEEN, text=escaped(sentence))

    async def whisper(self, stand: Stand, card: Card) -> None:
        """A card that only its reader sees."""
        await self._trying(self._drawn, stand, card, UNSEEN)

    async def _redraw(self, stand: Stand, who: Address, card: Card) -> None:
        if stand.is_message:
            await self._newest(stand, self._sending.update, stand.channel, stand.ts, card)
        elif stand.respond_to:
            instead = {"response_type": "ephemeral", "replace_original": True}
            await self._newest(stand, self._drawn, stand, card, instead)
        else:
            await self._say(stand, who, card)

    async def _say(self, stand: Stand, who: Address, card: Card) -> None:
        if stand.respond_to and not stand.is_message:
            await self.whisper(stand, card)
        else:
            channel = stand.channel or who.reach or who.user
            await self._trying(self._sending.say, channel, card)

    async def _in_modal(self, stand: Stand, reply: Reply) -> None:
        cards = [*_all(reply.redraw), *reply.say]
        if cards:
            view = card_view(cards)
            await self._newest(stand, self._call, "views.update", view_id=stand.view, view=view)

    async def _newest(
        self, stand: Stand, show: Callable[..., Awaitable[object]], *given: Any, **named: Any
    ) -> None:
        """What is drawn in one place is drawn in order, and what is out of date not at all."""
        key = stand.key
        turn = self._turns[key] = self._turns.get(key, 0) + 1
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                if self._turns[key] == turn:
                    await self._trying(show, *given, **named)
        finally:
            if self._turns[key] == turn:
                del self._turns[key], self._locks[key]

    async def _trying(
        self, show: Callable[..., Awaitable[object]], *given: Any, **named: Any
    ) -> None:
        """A message said twice would be no harm here: it only shows what is saved already."""
        for left in reversed(range(TRIES)):
            try:
                await show(*given, **named)
                return
            except (Busy, Unsure) as error:
                wait = error.retry_after if isinstance(error, Busy) else AGAIN
                if not left or wait > LONGEST_WAIT:
                    raise
                await asyncio.sleep(wait)

    async def _call(self, method: str, **given: Any) -> None:
        await self._sending.calls(method, **given)

    async def _respond(self, stand: Stand, **message: Any) -> None:
        await self._sending.calls.respond(stand.respond_to, **message)

    async def _drawn(self, stand: Stand, card: Card, how: Json) -> None:
        await self._sending.finest(
            lambda look: draw(card, look), lambda drawn: self._respond(stand, **how, **drawn)
        )


def holds_key(card: Card) -> bool:
    """Such a button is the only way to a conversation, so it must not vanish with a window."""
    refs = [
        *(
            button.ref
            for part in card.parts
            if isinstance(part, Buttons)
            for button in part.buttons
        ),
        *(part.ref for part in card.parts if isinstance(part, FreeText)),
    ]
    return any(ref.verb == "thread" for ref in refs)


def _all(card: Card | None) -> Iterable[Card]:
    return () if card is None else (card,)
