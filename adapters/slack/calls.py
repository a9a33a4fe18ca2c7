"""Calls of Slack's Web API, and what its answers mean to a sender."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Busy

#: Seconds for one call.
PATIENCE: Final = 10
#: Seconds to wait where Slack does not say how long, or could not be reached at all.
A_WHILE: Final = 5.0
#: Codes that say neither that something was done nor that it was not.
UNSURE: Final = frozenset({"fatal_error", "internal_error", "request_timeout"})
#: Codes by which Slack asks for patience.
LATER: Final = frozenset(
    {"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"}
)
#: What something between us and Slack answers while the call may still be on its way.
FROM_BETWEEN: Final = frozenset({502, 504})
#: Methods that are read by GET.
READING: Final = frozenset({"conversations.history", "users.list"})


class Denied(Exception):
    """Slack said no, and nothing was done."""

    def __init__(self, code: str, needed: str = "") -> None:
        super().__init__(code)
        self.code = code
        #: The scope that is missing, where that was the reason.
        self.needed = needed


class Unsure(Exception):
    """Something may or may not have been done."""

    def __init__(self, answered: bool) -> None:
        super().__init__("answered" if answered else "no answer")
        #: Slack did answer, so nothing of this call is still on its way.
        self.answered = answered


class Calls:
    """One workspace's way to Slack. A method that was asked to wait is not called before."""

    def __init__(self, token: str, api_url: str) -> None:
        # The SDK's own retries are left out: they would post a message twice.
        self._client = AsyncWebClient(token, api_url, PATIENCE, retry_handlers=[])
        if _is_loopback(api_url):
            self._client.proxy = None
        self._closed_until: dict[str, float] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def client(self) -> AsyncWebClient:
        return self._client

    async def __call__(self, method: str, /, **given: Any) -> Mapping[str, Any]:
        """The answer; raises Busy, Denied or Unsure."""
        body, _headers = await self.answer(method, **given)
        return body

    async def answer(
        self, method: str, /, **given: Any
    ) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """The answer with its headers."""
        self._wait_if_asked(method)
        self._keep_open()
        how = {"http_verb": "GET", "params": given} if method in READING else {"json": given}
        try:
            response = await self._client.api_call(method, **how)
        except SlackApiError as error:
            raise self._meant(method, error.response) from None
        except aiohttp.ClientConnectorError:
            raise Busy(A_WHILE) from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise Unsure(answered=False) from None
        body = response.data
        return (body if isinstance(body, dict) else {}), response.headers

    async def respond(self, address: str, **message: Any) -> None:
        """An answer by a response_url; raises Busy, Denied or Unsure."""
        self._keep_open()
        assert self._session
        try:
            async with self._session.post(address, json=message) as response:
                if response.status == 429:
                    raise Busy(_seconds(response.headers))
                if response.status >= 500:
                    raise Unsure(answered=response.status not in FROM_BETWEEN)
                told = (await response.text())[:500]
        except aiohttp.ClientConnectorError:
            raise Busy(A_WHILE) from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise Unsure(answered=False) from None
        if response.status != 200 or "invalid_blocks" in told:
            raise Denied("invalid_blocks" if "invalid_blocks" in told else "no_response_url")

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            # aiohttp lets go of its sockets in the next turn of the loop.
            await asyncio.sleep(0)
            self._session = self._client.session = None

    def _keep_open(self) -> None:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=PATIENCE)
            self._session = aiohttp.ClientSession(timeout=timeout)
            self._client.session = self._session

    def _wait_if_asked(self, method: str) -> None:
        left = self._closed_until.get(method, 0.0) - asyncio.get_running_loop().time()
        if left > 0:
            raise Busy(left)

    def _meant(self, method: str, response: Any) -> Exception:
        status, body = _status(response), _body(response)
        code = str(body.get("error") or "")
        if status == 429 or code in LATER:
            seconds = _seconds(response.headers)
            now = asyncio.get_running_loop().time()
            self._closed_until[method] = now + seconds
            return Busy(seconds)
        if not code or status >= 500 or code in UNSURE:
            return Unsure(answered=status not in FROM_BETWEEN)
        return Denied(code, str(body.get("needed") or ""))


def _status(response: Any) -> int:
    # The SDK hands over its own response, or aiohttp's where the body was no JSON.
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)


def _body(response: Any) -> Mapping[str, Any]:
    body = getattr(response, "data", None)
    return body if isinstance(body, dict) else {}


def _seconds(headers: Mapping[str, str]) -> float:
    told = headers.get("Retry-After", "")
    return float(told) if told.replace(".", "", 1).isdecimal() else A_WHILE


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host == "localhost" or host.startswith("127.") or host == "::1"
