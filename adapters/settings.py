"""What the environment holds: the house's own settings, and for `itpulse doctor` each missing name
with where it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from adapters.terminal.network import is_loopback
from bot.errors import Fault
from bot.health import Finding

Environ = Mapping[str, str]

#: Every setting there is (.env.example says what each is for).
NAMES: Final = frozenset(
    [
        "ITPULSE_DATABASE_URL",
        "ITPULSE_KEYRING",
        "ITPULSE_SECRET_KEY",
        "ITPULSE_PUBLIC_URL",
        "ITPULSE_LOG_LEVEL",
        "ITPULSE_METRICS_PORT",
        "ITPULSE_THEMES",
        "SLACK_SIGNING_SECRET",
        "SLACK_BOT_TOKEN",
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "SLACK_PACE",
        "TEAMS_APP_ID",
        "TEAMS_APP_PASSWORD",
        "TEAMS_APP_TYPE",
        "TEAMS_TENANT_ID",
        "TEAMS_SERVICE_URLS",
        "TEAMS_OPENID_METADATA_URL",
        "TEAMS_LOGIN_URL",
        "TEAMS_PACE",
    ]
)
#: The tests' own.
_APART: Final = "ITPULSE_TEST_"
_SLACK: Final = ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_APP_TOKEN")
#: One of these beside an empty TEAMS_APP_ID asks for Teams without authentication.
_TEAMS_ALONE: Final = ("TEAMS_APP_TYPE", "TEAMS_SERVICE_URLS", "TEAMS_PACE")
_TEAMS_KINDS: Final = ("SingleTenant", "MultiTenant", "UserAssignedMSI")
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
#: Characters; `openssl rand -hex 32` makes 64.
_SHORTEST_SECRET: Final = 32
_WHERE: Final[Mapping[str, str]] = {
    "SLACK_SIGNING_SECRET": "Slack app › Basic Information › App Credentials › Signing Secret",
    "SLACK_BOT_TOKEN": "Slack app › OAuth & Permissions › Bot User OAuth Token",
    "SLACK_CLIENT_ID": "Slack app › Basic Information › App Credentials › Client ID",
    "SLACK_CLIENT_SECRET": "Slack app › Basic Information › App Credentials › Client Secret",
    "TEAMS_APP_ID": "Azure Bot › Configuration › Microsoft App ID",
    "TEAMS_APP_PASSWORD": "Azure Bot › Configuration › Manage Password › Client secrets › Value",
    "TEAMS_TENANT_ID": "Azure Bot › Configuration › App Tenant ID",
    "ITPULSE_PUBLIC_URL": "the https address under which Slack and Teams reach this machine",
    "ITPULSE_SECRET_KEY": "make one with `openssl rand -hex 32` and keep it safe",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the house itself is built from; the roof reads it once."""

    database_url: str
    keyring: str
    log_level: str
    #: Where figures about the program are served; None serves none.
    metrics_port: int | None = None

    @property
    def fingerprint(self) -> str:
        """Tells one database from another without saying its password."""
        return hashlib.sha256(self.database_url.encode()).hexdigest()[:16]

    @classmethod
    def read(cls, environ: Mapping[str, str], data: Path) -> Settings:
        data = data.resolve()
        return cls(
            database_url=environ.get("ITPULSE_DATABASE_URL") or f"sqlite:///{data}/itpulse.sqlite",
            keyring=environ.get("ITPULSE_KEYRING") or f"file://{data}/keys",
            metrics_port=_port(environ.get("ITPULSE_METRICS_PORT")),
            log_level=(environ.get("ITPULSE_LOG_LEVEL") or "WARNING").upper(),
        )


def _port(text: str | None) -> int | None:
    if text and not text.isdecimal():
        raise Fault([f"ITPULSE_METRICS_PORT is “{text}”; give the number of a free port, or none."])
    return int(text) if text else None


def connected(environ: Environ) -> bool:
    """Whether a real platform is set up."""
    return any(environ.get(name) for name in (*_SLACK, "TEAMS_APP_ID"))


def chats(environ: Environ) -> list[str]:
    """The platforms that are to be connected, by the name of their room."""
    slack = any(environ.get(name) for name in _SLACK)
    teams = bool(environ.get("TEAMS_APP_ID")) or (
        "TEAMS_APP_ID" in environ and any(environ.get(name) for name in _TEAMS_ALONE)
    )
    return [name for name, there in (("slack", slack), ("teams", teams)) if there]


def checked(environ: Environ, is_demo: bool) -> list[Finding]:
    """Everything about the settings; one finding for each that is missing or odd."""
    found = [*_unknown(environ), *_slack(environ), *_teams(environ), *_general(environ)]
    if not connected(environ) and not is_demo and "TEAMS_APP_ID" not in environ:
        todo = "set the names for Slack or Teams in .env.example; `itpulse demo` needs neither"
        found.append(Finding("warn", "settings: no platform is connected", todo))
    return found or [Finding("ok", "settings: complete")]


