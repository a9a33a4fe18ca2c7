"""The Bot Connector through botbuilder, with what makes it slow or blocking replaced.

As it comes, the library opens a new connection for every call, waits for tokens on the event
loop, tries a failed send again by itself, and spends ten milliseconds of every turn on making
clients. Here a client is made once for each service address and sends through `Calls`.
"""

from __future__ import annotations

from typing import Any, Final

from botbuilder.schema import (
    Activity,
    Attachment,
    ChannelAccount,
    ConversationParameters,
)
from botframework.connector.aio import ConnectorClient
from msrest.authentication import Authentication
from msrest.pipeline import Request as PipelineRequest
from msrest.pipeline import Response as PipelineResponse
from msrest.pipeline.async_abc import AsyncHTTPSender, AsyncPipeline
from msrest.pipeline.universal import RawDeserializer
from msrest.universal_http.async_abc import AsyncClientResponse
from multidict import CIMultiDict

from adapters.teams.settings import Settings
from adapters.teams.tokens import Tokens
from adapters.teams.web import Answer, Calls, NotServed, Refused
from adapters.teams.wire import Json

#: Members on a page of a roster, the most there can be.
PAGE: Final = 500


class Connector:
    """Calls raise NotServed, NoToken, Refused, Unheard or Unanswered."""

    def __init__(self, settings: Settings, calls: Calls, tokens: Tokens) -> None:
        self._settings = settings
        self._sender = Sender(calls, tokens)
        self._clients: dict[str, ConnectorClient] = {}
        #: Our own account; without an app id it is what Teams' double calls us.
        self.bot = f"28:{settings.app_id}" if settings.app_id else ""

    async def send(self, service: str, conversation: str, message: Json) -> str:
        """The id of the message sent."""
        activity = self._activity(conversation, message)
        sent = await self.client(service).conversations.send_to_conversation(conversation, activity)
        return str(sent.id) if sent and sent.id else ""

    async def update(self, service: str, conversation: str, id: str, message: Json) -> None:
        activity = self._activity(conversation, message)
        activity.id = id
        await self.client(service).conversations.update_activity(conversation, id, activity)

    async def create(self, service: str, space: str, user: str) -> str:
        """The id of somebody's own chat with us; the same where there is one already."""
        wanted = ConversationParameters(
            is_group=False,
            bot=ChannelAccount(id=self.bot),
            members=[ChannelAccount(id=user)],
            tenant_id=space,
            channel_data={"tenant": {"id": space}},
        )
        made = await self.client(service).conversations.create_conversation(wanted)
        return str(made.id)

    async def member(self, service: str, conversation: str, user: str) -> Json:
        conversations = self.client(service).conversations
        return _told(await conversations.get_conversation_member(conversation, user))

    async def page(
        self, service: str, conversation: str, token: str | None
    ) -> tuple[list[Json], str | None]:
        """Members, and what asks for the next page."""
        conversations = self.client(service).conversations
        found = await conversations.get_conversation_paged_members(conversation, PAGE, token)
        return [_told(member) for member in found.members or ()], found.continuation_token or None

    def client(self, service: str) -> ConnectorClient:
        if not self._settings.serves(service):
            raise NotServed
        if service not in self._clients:
            self._clients[service] = ConnectorClient(
                Authentication(), service, pipeline_type=_pipeline, sender=self._sender
            )
        return self._clients[service]

    def _activity(self, conversation: str, message: Json) -> Activity:
        attachments = [
            Attachment(content_type=each["contentType"], content=each["content"])
            for each in message.get("attachments", ())
        ]
        return Activity(
            type="message",
            from_property=ChannelAccount(id=self.bot),
            summary=message.get("summary"),
            text=message.get("text"),
            text_format="plain" if "text" in message else None,
            attachments=attachments or None,
        )


class Sender(AsyncHTTPSender[Any, Any]):
    """Takes the library's requests to our own session, with our own token."""

    def __init__(self, calls: Calls, tokens: Tokens) -> None:
        self._calls = calls
        self._tokens = tokens

    async def __aexit__(self, *_details: object) -> None:
        """The session is not the library's to close."""

    def build_context(self) -> dict[str, Any]:
        return {}

    async def send(
        self, request: PipelineRequest[Any], **_config: Any
    ) -> PipelineResponse[Any, Any]:
        asked = request.http_request
        headers = {**asked.headers}
        if token := await self._tokens.bearer():
            headers["Authorization"] = f"Bearer {token}"
        try:
            answer = await self._calls.call(asked.method, asked.url, headers, asked.data)
        except Refused as refused:
            if refused.status == 401:
                self._tokens.drop()
            raise
        return PipelineResponse(request, Response(asked, answer), context=request.context)


class Response(AsyncClientResponse):
    def __init__(self, request: Any, answer: Answer) -> None:
        super().__init__(request, answer)
        self.status_code = answer.status
        self.headers = CIMultiDict(answer.headers)
        self.reason = None
        self._body = answer.body

    def body(self) -> bytes:
        return self._body


def _pipeline(config: Any) -> AsyncPipeline[Any, Any]:
    return AsyncPipeline([config.user_agent_policy, RawDeserializer()], config.sender)


def _told(member: Any) -> Json:
    """As Teams sent it: what the library's model does not know is kept apart by it."""
    return {**member.serialize(), **(member.additional_properties or {})}
