"""`POST /api/messages`, where Teams posts activities."""

from __future__ import annotations

import json
from typing import Final, NoReturn

from aiohttp import web

from adapters.chat import Handle
from adapters.teams.adapter import Adapter
from adapters.teams.gate import Forbidden, Foreign, KeysUnavailable, NotAuthentic
from adapters.teams.inbound import Malformed
from adapters.teams.turns import Turns
from adapters.teams.wire import Json

#: Bytes of an activity; Teams' own messages end far below.
LARGEST: Final = 256_000


class Routes:
    def __init__(self, adapter: Adapter, turns: Turns, handle: Handle) -> None:
        self._adapter = adapter
        self._turns = turns
        self._handle = handle

    async def messages(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._taken(request)
        except NotAuthentic:
            return _wrong(401, "This did not come from Teams.")
        except Forbidden:
            return _wrong(403, "This names a service address that is not answered to.")
        except Foreign:
            return _wrong(403, "This comes from a tenant that is not answered to.")
        except KeysUnavailable:
            return _wrong(503, "Microsoft's keys cannot be fetched right now.")
        except Malformed:
            return _wrong(400, "This is no activity.")
        except (TooLarge, web.HTTPRequestEntityTooLarge):
            return _wrong(413, "This is too large.")

    async def _taken(self, request: web.Request) -> web.StreamResponse:
        body = _activity(await _read(request))
        header = request.headers.get("Authorization", "")
        answer = await self._adapter.take(
            header, body, lambda activity: self._turns.take(activity, self._handle)
        )
        if answer is None:
            return web.Response(status=201)
        return web.json_response(answer.body, status=int(answer.status))


class TooLarge(Exception):
    """More than any activity."""


async def _read(request: web.Request) -> bytes:
    if (request.content_length or 0) > LARGEST:
        raise TooLarge
    body = await request.read()
    if len(body) > LARGEST:
        raise TooLarge
    return body


def _activity(body: bytes) -> Json:
    try:
        activity = json.loads(body.decode(), parse_constant=_no_number)
        # Half a surrogate pair passes as JSON and breaks the first database it is written to.
        json.dumps(activity, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str):
        raise Malformed
    return activity


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _wrong(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)
