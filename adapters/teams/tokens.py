"""The bot's own token, with which it calls the connector."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import Final, NamedTuple

from adapters.teams.settings import Settings
from adapters.teams.web import Calls, Refused, Unanswered, Unheard

log = logging.getLogger("itpulse.teams")

SCOPE: Final = "https://api.botframework.com"
#: Seconds before its end at which a token is not used any more.
EARLY: Final = 300.0
#: What is assumed where a token does not say how long it holds.
HOLDS: Final = 1_800.0


class NoToken(Exception):
    """Microsoft gives us no token; the message says why, for an operator."""


class Token(NamedTuple):
    text: str
    until: float


class Tokens:
    """One at a time, renewed a little early; asked for by many at once it is fetched once."""

    def __init__(
        self, settings: Settings, calls: Calls, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._calls = calls
        self._clock = clock
        self._held = Token("", 0.0)
        self._fetching = asyncio.Lock()

    async def bearer(self) -> str:
        """Empty where nobody is asked who they are. Raises NoToken."""
        if not self._settings.app_id:
            return ""
        async with self._fetching:
            if self._held.until <= self._clock():
                self._held = await self._fetched_or_told()
        return self._held.text

    def drop(self) -> None:
        """It was not taken; the next call fetches another one."""
        self._held = Token("", 0.0)

    async def _fetched_or_told(self) -> Token:
        try:
            return await self._fetched()
        except NoToken as error:
            # Cards wait meanwhile, and nobody would see why.
            log.error("Teams gives no token: %s; `itpulse doctor` says what to mend", error)
            raise

    async def _fetched(self) -> Token:
        if self._settings.app_type == "UserAssignedMSI":
            return await asyncio.to_thread(self._of_managed_identity)
        return await self._of_secret()

    async def _of_secret(self) -> Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.app_id,
            "client_secret": self._settings.password,
            "scope": f"{SCOPE}/.default",
        }
        url = f"{self._settings.login}/{self._settings.tenant}/oauth2/v2.0/token"
        try:
            told = json.loads((await self._calls.call("POST", url, body=form)).body)
            lasts = float(told.get("expires_in", HOLDS)) - EARLY
            return Token(str(told["access_token"]), self._clock() + max(1.0, lasts))
        except Refused as refused:
            raise NoToken(f"the sign-in service answered {refused.status}") from None
        except (Unheard, Unanswered):
            raise NoToken("the sign-in service could not be reached") from None
        except (ValueError, TypeError, LookupError, AttributeError):
            raise NoToken("the sign-in service gave no token") from None

    def _of_managed_identity(self) -> Token:
        """The library asks the machine's own identity endpoint; it blocks, so in a thread."""
        from botframework.connector.auth.managedidentity_app_credentials import (
            ManagedIdentityAppCredentials,
        )

        try:
            credentials = ManagedIdentityAppCredentials(self._settings.app_id, SCOPE)
            return Token(str(credentials.get_access_token()), self._clock() + EARLY)
        except Exception as error:
            what = type(error).__name__
            raise NoToken(f"this machine's managed identity gave no token ({what})") from None
