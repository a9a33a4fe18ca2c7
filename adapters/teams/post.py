"""Sends and redraws cards: paced, tried again only where that cannot send one twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from adapters.teams.connector import Connector
from adapters.teams.directory import Directory
from adapters.teams.pacing import SENDING, Limit, Pacing
from adapters.teams.reach import Reach, Sent
from adapters.teams.refusals import (
    NEVER_HEARD,
    NOT_INSTALLED,
    NOT_LISTED,
    back_off,
    meaning,
)
from adapters.teams.render import attachment, draw
from adapters.teams.web import Refused
from adapters.teams.wire import Json
from bot.cards import Card
from bot.domain.people import Profile
from bot.errors import Ambiguous, Busy, Unreachable
from bot.events import Address

T = TypeVar("T")

#: Attempts at what may be repeated.
PATIENCE: Final = 5


class Post:
    def __init__(
        self,
        connector: Connector,
        directory: Directory,
        pacing: Pacing,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._connector = connector
        self._directory = directory
        self._pacing = pacing
        self._sleep = sleep
        self._making: dict[Address, asyncio.Task[str]] = {}
        #: Refusals in a row, by conversation.
        self._refused: dict[str, int] = {}

    async def say(self, to: Address, card: Card) -> Sent:
        """Raises Busy, Unreachable or Ambiguous; what may have arrived is never sent again."""
        return await self._send(to, message(card))

    async def say_patiently(self, to: Address, card: Card) -> Sent:
        return await self._patiently(lambda: self._send(to, message(card)))

    async def tell(self, to: Address, text: str, conversation: str = "") -> None:
        """A plain sentence; in another conversation than their own where one is named."""
        await self._patiently(lambda: self._send(to, {"text": text}, conversation))

    async def redraw(self, sent: Sent, card: Card) -> None:
        """Raises Busy or Unreachable; drawing it twice does no harm."""
        told = message(card)
        await self._repeated(
            sent.space,
            sent.conversation,
            lambda: self._connector.update(sent.service, sent.conversation, sent.activity, told),
        )

    async def member(self, space: str, reach: Reach, user: str) -> Json:
        return await self._repeated(
            space,
            reach.conversation,
            lambda: self._connector.member(reach.service, reach.conversation, user),
        )

    async def page(
        self, space: str, service: str, team: str, token: str | None, limits: tuple[Limit, ...]
    ) -> tuple[list[Json], str | None]:
        return await self._repeated(
            space, f"{team}|roster", lambda: self._connector.page(service, team, token), limits
        )

    async def _send(self, to: Address, told: Json, conversation: str = "") -> Sent:
        reach = self._directory.reach(to)
        if not reach.service:
            raise Unreachable(NEVER_HEARD)
        chat = conversation or reach.conversation or await self._chat(to, reach.service)
        try:
            return await self._sent(to, reach.service, chat, told)
        except Refused as refused:
            if refused.status != 404 or conversation:
                raise self._meant(refused, chat) from None
        # The chat is gone, so nothing has arrived; the message goes into a new one.
        self._directory.forget_chat(to)
        chat = await self._chat(to, reach.service)
        try:
            return await self._sent(to, reach.service, chat, told)
        except Refused as refused:
            raise self._meant(refused, chat) from None

    async def _sent(self, to: Address, service: str, chat: str, told: Json) -> Sent:
        await self._pacing.turn(to.space, chat, SENDING)
        try:
            id = await self._connector.send(service, chat, told)
        except Refused:
            raise
        except Exception as error:
            raise self._meant(error, chat) from error
        self._refused.pop(chat, None)
        return Sent(service, chat, id, to.space)

    async def _chat(self, to: Address, service: str) -> str:
        """Their own chat with us, made once however many ask for it."""
        making = self._making.get(to)
        if making is None:
            making = self._making[to] = asyncio.create_task(self._make(to, service))
            making.add_done_callback(lambda _: self._making.pop(to, None))
        return await asyncio.shield(making)

    async def _make(self, to: Address, service: str) -> str:
        try:
            chat = await self._repeated(
                to.space, to.user, lambda: self._connector.create(service, to.space, to.user)
            )
        except Unreachable as error:
            # Nobody is told that they are blocked before there ever was a chat.
            known = (NOT_LISTED, NEVER_HEARD)
            raise (error if str(error) in known else Unreachable(NOT_INSTALLED)) from None
        reach = Reach(service, chat).wire()
        self._directory.hear(Profile(to.user, to.space, reach=reach))
        return chat

    async def _repeated(
        self,
        space: str,
        conversation: str,
        call: Callable[[], Awaitable[T]],
        limits: tuple[Limit, ...] = SENDING,
    ) -> T:
        """A call that may be made again without harm; raises Busy or Unreachable in the end."""

        async def once() -> T:
            await self._pacing.turn(space, conversation, limits)
            try:
                done = await call()
            except Exception as error:
                raise self._meant(error, conversation) from error
            self._refused.pop(conversation, None)
            return done

        for attempt in range(PATIENCE):
            try:
                return await once()
            except (Busy, Ambiguous) as error:
                wait = error.retry_after if isinstance(error, Busy) else self._wait(conversation)
                if attempt == PATIENCE - 1:
                    raise Busy(wait) from error
            await self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _patiently(self, send: Callable[[], Awaitable[Sent]]) -> Sent:
        """An answer in a conversation: waits while it is asked to, and never sends twice."""
        for _ in range(PATIENCE - 1):
            try:
                return await send()
            except Busy as busy:
                await self._sleep(busy.retry_after)
        return await send()

    def _meant(self, error: Exception, conversation: str) -> Exception:
        return meaning(error, lambda: self._wait(conversation))

    def _wait(self, conversation: str) -> float:
        count = self._refused[conversation] = self._refused.get(conversation, 0) + 1
        return back_off(count)


def message(card: Card) -> Json:
    """`summary` is what a notification shows."""
    drawn = draw(card)
    return {"summary": drawn["fallbackText"], "attachments": [attachment(drawn)]}
