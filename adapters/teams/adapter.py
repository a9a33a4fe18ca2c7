"""botbuilder's adapter: an activity comes in, one turn is taken, an invoke is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
    UserTokenClient,
)

from adapters.teams import inbound
from adapters.teams.connector import Connector
from adapters.teams.gate import Gate
from adapters.teams.inbound import Malformed
from adapters.teams.wire import Json

#: Takes an activity, returns what an invoke is answered with.
Turn = Callable[[Json], Awaitable[Json | None]]


class Adapter(CloudAdapterBase):  # type: ignore[misc]  # the library has no types
    def __init__(self, gate: Gate, connector: Connector) -> None:
        super().__init__(Authentication(gate, connector))
        self._gate = gate

    async def take(self, header: str, body: Json, turn: Turn) -> InvokeResponse | None:
        """Raises Malformed, NotAuthentic, Forbidden, Foreign or KeysUnavailable."""
        try:
            activity = Activity().deserialize(body)
        except Exception:  # whatever the library stumbles over in a stranger's JSON
            raise Malformed from None

        async def logic(context: TurnContext) -> None:
            self._gate.admit(inbound.space(body))
            answer = await turn(body)
            if activity.type == ActivityTypes.invoke:
                # Set by its documented activity: the library's own way serialises it twice.
                said = InvokeResponse(status=200 if answer else 501, body=answer)
                await context.send_activity(
                    Activity(type=ActivityTypes.invoke_response, value=said)
                )

        result: InvokeResponse | None = await self.process_activity(header, activity, logic)
        return result


class Authentication(BotFrameworkAuthentication):  # type: ignore[misc]  # the library has no types
    """The library's port for who may come in and with what credentials we go out."""

    def __init__(self, gate: Gate, connector: Connector) -> None:
        self._gate = gate
        self._factory = Clients(connector)

    async def authenticate_request(
        self, activity: Activity, auth_header: str
    ) -> AuthenticateRequestResult:
        told = {"serviceUrl": activity.service_url, "channelId": activity.channel_id}
        await self._gate.check(auth_header, told)
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity({}, True)
        result.connector_factory = self._factory
        return result

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        raise NotImplementedError("Teams posts activities; there is no stream.")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return self._factory

    async def create_user_token_client(
        self, claims_identity: ClaimsIdentity
    ) -> UserTokenClient | None:
        """Nobody signs in with us, and making one costs as much as the rest of a turn."""
        return None


class Clients(ConnectorFactory):  # type: ignore[misc]  # the library has no types
    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str = "") -> ConnectorClient | Any:
        return self._connector.client(service_url)
