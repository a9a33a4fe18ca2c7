"""What can come in from a platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.refs import Ref


@dataclass(frozen=True, slots=True)
class Address:
    """Where someone can be reached: a user in a space (workspace, tenant) of a platform."""

    platform: str
    space: str
    user: str
    #: The platform's own words for how to get there, e.g. a conversation; empty where it needs
    #: none or does not know yet.
    reach: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something a person did at an instant (UTC); `id` is the platform's own event id, or empty."""

    id: str
    who: Address
    at: datetime


@dataclass(frozen=True, slots=True)
class Pressed(Happening):
    """A control was used; `value` is as JSON brought it and not yet trusted."""

    ref: Ref
    value: object


@dataclass(frozen=True, slots=True)
class Submitted(Happening):
    """A form was sent: field id -> value, not yet trusted."""

    ref: Ref
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wrote(Happening):
    """A message was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Commanded(Happening):
    """`/itpulse words` was called."""

    words: str


@dataclass(frozen=True, slots=True)
class Arrived(Happening):
    """Someone opened or installed the bot."""


Event = Pressed | Submitted | Wrote | Commanded | Arrived
