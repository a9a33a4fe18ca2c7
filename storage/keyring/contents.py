"""What every key ring keeps under which names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

from bot.domain.ballot import Keys
from bot.ports import KeyRing
from storage.errors import Damaged

#: Such as `it-weekly@2026-11-24` or `events@2026-11-22`. What begins with a dot is our own.
NAME: Final = re.compile(r"[a-z0-9@_-][a-z0-9@._-]{0,199}")
#: Bytes of each of the three keys, and what is left of them when they are destroyed.
_WIDTH: Final = 32
ZEROS: Final = bytes(3 * _WIDTH)


class AgingKeyRing(KeyRing, Protocol):
    """A key ring that also knows how long a name has been there."""

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names put more than so many seconds ago."""
        ...


def checked(name: str) -> str:
    """The name, where it may be one; raises ValueError."""
    if not NAME.fullmatch(name):
        raise ValueError("names in a key ring are made of a-z, 0-9, @, dot, dash and underscore")
    return name


def packed(keys: Keys) -> bytes:
    """Raises ValueError for what would not be read back as keys."""
    content = b"".join(keys)
    if len(content) != len(ZEROS) or content == ZEROS:
        raise ValueError(f"a key ring keeps three keys of {_WIDTH} bytes")
    return content


def unpacked(name: str, content: bytes) -> Keys | None:
    """None for zeros, which a destroying that was cut off leaves; raises Damaged."""
    if len(content) != len(ZEROS):
        raise Damaged(f"The keys of {name} are damaged: {len(content)} bytes are left of them")
    if content == ZEROS:
        return None
    return Keys(*(content[i : i + _WIDTH] for i in range(0, len(content), _WIDTH)))
