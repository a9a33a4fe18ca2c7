"""The app's manifest: what Slack must know of ITPulse, with nothing left to edit by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from adapters.slack.inbound import FEEDBACK, GRUMBLE
from adapters.slack.settings import PATH

#: What the bot may do, and why (docs/slack.md says the same to whoever approves it).
SCOPES: Final[Mapping[str, str]] = {
    "chat:write": "sends the questions, and draws them anew when they are answered",
    "commands": "/itpulse, and the shortcuts",
    "im:write": "opens the conversation with somebody who is asked for the first time",
    "im:history": "hears what is typed to the bot, and after a crash finds out what was sent",
    "users:read": "knows who works here, in which time zone and language",
    "users:read.email": "knows who is who in the people list, and on another platform",
}
EVENTS: Final = ("app_home_opened", "message.im", "team_join", "user_change", "app_uninstalled",
                 "tokens_revoked")  # fmt: skip

SHORTCUTS: Final = (
    {
        "name": "Grumble",
        "type": "global",
        "callback_id": GRUMBLE,
        "description": "Tell IT what is on your mind",
    },
    {
        "name": "Send to IT as feedback",
        "type": "message",
        "callback_id": FEEDBACK,
        "description": "Offers your own message to IT",
    },
)


def manifest(public_url: str, socket: bool) -> dict[str, Any]:
    """By a socket Slack needs no address of ours."""
    address = f"{public_url}{PATH}"
    url = {} if socket else {"url": address}
    request_url = {} if socket else {"request_url": address}
    command = {
        "command": "/itpulse",
        "description": "What is waiting for you, and how IT is doing",
        "usage_hint": "next | grumble | privacy | help",
        "should_escape": False,
        **url,
    }
    return {
        "display_information": {
            "name": "ITPulse",
            "description": "Asks how IT is doing for you, and keeps the answers confidential",
            "background_color": "#2c3e50",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "ITPulse", "always_online": True},
            "shortcuts": list(SHORTCUTS),
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }
