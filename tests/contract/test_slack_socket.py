"""Socket Mode: the same things said and answered by a socket that we open ourselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.slack import person
from tests.slack.office import Office, open_office, texts
from tests.slack.workspace import APP_TOKEN
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.contract


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    async with open_office(tmp_path, url, secret="", app_token=APP_TOKEN) as opened:
        await opened.hire(*staff(20))
        await opened.ask(WEEKLY)
        await opened.at("2026-11-24T10:00:00+00:00")
        yield opened


async def test_a_press_is_saved_before_it_is_acknowledged(office: Office) -> None:
    ack = await office.workspace.tell("interactive", office.pressing("U1", "Satisfied"))
    assert "payload" not in ack
    await office.slack.tasks.idle()
    assert "What went well?" in office.text("U1")


async def test_a_word_is_answered_in_the_acknowledgement(office: Office) -> None:
    command = {
        "command": "/itpulse",
        "text": "privacy",
        "user_id": "U1",
        "team_id": person.TEAM,
        "channel_id": "C1",
        "trigger_id": office.workspace.trigger("U1"),
        "response_url": office.workspace.answers_to("U1"),
    }
    ack = await office.workspace.tell("slash_commands", command)
    assert ack["payload"]["response_type"] == "ephemeral"
    assert "sealed the moment you press" in texts(ack["payload"])


async def test_typed_words_come_by_the_socket_too(office: Office) -> None:
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "hm"}
    told = {"type": "event_callback", "team_id": person.TEAM, "event_id": "Ev1", "event": event}
    await office.workspace.tell("events_api", told)
    await office.slack.tasks.idle()
    assert "carries your name" in office.text("U1")


async def test_a_socket_that_slack_closes_is_opened_again(office: Office) -> None:
    first = await office.workspace.opened.get()
    await first.send_json({"type": "disconnect", "reason": "refresh"})
    async with asyncio.timeout(20):
        await office.workspace.opened.get()
    ack = await office.workspace.tell("interactive", office.pressing("U1", "Satisfied"))
    assert ack["envelope_id"]


async def test_the_doctor_tries_the_socket(office: Office) -> None:
    found = await office.slack.examine()
    assert [finding.what for finding in found][-1] == "Slack: the socket can be opened"
    office.workspace.revoked = True
    assert [finding.verdict for finding in await office.slack.examine()] == ["bad"]
