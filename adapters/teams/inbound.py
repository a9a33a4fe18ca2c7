"""Activity, as Teams posts it -> what happened. Pure; who posted it was checked before.

`read` says what somebody did, `learned` what the activity teaches about them, `speaker` who and
where they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from adapters.teams import wire
from adapters.teams.reach import NAME, Reach
from bot.cards import Form
from bot.domain.people import Profile
from bot.errors import UnknownControl
from bot.events import Address, Arrived, Commanded, Event, Pressed, Submitted, Wrote

Activity = Mapping[str, Any]

COMMAND: Final = re.compile(r"/?itpulse(?:\s+|$)", re.IGNORECASE)
MENTION: Final = re.compile(r"<at[^>]*>.*?</at>", re.IGNORECASE | re.DOTALL)
#: Invokes that a control of ours leads to.
EXECUTE: Final = "adaptiveCard/action"
FETCH: Final = "task/fetch"
SUBMIT: Final = "task/submit"


@dataclass(frozen=True, slots=True)
class Opening:
    """A dialog was asked for; the form came along."""

    form: Form


@dataclass(frozen=True, slots=True)
class Left:
    """The app was taken away, by the person or by an admin."""

    who: Address


@dataclass(frozen=True, slots=True)
class Joined:
    """The app came into a team, or somebody into one where it is."""

    team: str


Doing = Event | Opening | Left | Joined | None


class Malformed(Exception):
    """That is no activity of Teams."""


def read(activity: Activity) -> Doing:
    """What was done; None where it is nothing for us. Raises Malformed, or UnknownControl."""
    kind = activity.get("type")
    if kind == "message":
        return _message(activity)
    if kind == "invoke":
        return _invoke(activity)
    if kind == "installationUpdate":
        return _installed(activity)
    if kind == "conversationUpdate" and (team := _team(activity)):
        return Joined(team) if activity.get("membersAdded") else None
    return None


def speaker(activity: Activity) -> Address:
    """Who did it; in their own chat with us also how to reach them. Raises Malformed."""
    user = _text(activity, "from", "id")
    if not user:
        raise Malformed
    where = Reach(_text(activity, "serviceUrl"), _own_chat(activity), _team(activity))
    return Address(NAME, space(activity), user, where.wire())


def space(activity: Activity) -> str:
    return _text(activity, "channelData", "tenant", "id") or _text(
        activity, "conversation", "tenantId"
    )


def learned(activity: Activity) -> Profile:
    """Zone and locale are there with messages, the rest with everything. Raises Malformed."""
    who = speaker(activity)
    client = next((e for e in _entities(activity) if e.get("type") == "clientInfo"), {})
    zone = _text(activity, "localTimezone") or _text(client, "timezone")
    return Profile(
        user=who.user,
        space=who.space,
        zone=zone if zone in _zones() else "",
        language=_text(activity, "locale") or _text(client, "locale"),
        reach=who.reach,
    )


@cache
def _zones() -> set[str]:
    return available_timezones()


def is_own_chat(activity: Activity) -> bool:
    """A chat of one person with us, which nobody else reads."""
    return _text(activity, "conversation", "conversationType") in ("personal", "")


def stood_on(activity: Activity) -> str:
    """The id of the message whose control was used."""
    return _text(activity, "replyToId")


def spoken_at(activity: Activity) -> datetime:
    """When Teams took it, in UTC; raises Malformed."""
    # Seven digits of a second, as .NET writes them, are one too many for older Pythons.
    told = re.sub(r"(\.\d{6})\d+", r"\1", _text(activity, "timestamp"))
    try:
        at = datetime.fromisoformat(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed from None


def _message(activity: Activity) -> Doing:
    value = activity.get("value")
    if isinstance(value, dict) and wire.is_ours(value):
        return _used(activity, value)
    text = _without_mention(activity)
    if match := COMMAND.match(text):
        return Commanded(*_happened(activity), text[match.end() :])
    return Wrote(*_happened(activity), text) if text else None


def _invoke(activity: Activity) -> Doing:
    value = activity.get("value")
    if not isinstance(value, dict):
        return None
    match activity.get("name"):
        case name if name == EXECUTE:
            action = value.get("action")
            return _used(activity, action.get("data") if isinstance(action, dict) else None)
        case name if name == FETCH:
            form = sent_form(activity)
            if form is None:
                raise UnknownControl
            return Opening(form)
        case name if name == SUBMIT:
            return _used(activity, value.get("data"))
        case _:
            return None


def sent_form(activity: Activity) -> Form | None:
    """The form of a dialog that is asked for or sent; None where there is none."""
    value = activity.get("value")
    data = value.get("data") if isinstance(value, dict) else None
    meant = wire.read(data) if isinstance(data, dict) else None
    return meant.form if isinstance(meant, wire.Submission) else None


def _used(activity: Activity, data: object) -> Event:
    if not isinstance(data, dict):
        raise UnknownControl
    match wire.read(data):
        case wire.Press(ref, value):
            return Pressed(*_happened(activity), ref, value)
        case wire.Submission(ref, values):
            return Submitted(*_happened(activity), ref, values)


def _installed(activity: Activity) -> Doing:
    """An upgrade of the app is neither a coming nor a going."""
    team = _team(activity)
    match activity.get("action"):
        case "add":
            return Joined(team) if team else Arrived(*_happened(activity))
        case "remove":
            return None if team else Left(speaker(activity))
        case _:
            return None


def _happened(activity: Activity) -> tuple[str, Address, datetime]:
    """An activity's id is unique in its conversation only."""
    id = _text(activity, "id")
    named = f"{_text(activity, 'conversation', 'id')}|{id}" if id else ""
    return named, speaker(activity), spoken_at(activity)


def _without_mention(activity: Activity) -> str:
    text = MENTION.sub(" ", _text(activity, "text")).replace("\u00a0", " ")
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _own_chat(activity: Activity) -> str:
    return _text(activity, "conversation", "id") if is_own_chat(activity) else ""


def _team(activity: Activity) -> str:
    return _text(activity, "channelData", "team", "id")


def _entities(activity: Activity) -> list[Mapping[str, Any]]:
    entities = activity.get("entities")
    return [e for e in entities if isinstance(e, dict)] if isinstance(entities, list) else []


def _text(told: Mapping[str, Any], *path: str) -> str:
    value: object = told
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
