"""A window that stays open although it was saved is sent again: the same words in it are the same
event, under whatever trigger they come.

Only in memory: what is written of an event must not depend on what somebody answered.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_bytes
from typing import Any, Final

from bot.events import Submitted

#: Windows remembered at most.
REMEMBERED: Final = 10_000


class Repeats:
    def __init__(self) -> None:
        #: What was sent in which form of which window -> the event's id.
        self._sent: OrderedDict[bytes, str] = OrderedDict()
        self._key = token_bytes(32)

    def same(self, view: Mapping[str, Any], event: Submitted) -> Submitted:
        """The event, under the id it had when it was sent first."""
        mark = self._mark(view, event)
        id = self._sent.setdefault(mark, event.id)
        if len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)
        return replace(event, id=id)

    def _mark(self, view: Mapping[str, Any], event: Submitted) -> bytes:
        window = view.get("id"), view.get("hash"), event.who.space, event.who.user
        told = json.dumps([*window, event.ref.wire(), event.values], default=str)
        return hashlib.blake2b(told.encode(), digest_size=16, key=self._key).digest()
