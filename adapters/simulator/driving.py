"""One program at a time drives a demo: two clocks would take each other's work in hand."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.errors import Fault


class Wheel:
    """A lock on a file, gone with the program that holds it, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: int | None = None

    def take(self) -> None:
        """Raises Fault where another program has it."""
        if self._held is None:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                raise Fault(
                    [
                        f"The demo in {self._path.parent} is in use by another program (demo, "
                        "serve or replay). Stop that one first, or take another --data folder."
                    ]
                ) from None
            self._held = file

    def let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None
