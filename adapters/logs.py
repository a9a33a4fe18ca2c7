"""Logs: one line an event, to standard error, and nobody's words in any of them."""

from __future__ import annotations

import logging
import re

from bot.faults import told

#: Ours; everybody else's DEBUG and INFO print payloads, which are answers.
OURS = "itpulse"


class Discreet(logging.Formatter):
    """Says where an exception happened, not what it held."""

    def formatException(self, ei: object) -> str:  # noqa: N802 – the name is logging's
        error = ei[1] if isinstance(ei, tuple) else None
        return told(error) if isinstance(error, BaseException) else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 – the name is logging's
        return ""


class Brief(logging.Filter):
    """Leaves out what asyncio names its tasks by: what they were given, and what they raised."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.split(r"[\n<(]", record.getMessage(), maxsplit=1)[0], ()
        return True


BRIEF = Brief()


def start(level: str) -> None:
    """`level` is a name of logging's, such as INFO, and ours alone: libraries stay at WARNING."""
    out = logging.StreamHandler()
    out.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[out], force=True)
    logging.getLogger(OURS).setLevel(level)
    logging.getLogger("asyncio").addFilter(BRIEF)
