"""The doors Slack comes in by: signed requests, or a socket that we open ourselves."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.inbound import Payload
from adapters.slack.settings import Settings
from adapters.slack.turns import Ack
from bot.faults import told

log = logging.getLogger("itpulse.slack")


#: Tells Slack not to say again what will not be understood the next time either.
HOPELESS: Final = {"X-Slack-No-Retry": "1"}
TIMESTAMP: Final = "X-Slack-Request-Timestamp"
ANYTHING: Final = re.compile("")

Take = Callable[[Payload], Awaitable[Ack]]
#: What auth.test says of our token.
Identity = Callable[[], Awaitable[Mapping[str, Any]]]


def bolt(settings: Settings, client: AsyncWebClient, identity: Identity, take: Take) -> AsyncApp:
    """Bolt checks who speaks and what kind of thing was said; what was said is for `take`.

    It answers when `take` has, because acknowledged is saved, and starts nothing afterwards.
    """
    logger = logging.getLogger("slack_bolt")
    # Its warnings are advice to developers, and quote what people sent.
    logger.setLevel(logging.ERROR)
    app = AsyncApp(
        name="ITPulse",
        logger=logger,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        signing_secret=settings.signing_secret,
        client=client,
        authorize=_authorizing(settings.bot_token, identity),
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def everything(body: dict[str, Any]) -> BoltResponse:
        ack = await take(body)
        return BoltResponse(status=ack.status, body=ack.body or "")

    for kind in (app.action, app.view, app.command, app.shortcut, app.event):
        kind(ANYTHING)(everything)
    app.error(_failed)
    return app


def _authorizing(token: str, identity: Identity) -> Callable[..., Awaitable[Any]]:
    """Only the workspace of our token is spoken with."""

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        me = await identity()
        if team_id and team_id != me.get("team_id"):
            return None
        return AuthorizeResult(
            enterprise_id=me.get("enterprise_id"),
            team_id=me.get("team_id"),
            bot_user_id=me.get("user_id"),
            bot_id=me.get("bot_id"),
            bot_token=token,
        )

    return authorize


async def _failed(error: Exception) -> BoltResponse:
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=404, body="")
    log.error("Slack's request failed: %s", told(error))
    return BoltResponse(status=500, body="")


def route(app: AsyncApp) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def heard(request: web.Request) -> web.StreamResponse:
        # Bolt reads it as a number before it has looked at the signature.
        if not request.headers.get(TIMESTAMP, "0").isdecimal():
            return web.json_response({"error": "invalid request"}, status=401, headers=HOPELESS)
        try:
            asked = await to_bolt_request(request)
        except (ValueError, LookupError, RecursionError):
            return web.json_response({"error": "not readable"}, status=400, headers=HOPELESS)
        return await to_aiohttp_response(await app.async_dispatch(asked))

    return heard
