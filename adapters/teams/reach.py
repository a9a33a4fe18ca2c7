"""How somebody is reached in Teams: `Address.reach` and `Receipt.where`, as compact JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

NAME: Final = "teams"


@dataclass(frozen=True, slots=True)
class Reach:
    #: Address of the connector that serves this person's tenant and region; it may change.
    service: str = ""
    #: Their own chat with us; empty until one was made.
    conversation: str = ""
    #: A team in which both of us are; whoever has the app only by that team has no more.
    team: str = ""

    def wire(self) -> str:
        told = {"s": self.service, "c": self.conversation, "t": self.team}
        return _compact({name: value for name, value in told.items() if value})

    @classmethod
    def read(cls, text: str) -> Reach:
        """What can be read of it; nothing of what we did not write."""
        told = _object(text)
        return cls(_text(told, "s"), _text(told, "c"), _text(told, "t"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent: where, and under which id it can be redrawn."""

    service: str
    conversation: str
    activity: str
    space: str

    def wire(self) -> str:
        told = {"s": self.service, "c": self.conversation, "a": self.activity, "w": self.space}
        return _compact(told)

    @classmethod
    def read(cls, text: str) -> Sent:
        """Empty fields where it is none of ours."""
        told = _object(text)
        return cls(*(_text(told, name) for name in ("s", "c", "a", "w")))


def _compact(told: dict[str, str]) -> str:
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False) if told else ""


def _object(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
