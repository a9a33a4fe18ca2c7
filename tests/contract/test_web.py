"""The web server's own routes, and what it says of a bug."""

from __future__ import annotations

import logging
from base64 import b64encode
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import create_engine, text

from adapters.settings import Settings
from adapters.web import application
from itpulse import House
from storage import migrate_if_needed

pytestmark = pytest.mark.contract


async def _ready() -> str | None:
    return None


async def test_alive_and_ready_are_said_without_a_password() -> None:
    async with TestClient(TestServer(application(_ready, "open sesame"))) as client:
        assert (await client.get("/healthz")).status == 200
        assert await (await client.get("/readyz")).json() == {"ready": True, "wrong": None}


async def test_everything_else_asks_for_the_password() -> None:
    async def inside(_request: web.Request) -> web.Response:
        return web.Response(text="in")

    app = application(_ready, "open sesame")
    app.router.add_get("/", inside)
    async with TestClient(TestServer(app)) as client:
        for said in ("", "Basic", "Basic !!!", f"Basic {b64encode(b'me:wrong').decode()}"):
            answer = await client.get("/", headers={"Authorization": said} if said else {})
            assert answer.status == 401
        right = b64encode(b"anybody:open sesame").decode()
        answer = await client.get("/", headers={"Authorization": f"Basic {right}"})
        assert await answer.text() == "in"


async def test_a_bug_is_logged_by_its_number_and_never_by_what_it_held(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(_request: web.Request) -> web.Response:
        raise ValueError("canary words of somebody")

    app = application(_ready)
    app.router.add_get("/broken", broken)
    with caplog.at_level(logging.DEBUG):
        async with TestClient(TestServer(app)) as client:
            answer = await client.get("/broken")
            said = (await answer.json())["error"]
    assert answer.status == 500
    number = said.split("number ")[1].split(")")[0]
    assert number in caplog.text
    assert "canary" not in caplog.text + said


async def test_tables_of_another_version_are_not_ready(tmp_path: Path, database_url: str) -> None:
    migrate_if_needed(database_url)
    house = House(Settings(database_url, f"file://{tmp_path}/keys", "WARNING"), None)
    try:
        assert await house.ready() is None
        engine = create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        engine.dispose()
        assert "itpulse migrate" in (await house.ready() or "")
    finally:
        await house.close()
