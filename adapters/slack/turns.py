"""One turn: a verified payload comes in, the engine saves, Slack gets its acknowledgement.

The acknowledgement says that it is saved, and carries errors and the next form. Modals are opened
before it, because Slack's permission to do so dies after three seconds. Everything else is shown
after it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final

from adapters.slack import home, inbound
from adapters.slack.calls import Denied, Unsure
from adapters.slack.figures import refusable
from adapters.slack.inbound import Malformed, Payload
from adapters.slack.platform import Sending
from adapters.slack.render import draw, fits
from adapters.slack.showing import UNSEEN, Showing
from adapters.slack.stands import Stand, stood
from adapters.slack.tasks import Tasks
from adapters.slack.texts import Json, escaped
from adapters.slack.views import card_view, form_view, home_view, sentence_view
from bot.cards import Card, Reply
from bot.errors import Busy, Refusal
from bot.events import Address, Event, Submitted, Wrote
from bot.faults import told

log = logging.getLogger("itpulse.slack")

Handle = Callable[[Event], Awaitable[Reply]]

TOO_LATE: Final = "That took too long, so it was not opened. Please press again."
TOO_SLOW: Final = "That took too long. Please try again in a moment."
BUG: Final = "Something went wrong on our side (number {number}). Please try again."
#: What Slack tells about people.
PEOPLE: Final = frozenset({"team_join", "user_change"})
REMOVED: Final = frozenset({"app_uninstalled", "tokens_revoked"})


@dataclass(frozen=True, slots=True)
class Ack:
    status: int = 200
    body: Json | None = None


SAVED: Final = Ack()


class Turns:
    def __init__(self, sending: Sending, handle: Handle, tasks: Tasks) -> None:
        self._sending = sending
        self._handle = handle
        self._tasks = tasks
        self._showing = Showing(sending)
        #: Slack says the same again while we are still at it; both get the same answer.
        self._under_way: dict[str, asyncio.Task[Ack]] = {}

    async def take(self, payload: Payload) -> Ack:
        try:
            self._learn(payload)
            if payload.get("type") == "block_actions" and (form := inbound.opens(payload)):
                stand = stood(payload)
                return await self._open(payload, stand, form_view(form[0], stand, form[1]))
            event = inbound.read(payload, self._sending.now())
        except Malformed:
            return Ack(400)
        except Refusal as refusal:
            return await self._refused(payload, str(refusal))
        return SAVED if event is None else await self._once(payload, event)

    async def _once(self, payload: Payload, event: Event) -> Ack:
        name = f"{event.who.space}|{event.who.user}|{event.id}"
        task = self._under_way.get(name) if event.id else None
        if task is None:
            task = asyncio.create_task(self._turn(payload, event))
            if event.id:
                self._under_way[name] = task
                task.add_done_callback(lambda _: self._under_way.pop(name, None))
        return await asyncio.shield(task)

    async def _turn(self, payload: Payload, event: Event) -> Ack:
        saving = asyncio.ensure_future(self._handle(event))
        try:
            async with asyncio.timeout(self._sending.settings.patience):
                reply = await asyncio.shield(saving)
        except TimeoutError:
            self._tasks.start(self._late(saving, payload, event))
            return await self._failed(payload, TOO_SLOW)
        except Exception as error:
            number = token_hex(4)
            log.error("bug %s: %s", number, told(error))
            return await self._failed(payload, BUG.format(number=number))
        return await self._answer(payload, event, reply)

    async def _late(self, saving: Awaitable[Reply], payload: Payload, event: Event) -> None:
        """It was saved after all: its card says so better than our sentence."""
        reply = await saving
        stand = Stand.read(_view(payload).get("private_metadata"))
        stand = stand if isinstance(event, Submitted) else stood(payload)
        if not reply.refusal and not reply.errors:
            await self._show(stand, event.who, reply)

    async def _answer(self, payload: Payload, event: Event, reply: Reply) -> Ack:
        if reply.refusal:
            return await self._refused(payload, str(reply.refusal))
        if isinstance(event, Submitted):
            return self._submitted(payload, event, reply)
        if "command" in payload:
            return await self._commanded(payload, event.who, reply)
        if isinstance(event, Wrote):
            stand = Stand(channel=event.who.reach or event.who.user)
            self._tasks.start(self._showing.show(stand, event.who, reply))
            return SAVED
        return await self._used(payload, event.who, reply)

    async def _used(self, payload: Payload, who: Address, reply: Reply) -> Ack:
        """A control or a shortcut."""
        stand = stood(payload)
        if reply.open:
            return await self._open(payload, stand, form_view(reply.open, stand))
        if reply.say and (stand.home or payload.get("type") != "block_actions"):
            # Neither Home nor a shortcut has a place for an answer, so it gets a window.
            await self._open(payload, stand, card_view(reply.say))
            self._tasks.start(self._showing.keep(who, Reply(say=reply.say)))
            reply = Reply(redraw=reply.redraw)
        if reply.redraw and not stand.view and not fits(reply.redraw):
            await self._open(payload, stand, card_view([reply.redraw]))
            reply = Reply(say=reply.say)
        if reply.redraw or reply.say:
            self._tasks.start(self._show(stand, who, reply))
        return SAVED

    async def _show(self, stand: Stand, who: Address, reply: Reply) -> None:
        if stand.home:
            await self._showing.keep(who, reply)
            await self._publish(who, shown=reply.redraw)
        else:
            await self._showing.show(stand, who, reply)

    def _submitted(self, payload: Payload, event: Submitted, reply: Reply) -> Ack:
        stand = Stand.read(_view(payload).get("private_metadata"))
        if reply.errors:
            sentences = {field: str(wrong) for field, wrong in reply.errors.items()}
            return _errors(payload, sentences)
        if reply.redraw or reply.say:
            self._tasks.start(self._show(stand, event.who, reply))
        if reply.open:
            view = form_view(reply.open, stand)
            return Ack(body={"response_action": "update", "view": view})
        return SAVED

    async def _commanded(self, payload: Payload, who: Address, reply: Reply) -> Ack:
        stand = Stand(respond_to=str(payload.get("response_url") or ""))
        if reply.open:
            return await self._open(payload, stand, form_view(reply.open, stand))
        first, rest = reply.say[:1], reply.say[1:]
        drawn = draw(first[0], self._sending.look()) if first else {}
        if first and refusable(drawn):
            # Whether Slack takes the chart is only told where it can be drawn again without.
            first, rest = (), reply.say
        if rest or reply.redraw:
            self._tasks.start(self._showing.show(stand, who, Reply(say=rest, redraw=reply.redraw)))
        return Ack(body={**UNSEEN, **drawn}) if first else SAVED

    async def _refused(self, payload: Payload, sentence: str) -> Ack:
        """Nothing was changed, and the person is told why."""
        kind = payload.get("type")
        if kind == "view_submission":
            return _errors(payload, {"": sentence})
        if "command" in payload:
            return Ack(body={**UNSEEN, "text": escaped(sentence)})
        stand = stood(payload)
        if kind in ("shortcut", "message_action") or stand.view or stand.home:
            return await self._open(payload, stand, sentence_view(sentence))
        if kind == "event_callback":
            self._say_sentence(payload, sentence)
        else:
            self._tasks.start(self._showing.tell(stand, sentence))
        return SAVED

    async def _failed(self, payload: Payload, sentence: str) -> Ack:
        """Nothing is acknowledged that is not saved: Slack says an event again, and shows of
        everything else that it failed."""
        kind = payload.get("type")
        if kind == "event_callback":
            return Ack(500)
        ack = await self._refused(payload, sentence)
        return Ack(500) if kind == "block_actions" else ack

    async def _open(self, payload: Payload, stand: Stand, view: Json) -> Ack:
        """A modal, over the one there is."""
        method = "views.push" if stand.view else "views.open"
        try:
            await self._sending.calls(method, trigger_id=payload.get("trigger_id"), view=view)
        except (Busy, Denied, Unsure) as error:
            log.warning("a window could not be opened: %s", told(error))
            back = stand.respond_to or str(payload.get("response_url") or "")
            self._tasks.start(self._showing.tell(Stand(respond_to=back), TOO_LATE))
        return SAVED

    def _learn(self, payload: Payload) -> None:
        """What every payload tells about where somebody is reached, and some about who is there."""
        event = payload.get("event") if payload.get("type") == "event_callback" else None
        if not isinstance(event, Mapping):
            if payload.get("user") or payload.get("user_id"):
                self._sending.roster.answered_from(inbound.who(payload))
            return
        self._hear(str(event.get("type")), event, str(payload.get("team_id") or ""))

    def _hear(self, kind: str, event: Mapping[str, Any], space: str) -> None:
        user = event.get("user")
        if kind in PEOPLE and isinstance(user, Mapping):
            self._sending.roster.changed(user, space)
        elif kind in REMOVED:
            log.error("Slack: the app was removed from the workspace, or its token revoked")
        elif isinstance(user, str):
            channel = str(event.get("channel") or "")
            self._sending.roster.reached(space, user, channel)
            if kind == "app_home_opened" and event.get("tab") == "home":
                who = Address(inbound.PLATFORM, space, user, channel)
                self._tasks.start(self._publish(who, first=not event.get("view")))

    async def _publish(self, who: Address, first: bool = False, shown: Card | None = None) -> None:
        cards = await home.home_cards(self._handle, who, self._sending.now(), first, shown)
        await self._sending.finest(
            lambda look: home_view(cards, look),
            lambda view: self._sending.calls("views.publish", user_id=who.user, view=view),
        )

    def _say_sentence(self, payload: Payload, sentence: str) -> None:
        event = payload.get("event") or {}
        if event.get("type") == "message":
            message = {"channel": event.get("channel"), "text": escaped(sentence)}
            self._tasks.start(self._sending.calls("chat.postMessage", **message))


def _view(payload: Payload) -> Mapping[str, Any]:
    found = payload.get("view")
    return found if isinstance(found, Mapping) else {}


def _errors(payload: Payload, sentences: Mapping[str, str]) -> Ack:
    """Each beside its field; what belongs to none stands at the first, where it is seen."""
    inputs = [b["block_id"] for b in _view(payload).get("blocks") or () if b.get("type") == "input"]
    inputs = inputs or list((_view(payload).get("state") or {}).get("values") or {})
    errors: dict[str, str] = {}
    for field, sentence in sentences.items():
        place = field if field in inputs else (inputs or [field])[0]
        errors[place] = f"{errors[place]} {sentence}" if place in errors else sentence
    return Ack(body={"response_action": "errors", "errors": errors})
