"""The whole house with Teams connected, as `itpulse serve` opens it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

import itpulse
from adapters import web
from bot import wording
from bot.errors import Fault
from tests.contract import teams_client as client
from tests.contract.teams_stub import Stub, stub

pytestmark = pytest.mark.contract


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings, and the logs afterwards as before: a house that is opened starts its own."""
    for name in ("ITPULSE_DATABASE_URL", "ITPULSE_KEYRING", "ITPULSE_METRICS_PORT"):
        monkeypatch.delenv(name, raising=False)
    handlers, level = list(logging.root.handlers), logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def connect(monkeypatch: pytest.MonkeyPatch, played: Stub) -> None:
    for name, value in played.environ().items():
        monkeypatch.setenv(name, value)


async def test_somebody_who_installs_the_app_is_greeted_by_the_whole_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stub() as played:
        connect(monkeypatch, played)
        played.hire("29:mia", "mia@example.com")
        played.chat_of("29:mia")
        async with itpulse.open_house(tmp_path, talking=True) as house:
            [teams] = house.chats
            app = web.application(house.ready)
            teams.mount(app, house.handle)
            async with TestClient(TestServer(app)) as http:
                headers = {"Authorization": f"Bearer {played.token()}"}
                arrived = client.activity("installationUpdate", action="add", service=played.region)
                async with http.post("/api/messages", json=arrived, headers=headers) as response:
                    assert response.status == 201
                async with http.post("/api/messages", json=arrived) as response:
                    assert response.status == 401
        [greeting] = played.shown("29:mia")
        assert greeting["summary"] == wording.WELCOME


async def test_a_bug_is_told_by_a_number_and_not_by_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with stub() as played:
        connect(monkeypatch, played)
        async with itpulse.open_house(tmp_path, talking=True) as house:
            logging.root.setLevel(logging.DEBUG)
            [teams] = house.chats
            app = web.application(house.ready)

            async def broken(_event: object) -> object:
                raise RuntimeError("CANARY words of somebody")

            teams.mount(app, broken)  # type: ignore[arg-type]  # a bug is not well typed
            async with TestClient(TestServer(app)) as http:
                headers = {"Authorization": f"Bearer {played.token()}"}
                said = client.typed("CANARY", service=played.region)
                async with http.post("/api/messages", json=said, headers=headers) as response:
                    assert response.status == 500
                    assert "CANARY" not in await response.text()
    logged = capsys.readouterr().err
    assert "RuntimeError at" in logged
    assert "CANARY" not in logged


async def test_doctor_looks_at_teams_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stub() as played:
        connect(monkeypatch, played)
        told = {finding.what: finding.verdict for finding in await itpulse.examine(tmp_path)}
    assert told["Teams: the bot can sign in"] == "ok"
    assert told["Teams: Microsoft's public keys are there"] == "ok"


async def test_half_of_the_settings_open_no_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEAMS_APP_ID", "11111111-2222-3333-4444-555555555555")
    monkeypatch.delenv("TEAMS_APP_PASSWORD", raising=False)
    with pytest.raises(Fault, match="TEAMS_APP_PASSWORD is missing"):
        async with itpulse.open_house(tmp_path, talking=True):
            pass
