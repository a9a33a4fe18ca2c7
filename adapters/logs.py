"""Logs: one line an event, to standard error, and nobody's words in any of them."""

from __future__ import annotations

import logging

from bot.faults import told

#: Their DEBUG prints payloads, which are answers.
LIBRARIES = (
    "aiohttp",
    "apscheduler",
    "asyncio",
    "sqlalchemy",
    "alembic",
    "slack_bolt",
    "slack_sdk",
)


class Discreet(logging.Formatter):
    """Says where an exception happened, not what it held."""

    def formatException(self, ei: object) -> str:  # noqa: N802 – the name is logging's
        error = ei[1] if isinstance(ei, tuple) else None
        return told(error) if isinstance(error, BaseException) else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 – the name is logging's
        return ""


def start(level: str) -> None:
    """`level` is a name of logging's, such as INFO; libraries say no less than WARNING."""
    out = logging.StreamHandler()
    out.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[out], force=True)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
