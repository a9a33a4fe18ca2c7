"""What the doctor says of the settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.settings import NAMES, checked, connected

EXAMPLE = Path(__file__).parents[2] / ".env.example"
PUBLIC = {"ITPULSE_PUBLIC_URL": "https://pulse.example.com"}
SLACK = {"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxb-1", **PUBLIC}
TEAMS = {"TEAMS_APP_ID": "id", "TEAMS_APP_PASSWORD": "SECRET", "TEAMS_TENANT_ID": "t", **PUBLIC}


def told(environ: dict[str, str], is_demo: bool = False) -> list[str]:
    return [f"{f.verdict}: {f.what}" for f in checked(environ, is_demo)]


#: What an app for many workspaces has; none of their tokens is stored yet.
MANY = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2", "SLACK_SIGNING_SECRET": "3", **PUBLIC}


def test_every_setting_is_in_the_example_and_nothing_else_is() -> None:
    """But for what only docker compose itself reads."""
    shown = re.findall(r"^#? ?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    assert sorted(shown) == sorted({*NAMES, "POSTGRES_PASSWORD", "ITPULSE_DEMO_PASSWORD"})


@pytest.mark.parametrize(
    "environ",
    [
        SLACK,
        TEAMS,
        {**SLACK, **TEAMS},
        {"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1"},
        {**TEAMS, "TEAMS_APP_TYPE": "UserAssignedMSI", "TEAMS_APP_PASSWORD": ""},
        {**TEAMS, "TEAMS_APP_TYPE": "MultiTenant", "TEAMS_TENANT_ID": "one,two"},
        {**SLACK, "ITPULSE_TEST_TEXTS": "x", "PATH": "/bin", "ITPULSE_LOG_LEVEL": "info"},
    ],
    ids=lambda environ: " ".join(sorted(environ)),
)
def test_settings_that_are_complete_are_said_to_be_so(environ: dict[str, str]) -> None:
    assert told(environ) == ["ok: settings: complete"]
    assert connected(environ)


def test_a_demo_needs_no_settings() -> None:
    assert told({}, is_demo=True) == ["ok: settings: complete"]
    assert told({}) == ["warn: settings: no platform is connected"]
    assert not connected({})


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({**SLACK, "SLACK_SIGNING_SECRET": ""}, "bad: settings: SLACK_SIGNING_SECRET is missing"),
        ({**SLACK, "SLACK_BOT_TOKEN": ""}, "bad: settings: SLACK_BOT_TOKEN is missing"),
        (MANY, "bad: settings: SLACK_BOT_TOKEN is missing"),
        (MANY, "warn: settings: SLACK_CLIENT_ID is for many workspaces"),
        ({**SLACK, "SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ({**SLACK, "ITPULSE_PUBLIC_URL": ""}, "ITPULSE_PUBLIC_URL is missing"),
        ({**SLACK, "ITPULSE_PUBLIC_URL": "http://a.example"}, "is no https address"),
        ({**SLACK, "ITPULSE_PUBLIC_URL": "http://["}, "is no https address"),
        ({**SLACK, "ITPULSE_PUBLIC_URL": "https://a.example/"}, "ends with a slash"),
        ({**SLACK, "SLACK_PACE": "fast"}, "SLACK_PACE is no number above 0"),
        ({**SLACK, "SLACK_TOKEN": "x"}, "warn: settings: SLACK_TOKEN is none of ours"),
        ({**SLACK, "ITPULSE_SECRET_KEY": "secret"}, "ITPULSE_SECRET_KEY is short enough"),
        ({**SLACK, "ITPULSE_LOG_LEVEL": "loud"}, "ITPULSE_LOG_LEVEL is none of DEBUG"),
        ({**SLACK, "ITPULSE_METRICS_PORT": "x"}, "ITPULSE_METRICS_PORT is no port"),
        ({**TEAMS, "TEAMS_APP_PASSWORD": ""}, "TEAMS_APP_PASSWORD is missing"),
        ({**TEAMS, "TEAMS_TENANT_ID": ""}, "TEAMS_TENANT_ID is missing"),
        (
            {**TEAMS, "TEAMS_APP_TYPE": "MultiTenant", "TEAMS_TENANT_ID": ""},
            "TEAMS_TENANT_ID is missing",
        ),
        ({**TEAMS, "TEAMS_APP_TYPE": "Any"}, "TEAMS_APP_TYPE is none of SingleTenant"),
        ({"TEAMS_APP_PASSWORD": "x"}, "bad: settings: TEAMS_APP_ID is missing"),
        ({"TEAMS_APP_ID": ""}, "bad: settings: TEAMS_APP_ID is empty"),
        (
            {"TEAMS_APP_ID": "", "ITPULSE_PUBLIC_URL": "http://127.0.0.1:8000"},
            "warn: settings: TEAMS_APP_ID is empty",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_or_odd_is_named_and_never_repeated(
    environ: dict[str, str], sentence: str
) -> None:
    found = checked(environ, is_demo=False)
    assert any(sentence in f"{f.verdict}: {f.what}" for f in found)
    assert all(f.todo for f in found)
    assert "SECRET" not in "".join(f"{f.what}{f.todo}".replace("_SECRET", "") for f in found)
