"""Calls to Microsoft's servers, over connections that are kept; never by the library's own
blocking client, and never a second time by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp

#: Seconds: to connect, and for a whole call.
CONNECT: Final = 5.0
WHOLE: Final = 15.0


class Refused(Exception):
    """A server answered that it will not."""

    def __init__(self, status: int, retry_after: float | None = None, code: str = "") -> None:
        super().__init__(f"answered {status} {code}".strip())
        self.status = status
        #: Seconds it asked us to wait.
        self.retry_after = retry_after
        #: Microsoft's own word for it.
        self.code = code


class Unheard(Exception):
    """Nobody was there: the call was certainly not taken."""


class Unanswered(Exception):
    """The call went out and no answer came back; what became of it nobody knows."""


class NotServed(Exception):
    """The address is none of those that may be called."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Calls:
    """One session for all calls, made in the loop that first needs it."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises Refused, Unheard or Unanswered."""
        try:
            # A redirect could lead the bot's token to somewhere that is not on the list.
            request = self._open().request(
                method, url, headers=headers, data=body, allow_redirects=False
            )
            async with request as response:
                answer = Answer(response.status, response.headers, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unheard(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Unanswered(type(error).__name__) from None
        if answer.status >= 300:
            raise Refused(answer.status, _retry_after(answer.headers), _code(answer.body))
        return answer

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=WHOLE, sock_connect=CONNECT)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds; the header may also hold a date, which is then reckoned from the answer's own."""
    told = headers.get("Retry-After", "")
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        until, now = (parsedate_to_datetime(t) for t in (told, headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _code(body: bytes) -> str:
    """`{"error": {"code": …}}`; of a message only that, because it may quote what was sent."""

    try:
        told: Any = json.loads(body)
        code = told["error"]["code"]
    except (ValueError, TypeError, LookupError):
        return ""
    return code if isinstance(code, str) and code.isalnum() and len(code) < 60 else ""
