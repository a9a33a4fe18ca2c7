"""Slack: one workspace, through slack-bolt and the Slack SDK, loaded only when it is set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.errors import Fault

if TYPE_CHECKING:
    from adapters.slack.chat import Slack

__all__ = ["app_manifest", "connect"]


def _machine() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the roof hands over another clock where there is one


def connect(environ: Mapping[str, str], now: Callable[[], datetime] = _machine) -> Slack | None:
    """None where nothing of Slack is set; raises Fault that says where a missing value is found."""
    from adapters.slack.settings import Settings, is_set

    if not is_set(environ):
        return None
    settings = Settings.read(environ)
    from adapters.slack.chat import Slack

    return Slack(settings, now)


def app_manifest(environ: Mapping[str, str], socket: bool) -> dict[str, Any]:
    """The app's manifest; raises Fault where our address is needed and not set."""
    from adapters.slack.manifest import manifest

    public_url = environ.get("ITPULSE_PUBLIC_URL") or ""
    if not (socket or public_url.startswith("https://")):
        raise Fault(
            [
                "ITPULSE_PUBLIC_URL is missing: the https address under which Slack reaches this "
                "machine. Where it cannot reach it, use `itpulse slack manifest --socket`."
            ]
        )
    return manifest(public_url.rstrip("/"), socket)
