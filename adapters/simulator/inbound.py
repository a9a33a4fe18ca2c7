"""What a client of the simulator sends -> an Event, or an instant to push the clock to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, NoReturn

from bot.events import Address, Commanded, Event, Pressed, Submitted, Wrote
from bot.refs import Ref

Payload = Mapping[str, object]

#: What somebody can do, of which a payload names exactly one.
DOINGS: Final = ("text", "press", "submit", "command")
#: Characters; as long as any platform's own event ids.
LONGEST_ID: Final = 255
#: Every round on the way is played, so a slip of the finger must not ask for a century.
FURTHEST: Final = timedelta(days=3660)

COMMAND: Final = re.compile(r"/itpulse(?:\s+|$)", re.IGNORECASE)
SPAN: Final = re.compile("".join(rf"(?:(\d{{1,9}}){unit})?" for unit in "wdhm"), re.ASCII)


class Malformed(Exception):
    """That is not a request this route knows."""


def parse(body: bytes) -> Payload:
    """The JSON object in a request's body; raises Malformed."""
    try:
        payload = json.loads(body.decode(), parse_constant=_no_number)
        # Half a surrogate pair passes as JSON and breaks the first file it is written to.
        json.dumps(payload, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    if not isinstance(payload, dict):
        raise Malformed("The body is not a JSON object.")
    return payload


def read(payload: Payload, who: Address, at: datetime) -> Event:
    """What somebody did; raises Malformed, or Refusal for a ref that we never wrote."""
    named = [doing for doing in DOINGS if doing in payload]
    if len(named) != 1:
        raise Malformed(f"Name exactly one of {', '.join(DOINGS)}.")
    id = _text(payload, "event_id", longest=LONGEST_ID)
    match named[0]:
        case "press":
            return Pressed(id, who, at, Ref.read(_text(payload, "press")), payload.get("value"))
        case "submit":
            return Submitted(id, who, at, Ref.read(_text(payload, "submit")), _values(payload))
        case "command":
            return Commanded(id, who, at, COMMAND.sub("", _text(payload, "command").strip(), 1))
        case _:
            return _typed(id, who, at, _text(payload, "text").strip())


def stood_on(payload: Payload) -> str:
    """The id of the message whose control was used, where the client tells."""
    return _text(payload, "message")


def read_push(payload: Payload, now: datetime) -> datetime | None:
    """The instant to push to; None for the next at which something happens. Raises Malformed."""
    if ("advance" in payload) == ("to" in payload):
        raise Malformed("Name either advance or to.")
    if "to" in payload:
        return _within(_instant(_text(payload, "to")), now)
    try:
        return _within(now + _span(_text(payload, "advance")), now)
    except OverflowError:
        raise _too_far() from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _text(payload: Payload, name: str, longest: int | None = None) -> str:
    text = payload.get(name)
    if text is None and name in ("event_id", "message"):
        return ""
    if not isinstance(text, str):
        raise Malformed(f"{name} is a text.")
    if longest and len(text) > longest:
        raise Malformed(f"{name} has at most {longest} characters.")
    return text


def _values(payload: Payload) -> Mapping[str, object]:
    values = payload.get("values")
    if not isinstance(values, dict):
        raise Malformed("values is an object: field -> value.")
    return values


def _typed(id: str, who: Address, at: datetime, text: str) -> Event:
    if not text:
        raise Malformed("text is empty.")
    if match := COMMAND.match(text):
        return Commanded(id, who, at, text[match.end() :])
    return Wrote(id, who, at, text)


def _span(text: str) -> timedelta:
    match = SPAN.fullmatch(text)
    if not match or not text:
        raise Malformed("advance is a span of time such as 2d3h, 90m or 1w2d.")
    weeks, days, hours, minutes = (int(count or 0) for count in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def _instant(text: str) -> datetime | None:
    """UTC where no offset is given."""
    if text == "next":
        return None
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed("to is an instant such as 2026-11-24T10:00Z, or next.") from None


def _within(instant: datetime | None, now: datetime) -> datetime | None:
    if instant and instant < now:
        raise Malformed(f"The clock stands at {now.isoformat()} and never goes back.")
    if instant and instant - now > FURTHEST:
        raise _too_far()
    return instant


def _too_far() -> Malformed:
    return Malformed(f"The clock is pushed by at most {FURTHEST.days} days at once.")
