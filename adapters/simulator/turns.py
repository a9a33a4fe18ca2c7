"""One turn of a chat: somebody does something, the engine replies, the reply is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from adapters.simulator.inbound import Payload, read, stood_on
from adapters.simulator.platform import NAME, SPACE, Simulator
from adapters.simulator.render import Json, draw_part
from bot.cards import Reply
from bot.errors import Refusal
from bot.events import Address, Commanded, Event, Pressed, Submitted, Wrote

Handle = Callable[[Event], Awaitable[Reply]]


async def take_turn(simulator: Simulator, handle: Handle, user: str, payload: Payload) -> Json:
    """`{"messages", "form", "refusal", "errors"}`; raises Malformed."""
    message = stood_on(payload)
    try:
        event = read(payload, Address(NAME, SPACE, user), simulator.clock.now())
    except Refusal as refusal:
        return _told(Reply(refusal=refusal), [])
    reply = await handle(event)
    # A repeated event is answered with nothing, and then it is not shown a second time either.
    if (typed := _typed(event)) and (reply.say or reply.redraw or reply.open):
        simulator.heard(user, typed, event.at)
    ref = event.ref if isinstance(event, Pressed | Submitted) else None
    shown = simulator.answer(user, reply, ref, message)
    return _told(reply, [each.wire() for each in shown])


def _told(reply: Reply, messages: list[Json]) -> Json:
    return {
        "messages": messages,
        "form": draw_part(reply.open) if reply.open else None,
        "refusal": str(reply.refusal) if reply.refusal else None,
        "errors": {field: str(wrong) for field, wrong in reply.errors.items()},
    }


def _typed(event: Event) -> str:
    """What stands in the chat as somebody's own words: never an answer given by a control."""
    match event:
        case Wrote():
            return event.text
        case Commanded():
            return f"/itpulse {event.words}".strip()
        case _:
            return ""
