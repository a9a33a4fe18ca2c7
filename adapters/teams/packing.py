"""The Teams app as a zip: manifest and icons, for the Teams admin center."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from adapters.teams import icons
from adapters.teams.wire import Json
from bot.commands import COMMANDS
from bot.errors import Fault

#: The manifest schema this follows.
SCHEMA: Final = "1.25"
#: Grows when the manifest changes: Teams takes an update only with a higher one.
VERSION: Final = "1.0.0"
#: Commands of a list that are shown, and characters of a title and a description.
MOST_COMMANDS: Final = 10
LONGEST_TITLE: Final = 32
LONGEST_DESCRIPTION: Final = 128
#: Every file has the same date, so the same settings give the same zip.
NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def package(environ: Mapping[str, str]) -> bytes:
    """Raises a Fault that says which setting is missing or odd."""
    address = environ.get("ITPULSE_PUBLIC_URL", "")
    app_id = environ.get("TEAMS_APP_ID", "")
    if wrong := [*_wrong_id(app_id), *_wrong_address(address)]:
        raise Fault(wrong)
    told = json.dumps(manifest(app_id, address), indent=2, ensure_ascii=False).encode()
    files = {"manifest.json": told, "color.png": icons.color(), "outline.png": icons.outline()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name, NO_DATE), body)
    return packed.getvalue()


def manifest(app_id: str, address: str) -> Json:
    schema = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}"
    return {
        "$schema": f"{schema}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": VERSION,
        "id": app_id,
        "developer": {
            "name": "Your IT department",
            "websiteUrl": address,
            "privacyUrl": address,
            "termsOfUseUrl": address,
        },
        "name": {"short": "ITPulse", "full": "ITPulse: how is IT doing for you?"},
        "description": {
            "short": "Tells IT how it is doing for you, in a few seconds.",
            "full": "ITPulse asks now and then how IT is doing for you. Answers are sealed and "
            "counted only in groups of at least five people; nobody can look up yours. You can "
            "also tell IT what is on your mind, with your name or without.",
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#{:02X}{:02X}{:02X}".format(*icons.GREEN),
        "bots": [
            {
                "botId": app_id,
                "scopes": ["personal", "team"],
                "isNotificationOnly": False,
                "supportsFiles": False,
                "commandLists": [{"scopes": ["personal"], "commands": _commands()}],
            }
        ],
        "defaultInstallScope": "personal",
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(address).hostname or ""],
    }


def _commands() -> list[Json]:
    """What everybody may say first, then what IT leads may, as far as a list goes."""
    every = sorted(COMMANDS.values(), key=lambda c: (c.needs is not None, c.word))
    return [
        {"title": c.word[:LONGEST_TITLE], "description": _upper(c.says)[:LONGEST_DESCRIPTION]}
        for c in every[:MOST_COMMANDS]
    ]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _wrong_id(app_id: str) -> list[str]:
    if GUID.fullmatch(app_id):
        return []
    what = "is no id of the form 00000000-0000-0000-0000-000000000000" if app_id else "is missing"
    return [f"TEAMS_APP_ID {what} (Azure Bot › Configuration › Microsoft App ID)"]


def _wrong_address(address: str) -> list[str]:
    try:
        asked = urlsplit(address)
        fine = asked.scheme == "https" and bool(asked.hostname)
    except ValueError:
        fine = False
    if fine:
        return []
    return ["ITPULSE_PUBLIC_URL is no https address; name the one under which Teams reaches us"]
