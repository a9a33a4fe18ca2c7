"""Where a control stood, which is where its answer is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from adapters.slack.limits import PRIVATE_METADATA


@dataclass(frozen=True, slots=True)
class Stand:
    """A message (`channel` and `ts`), one that only its reader sees (`respond_to`), a modal
    (`view`) or the App Home (`home`); several where there are several ways back."""

    channel: str = ""
    ts: str = ""
    #: Slack's address for answers in that place, good for five of them within half an hour.
    respond_to: str = ""
    view: str = ""
    home: bool = False

    @property
    def is_message(self) -> bool:
        """A message that can be drawn anew: those that only their reader sees have no place."""
        return bool(self.channel and self.ts)

    @property
    def key(self) -> str:
        """What is drawn anew here is drawn one after the other; every press on a message has
        another address for answers, and the message is the same."""
        return f"{self.channel}|{self.ts}" if self.is_message else self.view or self.respond_to

    def wire(self) -> str:
        """Fits into a view's private_metadata."""
        told = json.dumps({name: value for name, value in asdict(self).items() if value})
        return told if len(told) <= PRIVATE_METADATA else "{}"

    @classmethod
    def read(cls, told: object) -> Stand:
        try:
            found = json.loads(told) if isinstance(told, str) and told else {}
            return cls(**found)
        except (ValueError, TypeError):
            return cls()


def stood(payload: Mapping[str, Any]) -> Stand:
    """Where what was used stood, by the payload of a press or of a command."""
    box = payload.get("container") or {}
    respond_to = str(payload.get("response_url") or "")
    if view := payload.get("view"):
        is_home = view.get("type") == "home"
        return Stand(view="" if is_home else str(view.get("id") or ""), home=is_home)
    if box.get("is_ephemeral"):
        return Stand(respond_to=respond_to)
    channel, ts = str(box.get("channel_id") or ""), str(box.get("message_ts") or "")
    return Stand(channel, ts, respond_to)
