"""Slack's servers for one workspace, as far as a bot can tell: tokens, scopes, limits, windows that
open only in time, conversations with `ts`, metadata and history, and bad weather.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.slack import person
from tests.slack.methods import (
    APP_TOKEN,
    MOST_ANSWERS,
    TOKEN,
    Json,
    Limit,
    Methods,
    Refused,
    Weather,
)

__all__ = ["APP_TOKEN", "TOKEN", "Limit", "Weather", "Workspace"]


class Workspace(Methods):
    """The same over HTTP and by a socket."""

    def __init__(self, team: str = person.TEAM) -> None:
        super().__init__(team)
        self.sockets: list[web.WebSocketResponse] = []
        self.opened: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        #: Acknowledgements that came by a socket.
        self.acks: asyncio.Queue[Json] = asyncio.Queue()

    async def called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _given(request)
        self.calls.append((method, given))
        weather = self.sky(method, given)
        if weather and not weather.done:
            return await self._stormy(request, weather)
        try:
            self._check_token(request, method)
            body = self.do(method, given)
        except Refused as refused:
            body = refused.body
            if body["error"] == "ratelimited":
                headers = {"Retry-After": f"{body.pop('wait'):.3f}"}
                return web.json_response(body, status=429, headers=headers)
        if weather:
            if weather.kind != "no ts":
                return await self._stormy(request, weather)
            body.pop("ts", None)
            body.pop("message", None)
        return web.json_response(body, headers={"x-oauth-scopes": self.scopes})

    async def _stormy(self, request: web.Request, weather: Weather) -> web.StreamResponse:
        match weather.kind:
            case "429":
                body = {"ok": False, "error": "ratelimited"}
                return web.json_response(body, status=429, headers={"Retry-After": weather.wait})
            case "500":
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            case "fatal":
                return web.json_response({"ok": False, "error": "fatal_error"})
            case "html":
                return web.Response(text="<html>Bad gateway", status=502, content_type="text/html")
            case "slow":
                await asyncio.Event().wait()
            case _:
                pass
        assert request.transport
        request.transport.close()
        return web.Response()

    def _check_token(self, request: web.Request, method: str) -> None:
        told = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not told:
            raise Refused("not_authed")
        if told != (APP_TOKEN if method == "apps.connections.open" else TOKEN):
            raise Refused("invalid_auth")
        if self.revoked:
            raise Refused("token_revoked")

    async def responded(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        address, given = f"{self.address}/respond/{name}", await request.json()
        self.answered[name] += 1
        if self.answered[name] > MOST_ANSWERS:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        try:
            self.check_message({**given, "text": given.get("text") or "-"})
        except Refused as refused:
            return web.json_response(refused.body, status=400)
        if given.get("replace_original"):
            self.whispers[address][-1:] = [given]
        else:
            self.whispers[address].append(given)
        return web.Response(text="ok")

    async def listened(self, request: web.Request) -> web.StreamResponse:
        """The other end of Socket Mode."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self.opened.put_nowait(socket)
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            self.acks.put_nowait(json.loads(message.data))
        return socket

    async def tell(self, kind: str, payload: Json) -> Json:
        """Something said by the socket that was opened last; gives what comes back."""
        about = {"type": kind, "envelope_id": f"e{self.ticks}", "accepts_response_payload": True}
        self.ticks += 1
        await self.sockets[-1].send_json({**about, "payload": payload})
        while (ack := await self.acks.get()).get("envelope_id") != about["envelope_id"]:
            pass
        return ack

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Serves on loopback; gives SLACK_API_URL."""
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/api/{method}", self.called)
        app.router.add_post("/respond/{name}", self.responded)
        app.router.add_get("/socket", self.listened)
        async with TestServer(app) as server:
            self.address = str(server.make_url("")).rstrip("/")
            yield f"{self.address}/api/"
            for socket in self.sockets:
                await socket.close()


async def _given(request: web.Request) -> Json:
    told: Mapping[str, Any] = request.query
    if request.content_type == "application/json":
        told = await request.json()
    elif request.method == "POST":
        told = {**told, **await request.post()}
    return {name: _unpacked(name, value) for name, value in told.items()}


def _unpacked(name: str, value: Any) -> Any:
    packed = name in ("blocks", "view", "metadata") and isinstance(value, str)
    return json.loads(value) if packed else value
