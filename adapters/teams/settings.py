"""The settings that connect Teams, read once."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args
from urllib.parse import urlsplit

from bot.errors import Fault

AppType = Literal["SingleTenant", "UserAssignedMSI", "MultiTenant"]

#: The connectors of the public cloud; every region is a path below it.
SERVICES: Final = ("https://smba.trafficmanager.net/",)
#: Where anybody may pretend to be Teams, only this machine may be answered.
HOME: Final = ("http://localhost", "http://127.0.0.1")
METADATA: Final = "https://login.botframework.com/v1/.well-known/openidconfiguration"
LOGIN: Final = "https://login.microsoftonline.com"
#: The directory in which apps of many tenants get their token.
SHARED_TENANT: Final = "botframework.com"
#: Messages a second and tenant; Microsoft's own limit is 30 for everything an app does in one.
PACE: Final = 20.0
FASTEST: Final = 25.0

_PORTAL: Final = "Azure Bot › Configuration"


@dataclass(frozen=True, slots=True)
class Settings:
    #: Empty: nobody is asked who they are.
    app_id: str
    password: str
    app_type: AppType
    tenant: str
    #: Only addresses that begin so are ever called.
    services: tuple[str, ...]
    #: Whose people are colleagues, in lower case; none named means all, on this machine alone.
    tenants: frozenset[str]
    metadata: str = METADATA
    login: str = LOGIN
    per_second: float = PACE

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Raises a Fault that says what is missing and where it is."""
        app_id, kind = environ.get("TEAMS_APP_ID", ""), _kind(environ)
        wrong = [*_missing(environ, kind)] if app_id else [*_open_to_all(environ)]
        if wrong:
            raise Fault(wrong)
        return cls(
            app_id,
            environ.get("TEAMS_APP_PASSWORD", ""),
            kind,
            SHARED_TENANT if kind == "MultiTenant" else environ.get("TEAMS_TENANT_ID", ""),
            _reachable_at(environ) or (SERVICES if app_id else HOME),
            frozenset(_tenants(environ)) if app_id else frozenset(),
            environ.get("TEAMS_OPENID_METADATA_URL") or METADATA,
            (environ.get("TEAMS_LOGIN_URL") or LOGIN).rstrip("/"),
            _pace(environ.get("TEAMS_PACE", "")),
        )

    def hosts(self, tenant: str) -> bool:
        """Whether the people of this tenant are colleagues. Elsewhere others say what somebody's
        e-mail is, and by their e-mail we know people."""
        return not self.tenants or tenant.lower() in self.tenants

    def serves(self, address: str) -> bool:
        """Whether an address is on the list: the same scheme, host and port, and below its path."""
        return any(_is_below(address, allowed) for allowed in self.services)


def _kind(environ: Mapping[str, str]) -> AppType:
    named = environ.get("TEAMS_APP_TYPE") or "SingleTenant"
    if named not in get_args(AppType):
        every = ", ".join(get_args(AppType))
        raise Fault([f"TEAMS_APP_TYPE is none of {every} ({_PORTAL} › Bot Type)"])
    return cast(AppType, named)


def _missing(environ: Mapping[str, str], kind: AppType) -> list[str]:
    places = {
        "TEAMS_APP_PASSWORD": f"{_PORTAL} › Manage Password › Client secrets › Value",
        "TEAMS_TENANT_ID": f"{_PORTAL} › App Tenant ID",
    }
    if kind == "UserAssignedMSI":
        del places["TEAMS_APP_PASSWORD"]
    if kind == "MultiTenant":
        places["TEAMS_TENANT_ID"] = (
            "Microsoft Entra admin center › Overview › Tenant ID, several with commas between "
            "them: whose people may speak with it"
        )
    return [
        f"{name} is missing ({place})" for name, place in places.items() if not environ.get(name)
    ]


def _tenants(environ: Mapping[str, str]) -> list[str]:
    named = environ.get("TEAMS_TENANT_ID", "").lower().split(",")
    return [tenant.strip() for tenant in named if tenant.strip()]


def _open_to_all(environ: Mapping[str, str]) -> list[str]:
    if _is_home(environ.get("ITPULSE_PUBLIC_URL", "")):
        return []
    return [
        f"TEAMS_APP_ID is empty ({_PORTAL} › Microsoft App ID). Nobody would be asked who they "
        "are, which is for trying on this machine alone: then set ITPULSE_PUBLIC_URL to its "
        "loopback address, such as http://127.0.0.1:8000"
    ]


def _reachable_at(environ: Mapping[str, str]) -> tuple[str, ...]:
    named = environ.get("TEAMS_SERVICE_URLS", "").split(",")
    listed = tuple(address.strip() for address in named if address.strip())
    if not all(address.startswith("https://") or _is_home(address) for address in listed):
        raise Fault(["TEAMS_SERVICE_URLS has an address without https; the bot's token goes there"])
    return listed


def _is_home(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_below(address: str, allowed: str) -> bool:
    try:
        asked, listed = urlsplit(address), urlsplit(allowed)
        same = (asked.scheme, asked.hostname) == (listed.scheme, listed.hostname)
        port = (listed.port is None and allowed in HOME) or asked.port == listed.port
    except ValueError:
        return False
    clean = not (asked.query or asked.fragment or asked.username or ".." in asked.path)
    path = f"{asked.path.rstrip('/')}/"
    return same and port and clean and path.startswith(f"{listed.path.rstrip('/')}/")


def _pace(text: str) -> float:
    try:
        return min(FASTEST, float(text)) if text and float(text) > 0 else PACE
    except ValueError:
        raise Fault(["TEAMS_PACE is no number above 0"]) from None
