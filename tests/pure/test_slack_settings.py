"""What Slack's room wants set, and the manifest it hands out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.slack import app_manifest, connect
from adapters.slack.manifest import EVENTS, SCOPES
from bot.errors import Fault

SET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
PUBLIC = {"ITPULSE_PUBLIC_URL": "https://itpulse.example.com"}
DOCS = Path(__file__).parents[2] / "docs" / "slack.md"


def test_without_settings_there_is_no_slack() -> None:
    assert connect({}) is None
    assert connect({"SLACK_PACE": "4", **PUBLIC}) is None


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN is missing (Slack app › OAuth"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET is missing (Slack app › Basic"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_SIGNING_SECRET": "s"}, "not built yet"),
        ({**SET, "SLACK_PACE": "fast"}, "SLACK_PACE"),
        ({**SET, "SLACK_PACE": "0"}, "SLACK_PACE"),
    ],
)
def test_half_set_says_where_the_rest_is_found(environ: dict[str, str], says: str) -> None:
    with pytest.raises(Fault) as raised:
        connect(environ)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("environ", "there"),
    [
        ({**PUBLIC, "ITPULSE_SECRET_KEY": "k" * 32}, True),
        (PUBLIC, False),
        ({"ITPULSE_SECRET_KEY": "k" * 32}, False),
        ({"ITPULSE_PUBLIC_URL": "http://10.0.0.1", "ITPULSE_SECRET_KEY": "k" * 32}, False),
    ],
)
def test_pictures_want_a_secret_and_an_address_that_slack_can_fetch_them_from(
    environ: dict[str, str], there: bool
) -> None:
    slack = connect({**SET, **environ})
    assert slack
    assert bool(slack.pictures) is there


async def test_the_socket_needs_no_signing_secret() -> None:
    slack = connect({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_PACE": "2.5"})
    assert slack
    assert slack.pace("T1").per_second == 2.5
    await slack.close()


def test_the_manifest_is_ready_to_be_pasted() -> None:
    written = app_manifest(PUBLIC, socket=False)
    address = "https://itpulse.example.com/slack/events"
    assert written["settings"]["event_subscriptions"]["request_url"] == address
    assert written["settings"]["interactivity"]["request_url"] == address
    assert [c["url"] for c in written["features"]["slash_commands"]] == [address]
    assert not written["settings"]["socket_mode_enabled"]
    assert json.dumps(written)


def test_by_a_socket_the_manifest_names_no_address() -> None:
    written = app_manifest({}, socket=True)
    assert written["settings"]["socket_mode_enabled"]
    assert "https://" not in json.dumps(written)


def test_a_manifest_without_an_address_says_what_to_do() -> None:
    for environ in ({}, {"ITPULSE_PUBLIC_URL": "http://intranet"}):
        with pytest.raises(Fault, match="--socket"):
            app_manifest(environ, socket=False)


def test_what_slack_cuts_is_short_enough_in_the_manifest() -> None:
    written = app_manifest(PUBLIC, socket=False)
    about = written["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    for shortcut in written["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in written["features"]["slash_commands"]:
        assert len(command["description"]) <= 2_000


def test_every_scope_has_its_reason_in_the_documents() -> None:
    told = DOCS.read_text()
    for scope, why in SCOPES.items():
        assert f"| `{scope}` | {why} |" in told
    for event in EVENTS:
        assert f"`{event}`" in told
