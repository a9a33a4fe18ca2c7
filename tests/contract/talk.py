"""A client of the simulator's routes over real HTTP on the loopback interface."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.events import Address
from tests.contract.played import Scripted, played

Client = TestClient[Request, Application]
MIA: Final = Address("simulator", "demo", "u1")


class Talk:
    """A chat as a client of the routes has it."""

    def __init__(self, client: Client, scripted: Scripted) -> None:
        self.client = client
        self.scripted = scripted
        self.simulator = scripted.simulator

    async def say(self, **payload: object) -> Any:
        async with self.client.post("/simulator/chat/u1", json=payload) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def messages(self, user: str = "u1") -> list[Any]:
        async with self.client.get(f"/simulator/chat/{user}") as response:
            assert response.status == 200
            return list((await response.json())["messages"])

    async def summaries(self) -> list[tuple[str, str]]:
        return [(m["from"], m["summary"]) for m in await self.messages()]

    async def clock(self, **payload: object) -> Any:
        async with self.client.post("/simulator/clock", json=payload) as response:
            assert response.status == 200, await response.text()
            return await response.json()


@asynccontextmanager
async def talking(folder: Path) -> AsyncIterator[Talk]:
    app, scripted = played(folder)
    async with TestClient(TestServer(app)) as client:
        yield Talk(client, scripted)


async def error(response: ClientResponse) -> str:
    told = await response.json()
    assert list(told) == ["error"]
    assert told["error"].endswith(".")
    return str(told["error"])
