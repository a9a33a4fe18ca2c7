"""What `itpulse doctor` looks at in Slack: the token, its scopes, and whether we are reachable."""

from __future__ import annotations

from typing import Final

from adapters.slack.calls import Calls, Denied, Unsure
from adapters.slack.manifest import SCOPES
from adapters.slack.reasons import unreachable
from adapters.slack.settings import Settings
from bot.errors import Busy
from bot.health import Finding

UPDATE: Final = (
    "Slack app › App Manifest: paste what `itpulse slack manifest` prints, save, and install again"
)
TOKEN: Final = "Slack app › OAuth & Permissions › Bot User OAuth Token"
SOCKET: Final = "Slack app › Basic Information › App-Level Tokens, with the scope connections:write"


async def examine(calls: Calls, settings: Settings) -> list[Finding]:
    """Nothing is changed and nobody is written to."""
    try:
        told, headers = await calls.answer("auth.test")
    except Denied as denied:
        return [Finding("bad", f"Slack: {unreachable(denied)}", TOKEN)]
    except (Busy, Unsure):
        todo = "see whether this machine reaches the internet, and status.slack.com"
        return [Finding("bad", "Slack: cannot be reached just now", todo)]
    where = told.get("team") or told.get("team_id")
    found = [Finding("ok", f"Slack: connected to {where} as {told.get('user')}")]
    found += _scopes(headers.get("x-oauth-scopes", ""))
    if settings.app_token:
        found.append(await _socket(calls, settings))
    return found


def _scopes(told: str) -> list[Finding]:
    given = {scope.strip() for scope in told.split(",") if scope.strip()}
    missing = [scope for scope in SCOPES if scope not in given]
    if not given:
        return []
    if missing:
        return [Finding("bad", f"Slack: the app lacks {', '.join(missing)}", UPDATE)]
    return [Finding("ok", "Slack: the app may do all it needs to")]


async def _socket(calls: Calls, settings: Settings) -> Finding:
    try:
        await calls.client.apps_connections_open(app_token=settings.app_token)
    except Exception:
        return Finding("bad", "Slack: SLACK_APP_TOKEN opens no socket", SOCKET)
    return Finding("ok", "Slack: the socket can be opened")
