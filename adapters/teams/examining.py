"""What `itpulse doctor` asks about Teams."""

from __future__ import annotations

from adapters.teams.gate import Keys, KeysUnavailable, NotAuthentic
from adapters.teams.settings import Settings
from adapters.teams.tokens import NoToken, Tokens
from bot.health import Finding

SECRET = (
    "check TEAMS_APP_ID, TEAMS_TENANT_ID and TEAMS_APP_PASSWORD: a client secret ends after at "
    "most two years (Azure Bot › Configuration › Manage Password)"
)
IDENTITY = "give this machine the user-assigned identity of the bot, and TEAMS_APP_ID its client id"
NETWORK = "let this machine reach {url}"


async def examined(settings: Settings, tokens: Tokens, keys: Keys) -> list[Finding]:
    """Whether Microsoft knows us, and whether we can tell Microsoft from others."""
    if not settings.app_id:
        return [Finding("warn", "Teams: nobody is asked who they are", "only for trying out")]
    return [await _known(settings, tokens), await _telling(settings, keys)]


async def _known(settings: Settings, tokens: Tokens) -> Finding:
    try:
        await tokens.bearer()
    except NoToken as error:
        managed = settings.app_type == "UserAssignedMSI"
        return Finding("bad", f"Teams: {error}", IDENTITY if managed else SECRET)
    return Finding("ok", "Teams: the bot can sign in")


async def _telling(settings: Settings, keys: Keys) -> Finding:
    try:
        await keys.find("")
    except NotAuthentic:
        pass
    except KeysUnavailable:
        todo = NETWORK.format(url=settings.metadata)
        return Finding("bad", "Teams: Microsoft's public keys cannot be fetched", todo)
    return Finding("ok", "Teams: Microsoft's public keys are there")
