"""Microsoft's servers, played on the loopback interface: the connector, the sign-in, the keys.

It signs tokens of its own, refuses what has none of ours, keeps to the documented limits, and
plays bad weather.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any, Final

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

Json = dict[str, Any]

APP: Final = "11111111-2222-3333-4444-555555555555"
SECRET: Final = "a secret of the app"
TENANT: Final = "tenant-1"
TEAM: Final = "19:team@thread.tacv2"
ISSUER: Final = "https://api.botframework.com"
#: Sends to one conversation, and everything in a tenant: so many within so many seconds.
TO_A_CHAT: Final = ((7, 1.0), (8, 2.0), (60, 30.0))
IN_A_TENANT: Final = ((30, 1.0),)
LARGEST: Final = 28_000
PAGE: Final = 2


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True, slots=True)
class Weather:
    """What becomes of one call: the status it is answered with (0 cuts the line), and whether it
    was taken all the same."""

    status: int
    arrives: bool = False
    retry_after: str = ""
    #: Where a redirect leads.
    location: str = ""
    #: What the answer waits for.
    after: asyncio.Event | None = None
    body: str = '{"error": {"code": "Stormy", "message": "SECRET words of somebody"}}'


@dataclass
class Chat:
    id: str
    members: list[str]
    #: Activity id -> what it shows now.
    messages: dict[str, Json] = field(default_factory=dict)
    redrawn: int = 0


@dataclass
class Stub:
    clock: Callable[[], float] = time.monotonic
    address: str = ""
    chats: dict[str, Chat] = field(default_factory=dict)
    #: User -> their account.
    people: dict[str, Json] = field(default_factory=dict)
    #: Who has the app.
    installed: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    #: For the calls to come, by what they do: send, update, create, member, page, token, keys.
    weather: dict[str, deque[Weather]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[tuple[str, str]] = field(default_factory=list)
    signing: str = "k1"
    published: list[str] = field(default_factory=lambda: ["k1"])
    endorsements: list[str] = field(default_factory=lambda: ["msteams"])
    limited: bool = True
    refused: int = 0
    _times: dict[str, deque[float]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=2_000))
    )
    _ids: Any = field(default_factory=lambda: count(1))
    _tokens: set[str] = field(default_factory=set)

    @property
    def region(self) -> str:
        return f"{self.address}/emea/"

    def environ(self, **more: str) -> dict[str, str]:
        return {
            "TEAMS_APP_ID": APP,
            "TEAMS_APP_PASSWORD": SECRET,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_SERVICE_URLS": self.address,
            "TEAMS_OPENID_METADATA_URL": f"{self.address}/metadata",
            "TEAMS_LOGIN_URL": self.address,
            "ITPULSE_PUBLIC_URL": "https://itpulse.example.com",
            **more,
        }

    def hire(self, user: str, email: str, installed: bool = True, **more: Any) -> None:
        name = email.partition("@")[0].title()
        told = {"name": name, "email": email, "userPrincipalName": email, **more}
        self.people[user] = {"id": user, "objectId": f"aad-{user}", "tenantId": TENANT} | told
        if installed:
            self.installed.add(user)

    def token(self, **claims: Any) -> str:
        """What Teams shows when it posts an activity."""
        now = int(time.time())
        told = {"iss": ISSUER, "aud": APP, "serviceurl": self.region, "nbf": now, "exp": now + 600}
        told |= claims
        kept = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(kept, key(self.signing), "RS256", {"kid": self.signing})

    def chat_of(self, user: str) -> Chat:
        """Somebody's own chat with the bot, as it is made at the installation or by the bot."""
        id = f"a:{user}"
        return self.chats.setdefault(id, Chat(id, [user]))

    def shown(self, user: str) -> list[Json]:
        return list(self.chat_of(user).messages.values())

    def cards(self, user: str) -> list[Json]:
        return [m["attachments"][0]["content"] for m in self.shown(user) if "attachments" in m]

    def done(self, what: str) -> int:
        return sum(1 for kind, _ in self.calls if kind == what)

    # --- the servers --------------------------------------------------------------------------

    def application(self) -> web.Application:
        app = web.Application(client_max_size=1_000_000)
        chat = "/{region}/v3/conversations/{chat}"
        app.add_routes(
            [
                web.get("/metadata", self._metadata),
                web.get("/keys", self._keys),
                web.post("/{tenant}/oauth2/v2.0/token", self._sign_in),
                web.get("/identity", self._identify),
                web.post("/{region}/v3/conversations", self._create),
                web.post(f"{chat}/activities", self._send),
                web.post(f"{chat}/activities/{{id}}", self._send),
                web.put(f"{chat}/activities/{{id}}", self._update),
                web.get(f"{chat}/members/{{user}}", self._member),
                web.get(f"{chat}/pagedmembers", self._page),
            ]
        )
        return app

    async def _metadata(self, request: web.Request) -> web.Response:
        told = {"issuer": ISSUER, "jwks_uri": f"{self.address}/keys"}
        return await self._played("keys", request, lambda: web.json_response(told))

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [self._public(name) for name in self.published]})

    def _public(self, name: str) -> Json:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key(name).public_key()))
        return {**told, "kid": name, "endorsements": self.endorsements}

    async def _sign_in(self, request: web.Request) -> web.Response:
        form = await request.post()

        def answer() -> web.Response:
            asked = (form.get("client_id"), form.get("client_secret"), form.get("scope"))
            if asked != (APP, SECRET, "https://api.botframework.com/.default"):
                return web.json_response({"error": "invalid_client"}, status=401)
            token = f"token-{request.match_info['tenant']}-{next(self._ids)}"
            self._tokens.add(token)
            return web.json_response({"access_token": token, "expires_in": 3_600})

        return await self._played("token", request, answer)

    async def _identify(self, request: web.Request) -> web.Response:
        """The endpoint of a machine's own identity."""
        self.calls.append(("identity", ""))
        asked = (request.query.get("client_id"), request.query.get("resource"))
        if asked != (APP, "https://api.botframework.com"):
            return web.json_response({"statusCode": 400}, status=400)
        token = f"identity-{next(self._ids)}"
        self._tokens.add(token)
        return web.json_response({"access_token": token, "expires_on": int(time.time()) + 86_400})

    async def _create(self, request: web.Request) -> web.Response:
        told = await request.json()
        [member] = told["members"]
        user = member["id"]

        def answer() -> web.Response:
            # The library spells it so; Microsoft reads names in any case.
            tenant = {name.lower(): value for name, value in told.items()}.get("tenantid")
            if user not in self.installed or tenant != TENANT:
                return self._error(403, "BotNotInConversationRoster")
            return web.json_response({"id": self.chat_of(user).id}, status=201)

        return await self._played("create", request, answer, user)

    async def _send(self, request: web.Request) -> web.Response:
        told = await request.json()
        chat = self.chats.get(request.match_info["chat"])

        def answer() -> web.Response:
            if chat is None:
                return self._error(404, "ConversationNotFound")
            if not set(chat.members) - self.blocked or not set(chat.members) & self.installed:
                return self._error(403, "MessageWritesBlocked")
            if len(json.dumps(told)) > LARGEST:
                return self._error(413, "MessageSizeTooBig")
            id = f"1:{next(self._ids)}"
            chat.messages[id] = told
            return web.json_response({"id": id}, status=201)

        return await self._played("send", request, answer, request.match_info["chat"])

    async def _update(self, request: web.Request) -> web.Response:
        told = await request.json()
        chat, id = self.chats.get(request.match_info["chat"]), request.match_info["id"]

        def answer() -> web.Response:
            if chat is None or id not in chat.messages:
                return self._error(404, "ActivityNotFoundInConversation")
            chat.messages[id] = told
            chat.redrawn += 1
            return web.json_response({"id": id})

        return await self._played("update", request, answer, request.match_info["chat"])

    async def _member(self, request: web.Request) -> web.Response:
        person = self.people.get(request.match_info["user"])

        def answer() -> web.Response:
            return web.json_response(person) if person else self._error(404, "MemberNotFound")

        return await self._played("member", request, answer)

    async def _page(self, request: web.Request) -> web.Response:
        every = [*self.people.values(), {"id": "28:other-bot", "name": "Bot"}]
        start = int(request.query.get("continuationToken", 0))

        def answer() -> web.Response:
            if request.match_info["chat"] != TEAM:
                return self._error(404, "ConversationNotFound")
            more = {"continuationToken": str(start + PAGE)} if start + PAGE < len(every) else {}
            return web.json_response({"members": every[start : start + PAGE], **more})

        return await self._played("page", request, answer)

    async def _played(
        self, what: str, request: web.Request, answer: Callable[[], web.Response], chat: str = ""
    ) -> web.Response:
        self.calls.append((what, chat))
        if what not in ("token", "keys") and not self._knows(request):
            return self._error(401, "Unauthorized")
        if self.limited and what in ("send", "update", "create") and self._too_often(chat):
            self.refused += 1
            return web.json_response({}, status=429, headers={"Retry-After": "1"})
        weather = self.weather[what].popleft() if self.weather[what] else None
        if weather and weather.after:
            await weather.after.wait()
        if weather is None or weather.arrives:
            arrived = answer()
            if weather is None or weather.status == 200:
                return arrived
        if not weather.status:
            assert request.transport
            request.transport.abort()
        told = {"Retry-After": weather.retry_after, "Location": weather.location}
        headers = {name: value for name, value in told.items() if value}
        return web.Response(status=weather.status or 500, text=weather.body, headers=headers)

    def _knows(self, request: web.Request) -> bool:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return shown in self._tokens

    def _too_often(self, chat: str) -> bool:
        now = self.clock()
        for name, limits in ((chat, TO_A_CHAT), ("", IN_A_TENANT)):
            self._times[name].append(now)
            recent = self._times[name]
            if any(sum(1 for at in recent if now - at < s) > n for n, s in limits):
                return True
        return False

    def _error(self, status: int, code: str) -> web.Response:
        return web.json_response({"error": {"code": code, "message": "…"}}, status=status)


@asynccontextmanager
async def stub(clock: Callable[[], float] = time.monotonic) -> AsyncIterator[Stub]:
    played = Stub(clock)
    async with TestServer(played.application()) as server:
        played.address = f"http://127.0.0.1:{server.port}"
        yield played
