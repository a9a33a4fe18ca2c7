"""One activity of Teams: what it teaches is kept, what was done goes to the engine, and the
reply is shown: an invoke's answer at once, cards after it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakValueDictionary

from adapters.chat import Handle
from adapters.teams import answers, inbound
from adapters.teams.inbound import Activity, Joined, Left, Opening
from adapters.teams.people import Rosters
from adapters.teams.post import Post
from adapters.teams.reach import Sent
from adapters.teams.repeats import Repeats
from adapters.teams.wire import Json
from bot.cards import Card, Reply
from bot.errors import Refusal, UnknownPerson, Unreachable
from bot.events import Address, Arrived, Event, Pressed, Submitted
from bot.faults import told

log = logging.getLogger("itpulse.teams")

#: Seconds within which an invoke is answered; what takes longer is shown when it is done.
PATIENCE: Final = 2.0
#: People remembered at most as looked up.
REMEMBERED: Final = 10_000
#: Said where it takes longer. It promises nothing: what was done is not saved yet.
SLOW: Final = "One moment. I show it here as soon as it is done; if nothing comes, try again."
#: Said in a channel or a group, where others read along.
ELSEWHERE: Final = "I have answered in our own chat, where nobody else reads along."
NOT_HERE: Final = "Please add me for yourself first; then I can answer where nobody reads along."
#: Said to somebody who is being looked up.
MEETING: Final = "We have not met before. Give me a minute, then say that again."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn is taken: by whom, and on which message a control was used."""

    who: Address
    activity: Activity

    @property
    def stood(self) -> Sent | None:
        id, service = inbound.stood_on(self.activity), str(self.activity.get("serviceUrl", ""))
        conversation = self.activity.get("conversation") or {}
        chat = str(conversation.get("id", "")) if isinstance(conversation, dict) else ""
        return Sent(service, chat, id, self.who.space) if id else None


class Turns:
    def __init__(self, post: Post, rosters: Rosters, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._post = post
        self._rosters = rosters
        self._repeats = Repeats()
        self._tasks: set[asyncio.Task[None]] = set()
        self._chats: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()
        self._met: OrderedDict[Address, None] = OrderedDict()

    async def take(self, activity: Json, handle: Handle) -> Json | None:
        """What an invoke is answered with; None for anything else. Raises Malformed."""
        try:
            doing = inbound.read(activity)
        except Refusal as refusal:
            return self._shown(Place(inbound.speaker(activity), activity), Reply(refusal=refusal))
        match doing:
            case None:
                return None
            case Left(who):
                self._rosters.directory.left(who)
                self._met.pop(who, None)
                return None
            case Joined(team):
                self._later(self._rosters.read(inbound.space(activity), team, activity))
                return None
            case Opening(form):
                return answers.to_fetch(form)
            case event:
                self._learn(activity, event)
                return await self._answered(activity, event, handle)

    async def idle(self) -> None:
        """Returns when everything said so far has been shown."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Gives what is being shown a moment, then drops it."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.idle(), PATIENCE)
        for task in self._tasks:
            task.cancel()

    def _learn(self, activity: Json, event: Event) -> None:
        if isinstance(event, Pressed | Submitted):
            self._rosters.directory.pass_by(event.who)
        else:
            self._rosters.directory.hear(inbound.learned(activity))

    async def _answered(self, activity: Json, event: Event, handle: Handle) -> Json | None:
        place = Place(event.who, activity)
        if isinstance(event, Arrived):
            self._later(self._rosters.meet(event.who))
        taking = asyncio.ensure_future(self._repeats.once(activity, event, handle))
        try:
            reply = await asyncio.wait_for(asyncio.shield(taking), self._patience)
        except TimeoutError:
            self._later(self._shown_late(place, taking))
            return answers.later(SLOW, activity) if _is_invoke(activity) else None
        return None if reply is None else self._shown(place, self._introduced(place, reply))

    def _introduced(self, place: Place, reply: Reply) -> Reply:
        """Somebody unknown is looked up, once; only then are they told to ask their admin."""
        if not isinstance(reply.refusal, UnknownPerson) or place.who in self._met:
            return reply
        self._later(self._meet(place.who))
        return Reply(refusal=Refusal(MEETING))

    async def _meet(self, who: Address) -> None:
        """Where they cannot be looked up just now, they are the next time."""
        self._met[who] = None
        if len(self._met) > REMEMBERED:
            self._met.popitem(last=False)
        try:
            await self._rosters.meet(who)
        except Exception:
            self._met.pop(who, None)
            raise

    async def _shown_late(self, place: Place, taking: Awaitable[Reply | None]) -> None:
        if reply := await taking:
            await self._show(place, reply, answered=False)

    def _shown(self, place: Place, reply: Reply) -> Json | None:
        self._later(self._show(place, reply, answered=_is_invoke(place.activity)))
        if not _is_invoke(place.activity):
            return None
        if place.activity.get("name") in (inbound.FETCH, inbound.SUBMIT):
            return answers.to_submit(reply, _form_of(place.activity))
        return answers.to_execute(reply)

    async def _show(self, place: Place, reply: Reply, answered: bool) -> None:
        """`answered`: what was wrong was told by the invoke's answer. A form that an invoke opens
        is never said in the chat."""
        # One after the other: a card must not be drawn over by an older one.
        lock = self._chats.setdefault(place.who, asyncio.Lock())
        async with lock:
            if reply.redraw:
                await self._redraw(place, reply.redraw)
            for card in reply.say:
                await self._say(place, card)
            if reply.open and not _is_invoke(place.activity):
                await self._say(place, Card(reply.open.title, (reply.open,)))
            if not answered and (sentence := answers.wrong(reply)):
                await self._tell(place, sentence)

    async def _redraw(self, place: Place, card: Card) -> None:
        if stood := place.stood:
            with suppress(Unreachable):  # deleted: then it is said anew
                await self._post.redraw(stood, card)
                return
        await self._say(place, card)

    async def _say(self, place: Place, card: Card) -> None:
        await self._alone(place, lambda: self._post.say_patiently(place.who, card))

    async def _tell(self, place: Place, sentence: str) -> None:
        """Also why something was refused is nobody else's to read."""
        await self._alone(place, lambda: self._post.tell(place.who, sentence))

    async def _alone(self, place: Place, say: Callable[[], Awaitable[object]]) -> None:
        """In their own chat, wherever they were."""
        if inbound.is_own_chat(place.activity):
            await say()
            return
        here = _conversation(place.activity)
        try:
            await say()
        except Unreachable:
            await self._post.tell(place.who, NOT_HERE, here)
        else:
            await self._post.tell(place.who, ELSEWHERE, here)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _quietly(work: Awaitable[None]) -> None:
    """What cannot be shown is logged by where it failed, never by what it was."""
    try:
        await work
    except Exception as error:
        log.warning("something could not be shown: %s", told(error))


def _is_invoke(activity: Activity) -> bool:
    return activity.get("type") == "invoke"


def _conversation(activity: Activity) -> str:
    return str((activity.get("conversation") or {}).get("id", ""))


def _form_of(activity: Activity) -> Any:
    with suppress(Refusal):
        return inbound.sent_form(activity)
    return None
