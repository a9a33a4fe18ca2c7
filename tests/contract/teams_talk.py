"""Teams on one side, our route on the other, a script or an engine behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from adapters.teams.platform import Teams
from adapters.teams.reach import Reach
from adapters.teams.settings import Settings
from bot.cards import Reply
from bot.events import Address, Event
from tests.contract import teams_client as client
from tests.contract.teams_clock import Clock
from tests.contract.teams_stub import TEAM, TENANT, Stub, stub

Handle = Callable[[Event], Awaitable[Reply]]
Json = dict[str, Any]

MIA: Final = Address("teams", TENANT, "29:mia")


class Talk:
    def __init__(self, http: TestClient[web.Request, web.Application], teams: Teams, stub: Stub):
        self.http = http
        self.teams = teams
        self.stub = stub

    async def post(self, activity: Json | bytes, token: str | None = None) -> ClientResponse:
        """As Teams posts it, with a token unless another one is given (none where it is empty)."""
        shown = self.stub.token() if token is None else token
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if shown:
            headers["Authorization"] = f"Bearer {shown}"
        if isinstance(activity, bytes):
            return await self.http.post("/api/messages", data=activity, headers=headers)
        return await self.http.post("/api/messages", json=activity, headers=headers)

    async def does(self, activity: Json) -> Any:
        """What an invoke is answered with; returns when everything has been shown."""
        async with await self.post({**activity, "serviceUrl": self.stub.region}) as response:
            assert response.status in (200, 201), (response.status, await response.text())
            told = await response.json() if response.status == 200 else None
        await self.teams.idle()
        return told

    async def types(self, text: str, user: str = "29:mia", **more: Any) -> None:
        await self.does(client.typed(text, user=user, **more))

    async def installs(self, user: str = "29:mia", action: str = "add") -> None:
        if action == "add":
            self.stub.installed.add(user)
        else:
            self.stub.installed.discard(user)
        self.stub.chat_of(user)
        await self.does(client.activity("installationUpdate", user=user, action=action))

    async def adds_to_team(self) -> None:
        team = {"tenant": {"id": TENANT}, "team": {"id": TEAM}}
        where = {"id": TEAM, "conversationType": "channel", "tenantId": TENANT}
        await self.does(
            client.activity(
                "conversationUpdate",
                channelData=team,
                conversation=where,
                membersAdded=[{"id": client.BOT}],
            )
        )

    def address(self, user: str = "29:mia", conversation: str = "") -> Address:
        reach = Reach(self.stub.region, conversation)
        return Address("teams", TENANT, user, reach.wire())


async def silent(_event: Event) -> Reply:
    return Reply()


@asynccontextmanager
async def talking(
    handle: Handle = silent, clock: Clock | None = None, patience: float = 10.0, **environ: str
) -> AsyncIterator[Talk]:
    clock = clock or Clock()
    async with stub(clock) as played:
        played.hire("29:mia", "mia@example.com")
        played.hire("29:raj", "raj@example.com")
        played.hire("29:zoe", "zoe@example.com", installed=False)
        teams = Teams(Settings.read(played.environ(**environ)), clock, clock.sleep, patience)
        app = web.Application(client_max_size=1_000_000)
        teams.mount(app, handle)
        try:
            async with TestClient(TestServer(app)) as http:
                yield Talk(http, teams, played)
        finally:
            await teams.close()
