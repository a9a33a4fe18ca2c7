"""Why somebody cannot be written to, in words for an admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.slack.calls import Denied
from bot.errors import Unreachable

_REINSTALL: Final = "install the Slack app again and set the new SLACK_BOT_TOKEN"

#: Slack's codes, by what is wrong.
REASONS: Final[Mapping[str, str]] = {
    "user_not_found": "nobody has this Slack account any more",
    "users_not_found": "nobody has this Slack account any more",
    "user_disabled": "this Slack account has been deactivated",
    "user_not_visible": "this Slack account cannot be seen by the bot",
    "channel_not_found": "this Slack account cannot be written to by the bot",
    "is_archived": "the conversation with this Slack account is archived",
    "cannot_dm_bot": "this Slack account belongs to a bot",
    "messages_tab_disabled": "the app's Messages tab is turned off: Slack app › App Home",
    "restricted_action": "a rule of the workspace keeps the bot from writing",
    "account_inactive": f"the bot was removed from the workspace: {_REINSTALL}",
    "token_revoked": f"the bot's token was revoked: {_REINSTALL}",
    "token_expired": f"the bot's token has expired: {_REINSTALL}",
    "invalid_auth": f"Slack does not know the bot's token: {_REINSTALL}",
    "not_authed": f"Slack was given no token: {_REINSTALL}",
    "team_access_not_granted": "the app has no access to this workspace of the organisation",
    "ekm_access_denied": "the organisation's encryption keys keep the bot out",
    "org_login_required": "the workspace is being moved to an organisation",
}


def unreachable(denied: Denied) -> Unreachable:
    if denied.code == "missing_scope":
        scope = denied.needed or "a scope"
        return Unreachable(f"the app lacks {scope}: update it from `itpulse slack manifest` and "
                           "install it again")  # fmt: skip
    return Unreachable(REASONS.get(denied.code, f"Slack refuses: {denied.code}"))
