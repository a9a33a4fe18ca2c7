"""What a refused call means to whoever sends, and what an admin can do about it. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from adapters.teams.tokens import NoToken
from adapters.teams.web import NotServed, Refused, Unanswered, Unheard
from bot.errors import Ambiguous, Busy, Unreachable

#: Answers by which nothing has been taken: asked too often, and somebody was faster.
WAIT: Final = frozenset({412, 429})
#: Answers of which nobody knows what became of the call, but a repeated one does no harm where it
#: only reads, redraws, or makes a chat that is made once.
SHAKEN: Final = frozenset({408, 500, 502, 503, 504})
#: Seconds before the first attempt after a refusal; doubled each time, up to the longest.
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
#: Seconds where our own sign-in fails, which nobody mends by waiting a moment.
NO_TOKEN_WAIT: Final = 60.0
#: Why somebody cannot be reached, and what an admin can do.
BLOCKED: Final = (
    "has blocked or removed the app in Teams; ask them to add it again, or install it for them "
    "by policy (Teams admin center › Teams apps › Setup policies)"
)
NOT_INSTALLED: Final = (
    "does not have the app in Teams; install it for them by policy "
    "(Teams admin center › Teams apps › Setup policies)"
)
NEVER_HEARD: Final = (
    "no message has come from their Microsoft 365 tenant yet; install the app there and say "
    "hello to it once"
)
NOT_LISTED: Final = (
    "their tenant names a service address that is not in TEAMS_SERVICE_URLS; add it there if it "
    "is Microsoft's"
)
TOO_LARGE: Final = "the card is too large for Teams; make the pulse shorter"
GONE: Final = "the message is not there any more"
UNREACHABLE: Final = {403: BLOCKED, 404: GONE, 413: TOO_LARGE}


def meaning(error: Exception, wait: Callable[[], float]) -> Exception:
    """Busy, Unreachable or Ambiguous; `wait` gives the seconds of the next back-off."""
    match error:
        case Refused():
            return _refused(error, wait)
        case NoToken():
            return Busy(NO_TOKEN_WAIT)
        case Unheard():
            return Busy(wait())
        case Unanswered():
            return Ambiguous()
        case NotServed():
            return Unreachable(NOT_LISTED)
        case _:
            return error


def _refused(error: Refused, wait: Callable[[], float]) -> Exception:
    if error.status in WAIT:
        return Busy(max(error.retry_after or 0.0, wait()))
    if error.status in SHAKEN:
        return Ambiguous()
    if error.status == 401:
        return Busy(NO_TOKEN_WAIT)
    said = f"Teams answered {error.status} {error.code}".strip()
    return Unreachable(UNREACHABLE.get(error.status, said))


def back_off(count: int) -> float:
    """Seconds before the next attempt after so many refusals in a row: twice as long each time,
    and never the same for two who were refused together."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(count - 1, 10)) * random.uniform(0.5, 1.0)
