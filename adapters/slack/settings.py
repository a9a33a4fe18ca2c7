"""What Slack's room takes from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.errors import Fault

SLACK: Final = "https://slack.com/api/"
#: Where Slack reaches us.
PATH: Final = "/slack/events"
#: Messages a second and workspace: Slack publishes no figure for a whole workspace, and slows
#: everybody down who sends much faster.
PACE: Final = 4.0

_SECRET: Final = "Slack app › Basic Information › App Credentials › Signing Secret"
_TOKEN: Final = "Slack app › OAuth & Permissions › Bot User OAuth Token"


@dataclass(frozen=True, slots=True)
class Settings:
    bot_token: str
    #: Empty only where everything comes by Socket Mode.
    signing_secret: str
    #: Empty where Slack calls us.
    app_token: str = ""
    api_url: str = SLACK
    #: Messages a second and workspace.
    pace: float = PACE
    public_url: str = ""
    #: Seals the addresses of pictures; empty where none are to be made.
    secret_key: str = ""
    #: Seconds in which something is saved or fails: Slack waits for three, of which the network
    #: takes some.
    patience: float = 2.5

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Raises Fault that says where a missing value is found."""
        faults = list(_faults(environ))
        if faults:
            raise Fault(faults)
        return cls(
            bot_token=environ["SLACK_BOT_TOKEN"].strip(),
            signing_secret=(environ.get("SLACK_SIGNING_SECRET") or "").strip(),
            app_token=(environ.get("SLACK_APP_TOKEN") or "").strip(),
            api_url=environ.get("SLACK_API_URL") or SLACK,
            pace=float(environ.get("SLACK_PACE") or PACE),
            public_url=environ.get("ITPULSE_PUBLIC_URL") or "",
            secret_key=environ.get("ITPULSE_SECRET_KEY") or "",
        )


def is_set(environ: Mapping[str, str]) -> bool:
    """Whether Slack is meant to be connected at all."""
    names = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID")
    return any(environ.get(name) for name in names)


def _faults(environ: Mapping[str, str]) -> list[str]:
    faults = []
    if not environ.get("SLACK_BOT_TOKEN"):
        several = " Installing into many workspaces at once is not built yet."
        more = several if environ.get("SLACK_CLIENT_ID") else ""
        faults.append(f"SLACK_BOT_TOKEN is missing ({_TOKEN}).{more}")
    if not environ.get("SLACK_SIGNING_SECRET") and not environ.get("SLACK_APP_TOKEN"):
        faults.append(f"SLACK_SIGNING_SECRET is missing ({_SECRET}).")
    if not _is_pace(environ.get("SLACK_PACE") or str(PACE)):
        faults.append("SLACK_PACE is the number of messages a second, above 0, such as 4.")
    return faults


def _is_pace(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and float(text) > 0
