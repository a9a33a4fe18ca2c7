"""One thing that fails does not keep the next one from its turn."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.faults import told

log = logging.getLogger("itpulse.clock")


@contextmanager
def apart(doing: str) -> Iterator[None]:
    """Whatever goes wrong inside is written down, and tried again by the next tick."""
    try:
        yield
    except Exception as error:
        log.error("%s failed: %s", doing, told(error))
