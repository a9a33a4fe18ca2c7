"""Microsoft Teams, on botbuilder. Nothing of the library is loaded before it is connected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from adapters.teams.settings import Settings

if TYPE_CHECKING:
    from adapters.teams.platform import Teams

__all__ = ["connect", "package"]


def connect(environ: Mapping[str, str]) -> Teams:
    """Raises a Fault that says what is missing and where it is."""
    settings = Settings.read(environ)
    from adapters.teams.platform import Teams

    return Teams(settings)


def package(environ: Mapping[str, str]) -> bytes:
    """The Teams app as a zip; raises a Fault that says which setting is missing or odd."""
    from adapters.teams import packing

    return packing.package(environ)
