"""Who may post activities: whoever shows a token that Microsoft's channel signed for this bot.

The library's own check fetches keys with a blocking client, takes emulators' tokens, whose
service address nobody vouches for, and fails on keys it does not know; so it is made here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt

from adapters.teams.settings import Settings
from adapters.teams.web import Calls, Refused, Unanswered, Unheard

log = logging.getLogger("itpulse.teams")

ISSUER: Final = "https://api.botframework.com"
#: Seconds by which clocks may differ.
LEEWAY: Final = 300
#: Seconds after which keys are fetched anew, and the least between two attempts.
FRESH: Final = 86_400.0
AGAIN: Final = 60.0


class NotAuthentic(Exception):
    """This was not posted by Teams for this bot."""


class Forbidden(Exception):
    """Teams posted it, and names an address that we do not answer to."""


class Foreign(Exception):
    """Teams posted it, and it comes from another tenant than those we work for."""


class KeysUnavailable(Exception):
    """Microsoft's keys cannot be fetched, so nobody can be told from anybody else."""


@dataclass(frozen=True, slots=True)
class Key:
    public: Any
    #: Channels it vouches for; none named means all.
    channels: frozenset[str]


class Keys:
    """Microsoft's public keys by id, fetched once a day and where an unknown one is shown."""

    def __init__(self, url: str, calls: Calls, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._calls = calls
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched = self._tried = float("-inf")
        self._fetching = asyncio.Lock()

    async def find(self, id: str) -> Key:
        """Raises NotAuthentic where there is no such key, KeysUnavailable where none are known."""
        if id not in self._keys or self._fetched + FRESH < self._clock():
            async with self._fetching:
                await self._fetch_unless_just_tried()
        if not self._keys:
            raise KeysUnavailable
        if id not in self._keys:
            raise NotAuthentic
        return self._keys[id]

    async def _fetch_unless_just_tried(self) -> None:
        # Whoever shows keys that nobody has heard of must not make us ask for them each time.
        if self._tried + AGAIN > self._clock() and self._keys:
            return
        self._tried = self._clock()
        try:
            self._keys = await self._fetch()
            self._fetched = self._clock()
        except (Refused, Unheard, Unanswered, ValueError, TypeError, LookupError):
            log.error("Microsoft's keys cannot be fetched; `itpulse doctor` says what to mend")
            if not self._keys:
                raise KeysUnavailable from None

    async def _fetch(self) -> dict[str, Key]:
        metadata = json.loads((await self._calls.call("GET", self._url)).body)
        listed = json.loads((await self._calls.call("GET", metadata["jwks_uri"])).body)["keys"]
        return {key["kid"]: _key(key) for key in listed if key.get("kty") == "RSA"}


class Gate:
    def __init__(self, settings: Settings, keys: Keys) -> None:
        self._settings = settings
        self._keys = keys

    @property
    def is_open(self) -> bool:
        """Nobody is asked who they are: only on this machine itself."""
        return not self._settings.app_id

    async def check(self, header: str, activity: Mapping[str, Any]) -> None:
        """Raises NotAuthentic, Forbidden or KeysUnavailable."""
        service = activity.get("serviceUrl")
        if not self.is_open:
            claims = await self._claims(header, activity.get("channelId"))
            if claims.get("serviceurl") != service:
                raise Forbidden
        if not isinstance(service, str) or not self._settings.serves(service):
            raise Forbidden

    def admit(self, tenant: str) -> None:
        """Raises Foreign where its people are none of ours."""
        if not self._settings.hosts(tenant):
            log.warning("Teams: something came from a tenant that TEAMS_TENANT_ID does not name")
            raise Foreign

    async def _claims(self, header: str, channel: object) -> dict[str, Any]:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise NotAuthentic
        try:
            key = await self._keys.find(str(jwt.get_unverified_header(token).get("kid", "")))
            claims: dict[str, Any] = jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self._settings.app_id,
                issuer=ISSUER,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.InvalidTokenError:
            raise NotAuthentic from None
        if key.channels and channel not in key.channels:
            raise NotAuthentic
        return claims


def _key(told: Mapping[str, Any]) -> Key:
    endorsed = told.get("endorsements") or ()
    return Key(jwt.PyJWK.from_dict(dict(told), "RS256").key, frozenset(endorsed))
