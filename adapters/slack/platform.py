"""Slack as the clock sees it: `bot.ports.Platform` for one workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from adapters.slack.calls import Calls, Denied, Unsure
from adapters.slack.figures import PICTURE, Look, kinds, refusable
from adapters.slack.history import History, metadata
from adapters.slack.pacing import Pacer
from adapters.slack.pictures import Pictures
from adapters.slack.reasons import unreachable
from adapters.slack.render import draw
from adapters.slack.roster import Roster
from adapters.slack.settings import Settings
from adapters.slack.texts import Json
from bot.cards import Card
from bot.domain.people import Profile
from bot.errors import Ambiguous, Busy, Unreachable
from bot.events import Address
from bot.ports import Pace, Receipt

Now = Callable[[], datetime]
T = TypeVar("T")

NAME: Final = "slack"
#: Calls under way at once: the pace is kept by the pacer.
AT_ONCE: Final = 8
#: Seconds until a message is tried again that Slack answered with an error and did not keep.
AGAIN: Final = 0.25


class Sending:
    """Says and redraws cards; knows what this workspace takes."""

    name = NAME

    def __init__(self, settings: Settings, now: Now) -> None:
        self.settings = settings
        self.now = now
        self.calls = Calls(settings.bot_token, settings.api_url)
        self.roster = Roster(self.calls)
        self.history = History(self.calls)
        self._pacer = Pacer(settings.pace)
        self._me: Mapping[str, Any] = {}
        #: Whether Slack's own charts are taken here; they were introduced bit by bit.
        self.charts = True
        self.pictures = _pictures(settings, now)

    def pace(self, space: str) -> Pace:
        return Pace(self.settings.pace, AT_ONCE)

    async def me(self) -> Mapping[str, Any]:
        """Who our token is, and in which workspace; raises Busy, Denied or Unsure."""
        if not self._me:
            self._me = await self.calls("auth.test")
        return self._me

    async def deliver(self, to: Address, card: Card, key: str) -> Receipt:
        channel = to.reach or self.roster.reach(to.space, to.user) or to.user
        if to.reach:
            self.roster.knows(to.space, to.user, to.reach)
        await self._pacer.turn(to.user)
        try:
            return await self._post(to, channel, card, key)
        except Denied as denied:
            if denied.code != "channel_not_found":
                raise unreachable(denied) from None
        # The conversation we knew is gone, or has to be opened first.
        self.roster.forget_reach(to.space, to.user)
        try:
            return await self._post(to, await self._open(to), card, key)
        except Denied as denied:
            raise unreachable(denied) from None

    async def was_delivered(self, to: Address, key: str) -> Receipt | None:
        channel = to.reach or self.roster.reach(to.space, to.user) or await self._open(to)
        try:
            return await self._looked_for(to, channel, key)
        except Denied as denied:
            if denied.code != "channel_not_found":
                raise unreachable(denied) from None
        # The conversation we knew is gone; the card is in the one there is, or in none.
        try:
            return await self._looked_for(to, await self._open(to), key)
        except Denied as denied:
            raise unreachable(denied) from None

    async def _looked_for(self, to: Address, channel: str, key: str) -> Receipt | None:
        ts = await self.history.find(channel, key, self.now())
        return Receipt(_where(to.space, channel, ts)) if ts else None

    async def replace(self, receipt: Receipt, card: Card) -> None:
        channel, ts = _place(receipt)
        try:
            await self.update(channel, ts, card)
        except Denied as denied:
            raise unreachable(denied) from None
        except Unsure:
            raise Ambiguous from None

    async def people(self) -> AsyncIterator[Profile]:
        """Raises Busy where Slack wants us to wait for long, or cannot be asked just now."""
        try:
            space = str((await self.me()).get("team_id") or "")
            async for profile in self.roster.members(space):
                yield profile
        except Unsure:
            raise Busy(AGAIN) from None
        except Denied as denied:
            raise unreachable(denied) from None

    def news(self) -> list[Profile]:
        return self.roster.news()

    async def say(self, channel: str, card: Card) -> Mapping[str, Any]:
        """A card in a conversation; raises Busy, Denied or Unsure."""
        return await self._drawn(card, "chat.postMessage", channel=channel, **QUIET)

    async def update(self, channel: str, ts: str, card: Card) -> None:
        """Draws a message anew; raises Busy, Denied or Unsure."""
        await self._drawn(card, "chat.update", channel=channel, ts=ts)

    async def _post(self, to: Address, channel: str, card: Card, key: str) -> Receipt:
        more = {"metadata": metadata(key), **QUIET}
        try:
            told = await self._drawn(card, "chat.postMessage", channel=channel, **more)
        except Unsure as unsure:
            return await self._found(to, key, unsure)
        where = str(told.get("channel") or channel)
        self.roster.reached(to.space, to.user, where)
        return Receipt(_where(to.space, where, str(told.get("ts") or "")))

    async def _found(self, to: Address, key: str, unsure: Unsure) -> Receipt:
        """Slack did not say what became of it, so we look."""
        try:
            receipt = await self.was_delivered(to, key)
        except (Busy, Unreachable):
            raise Ambiguous from None
        if receipt:
            return receipt
        if unsure.answered:
            raise Busy(AGAIN)
        raise Ambiguous  # it may still be on its way

    async def _drawn(self, card: Card, method: str, **given: Any) -> Mapping[str, Any]:
        return await self.finest(
            lambda look: draw(card, look), lambda drawn: self.calls(method, **given, **drawn)
        )

    def look(self) -> Look:
        return Look(self.charts, self.pictures.address if self.pictures else None)

    async def finest(
        self, drawing: Callable[[Look], Json], show: Callable[[Json], Awaitable[T]]
    ) -> T:
        """Shows charts as well as Slack takes them. A picture that it could not fetch is left out
        this time; of its own charts, once refused, there are no more."""
        look = self.look()
        while True:
            drawn = drawing(look)
            try:
                return await show(drawn)
            except Denied as denied:
                if denied.code != "invalid_blocks" or not refusable(drawn):
                    raise
            if PICTURE in kinds(drawn):
                look = Look(look.native)
            else:
                self.charts = False
                look = Look(picture=look.picture)

    async def _open(self, to: Address) -> str:
        """The conversation with somebody; raises Busy, Unreachable or Ambiguous."""
        try:
            told = await self.calls("conversations.open", users=to.user)
        except Denied as denied:
            raise unreachable(denied) from None
        except Unsure:
            raise Ambiguous from None
        channel = str((told.get("channel") or {}).get("id") or "")
        if not channel:
            raise Ambiguous
        self.roster.reached(to.space, to.user, channel)
        return channel


#: No previews of links, which nobody asked for.
QUIET: Final = {"unfurl_links": False, "unfurl_media": False}


def _pictures(settings: Settings, now: Now) -> Pictures | None:
    """None where Slack could not fetch them, or anybody could make up an address."""
    if not (settings.secret_key and settings.public_url.startswith("https://")):
        return None
    return Pictures(settings.public_url, settings.secret_key, now)


def _where(space: str, channel: str, ts: str) -> str:
    """Empty where Slack did not say: then there is nothing to redraw."""
    return f"{space}/{channel}/{ts}" if ts else ""


def _place(receipt: Receipt) -> tuple[str, str]:
    parts = receipt.where.split("/")
    if len(parts) != 3:
        raise Unreachable("Slack did not say where this message is")
    return parts[1], parts[2]