def _unknown(environ: Environ) -> Iterator[Finding]:
    ours = (n for n in sorted(environ) if n.startswith(("ITPULSE_", "SLACK_", "TEAMS_")))
    for name in ours:
        if name not in NAMES and not name.startswith(_APART):
            todo = "look for the right name in .env.example, or take it away"
            yield Finding("warn", f"settings: {name} is none of ours", todo)


def _slack(environ: Environ) -> Iterator[Finding]:
    if not any(environ.get(name) for name in _SLACK):
        return
    socket = environ.get("SLACK_APP_TOKEN")
    if not socket:
        yield from _missing(environ, "SLACK_SIGNING_SECRET")
        yield from _reachable(environ)
    yield from _missing(environ, "SLACK_BOT_TOKEN")
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        if environ.get(name):
            todo = "use SLACK_BOT_TOKEN, the token of one workspace"
            what = f"settings: {name} is for many workspaces, which is not built yet"
            yield Finding("warn", what, todo)
    for name, start in (("SLACK_BOT_TOKEN", "xoxb-"), ("SLACK_APP_TOKEN", "xapp-")):
        if (value := environ.get(name)) and not value.startswith(start):
            yield _odd(name, f"does not begin with {start}, so it is another kind of token")
    yield from _number(environ, "SLACK_PACE")


def _teams(environ: Environ) -> Iterator[Finding]:
    identity = environ.get("TEAMS_APP_ID")
    if identity is None:
        if any(environ.get(name) for name in ("TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID")):
            yield from _missing(environ, "TEAMS_APP_ID")
        return
    if not identity:
        yield _open_to_all(environ)
        return
    kind = environ.get("TEAMS_APP_TYPE") or "SingleTenant"
    if kind not in _TEAMS_KINDS:
        yield _odd("TEAMS_APP_TYPE", f"is none of {', '.join(_TEAMS_KINDS)}")
    if kind != "UserAssignedMSI":
        yield from _missing(environ, "TEAMS_APP_PASSWORD")
    yield from _missing(environ, "TEAMS_TENANT_ID")
    yield from _number(environ, "TEAMS_PACE")
    yield from _reachable(environ)


def _open_to_all(environ: Environ) -> Finding:
    home = is_loopback(_host(environ)[1])
    what = "settings: TEAMS_APP_ID is empty, so nobody is asked who they are"
    todo = f"{_WHERE['TEAMS_APP_ID']}; empty is for trying on this machine alone"
    return Finding("warn" if home else "bad", what, todo)


def _general(environ: Environ) -> Iterator[Finding]:
    level = environ.get("ITPULSE_LOG_LEVEL")
    if level and level.upper() not in _LEVELS:
        yield _odd("ITPULSE_LOG_LEVEL", f"is none of {', '.join(_LEVELS)}")
    secret = environ.get("ITPULSE_SECRET_KEY")
    if secret and len(secret) < _SHORTEST_SECRET:
        yield _odd("ITPULSE_SECRET_KEY", "is short enough to be guessed")
    port = environ.get("ITPULSE_METRICS_PORT")
    if port and not (port.isdecimal() and int(port) < 65_536):
        yield _odd("ITPULSE_METRICS_PORT", "is no port")
    if (environ.get("ITPULSE_PUBLIC_URL") or "").endswith("/"):
        yield _odd("ITPULSE_PUBLIC_URL", "ends with a slash; leave it out")


def _reachable(environ: Environ) -> Iterator[Finding]:
    """The platform has to reach us, and nobody may listen on the way."""
    yield from _missing(environ, "ITPULSE_PUBLIC_URL")
    scheme, host = _host(environ)
    if environ.get("ITPULSE_PUBLIC_URL") and scheme != "https" and not is_loopback(host):
        yield _odd("ITPULSE_PUBLIC_URL", "is no https address")


def _host(environ: Environ) -> tuple[str, str]:
    """Scheme and host of our public address; empty where it is none."""
    try:
        address = urlsplit(environ.get("ITPULSE_PUBLIC_URL") or "")
        return address.scheme, address.hostname or ""
    except ValueError:
        return "", ""


def _missing(environ: Environ, *names: str) -> Iterator[Finding]:
    for name in names:
        if not environ.get(name):
            yield Finding("bad", f"settings: {name} is missing", _WHERE[name])


def _odd(name: str, wrong: str) -> Finding:
    """The value itself is never repeated: most of them are secrets."""
    todo = _WHERE.get(name, "see .env.example")
    return Finding("bad", f"settings: {name} {wrong}", todo)


def _number(environ: Environ, name: str) -> Iterator[Finding]:
    text = environ.get(name)
    if text and not (text.replace(".", "", 1).isdecimal() and float(text) > 0):
        yield _odd(name, "is no number above 0")
