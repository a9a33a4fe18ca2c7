"""A company whose chat is Slack: people press, write and read over signed HTTP, both ways."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from adapters.simulator import Simulator
from adapters.slack.chat import Slack
from adapters.slack.settings import Settings as SlackSettings
from adapters.web import application
from bot import roster
from bot.cards import Reply
from bot.domain.people import Person
from bot.domain.pulse import Pulse
from bot.events import Event
from itpulse import House, Settings, migrate_if_needed
from tests.slack import person
from tests.slack.workspace import TOKEN, Workspace
from tests.stories.company import MONDAY

Json = dict[str, Any]
Client = TestClient[web.Request, web.Application]

SECRET: Final = "company-signing-secret"
FORM: Final = "application/x-www-form-urlencoded"


def signed(body: str, secret: str = SECRET, at: int | None = None) -> dict[str, str]:
    """The headers Slack sends along."""
    stamp = str(at if at is not None else int(time.time()))
    mark = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mark}"}


class Office:
    def __init__(self, house: House, slack: Slack, workspace: Workspace, client: Client) -> None:
        self.house = house
        self.slack = slack
        self.workspace = workspace
        self.client = client

    async def hire(self, *people: Person, listed: bool = True) -> None:
        """Everybody has an account in the workspace, named U and a number."""
        for number, one in enumerate(people, start=len(self.workspace.members) + 1):
            about = {"real_name": one.name}
            self.workspace.join(f"U{number}", one.email, tz=one.zone, profile=about)
        if listed:
            await self.house.store.run(lambda tx: tx.people.put(people))
        await self.meet()

    async def meet(self) -> None:
        now = self.house.clock.now()
        heard = await roster.hear(self.house.store, self.house.ring, self.slack, now)
        await roster.join(self.house.store, self.house.ring, self.slack, now, heard)

    async def grant(self, email: str, *grants: Any) -> None:
        known = await self.house.store.read(lambda tx: tx.people.by_email(email))
        assert known
        await self.house.store.run(lambda tx: tx.people.set_grants(known.id, grants))

    async def ask(self, pulse: Pulse) -> None:
        await self.house.store.run(lambda tx: tx.pulses.put(pulse))

    async def at(self, iso: str) -> None:
        await self.house.push(datetime.fromisoformat(iso))

    # What people do.

    async def post(self, body: str, kind: str, **headers: str) -> tuple[int, Any]:
        answer = await self.client.post(
            "/slack/events", data=body, headers={"Content-Type": kind, **(headers or signed(body))}
        )
        return answer.status, await _read(answer)

    async def interact(self, payload: Json) -> Any:
        """A press, a window sent or a shortcut; gives the acknowledgement."""
        status, told = await self.post(urlencode({"payload": json.dumps(payload)}), FORM)
        assert status == 200, told
        await self.slack.tasks.idle()
        return told

    async def event(self, **event: Any) -> int:
        envelope = {
            "type": "event_callback",
            "token": "t",
            "team_id": self.workspace.team,
            "api_app_id": person.APP,
            "event_id": event.pop("event_id", f"Ev{person.trigger()}"),
            "event_time": 1764000000,
            "event": event,
            "authorizations": [{"team_id": self.workspace.team, "is_bot": True}],
        }
        status, _ = await self.post(json.dumps(envelope), "application/json")
        await self.slack.tasks.idle()
        return status

    async def write(self, user: str, text: str, **more: Any) -> int:
        chat = self.workspace.chat(user)
        about = {"type": "message", "channel_type": "im", "channel": chat}
        return await self.event(**about, user=user, text=text, ts="1764000001.000100", **more)

    async def command(self, user: str, words: str, channel: str = "C0GENERAL") -> Json:
        """`/itpulse words`; what only its author sees of the answer."""
        address = self.workspace.answers_to(user)
        told = {
            "command": "/itpulse",
            "text": words,
            "user_id": user,
            "team_id": self.workspace.team,
            "channel_id": channel,
            "trigger_id": self.workspace.trigger(user),
            "response_url": address,
            "api_app_id": person.APP,
        }
        status, ack = await self.post(urlencode(told), FORM)
        assert status == 200
        await self.slack.tasks.idle()
        return {"ack": ack, "more": self.workspace.whispers[address], "respond_to": address}

    async def press(self, user: str, label: str, number: int = -1) -> Any:
        """A button on a message of the conversation with the bot, the newest by default."""
        return await self.interact(self.pressing(user, label, number))

    def pressing(self, user: str, label: str, number: int = -1) -> Json:
        """What the client sends for it."""
        message = self.workspace.said(user)[number]
        block, element = person.button(message["blocks"], label)
        chat = self.workspace.chat(user)
        where = person.in_message(chat, message["ts"], self.workspace.answers_to(user), message)
        return self.triggered(person.press(user, element, block, where), user)

    async def tick(self, user: str, *labels: str) -> Any:
        """Some of many, and then Done."""
        message = self.workspace.said(user)[-1]
        block, boxes = next(
            (b, e) for b, e in person.elements(message["blocks"]) if e["type"] == "checkboxes"
        )
        chosen = [option for option in boxes["options"] if option["text"]["text"] in labels]
        payload = self.pressing(user, "Done")
        state = {block["block_id"]: {boxes["action_id"]: {"selected_options": chosen}}}
        return await self.interact({**payload, "state": {"values": state}})

    async def press_in_window(self, user: str, label: str) -> Any:
        view = self.workspace.windows[user][-1]
        block, element = person.button(view["blocks"], label)
        where = person.in_view({**view, "type": "modal"})
        return await self.interact(self.triggered(person.press(user, element, block, where), user))

    async def press_at_home(self, user: str, label: str) -> Any:
        view = self.workspace.homes[user]
        block, element = person.button(view["blocks"], label)
        told = person.press(user, element, block, person.in_view(view))
        return await self.interact(self.triggered(told, user))

    async def press_unseen(
        self, user: str, told: Json, label: str, channel: str = "C0GENERAL"
    ) -> str:
        """A button on what only its reader sees; where Slack takes the answer."""
        block, element = person.button(told["blocks"], label)
        address = self.workspace.answers_to(user)
        self.workspace.whispers[address].append(told)
        where = person.in_ephemeral(channel, "1764000000.5", address)
        await self.interact(self.triggered(person.press(user, element, block, where), user))
        return address

    async def send(self, user: str, **texts: str) -> Any:
        """The window on top, filled in; it closes where Slack is told nothing else."""
        view = self.workspace.windows[user][-1]
        ack = await self.interact(person.submission(user, view, person.written(view, **texts)))
        if not ack:
            self.workspace.windows[user].pop()
        return ack

    async def shortcut(self, user: str, name: str, message: Json | None = None) -> Any:
        kind = "message_action" if message else "shortcut"
        told = {**person.envelope(kind, user), "callback_id": name}
        if message:
            told |= {"message": message, "channel": {"id": "C0GENERAL"}}
            told["response_url"] = self.workspace.answers_to(user)
        return await self.interact(self.triggered(told, user))

    async def home(self, user: str, **more: Any) -> Json:
        chat = self.workspace.chat(user)
        await self.event(type="app_home_opened", user=user, channel=chat, tab="home", **more)
        return self.workspace.homes[user]

    def triggered(self, payload: Json, user: str) -> Json:
        return {**payload, "trigger_id": self.workspace.trigger(user)}

    def text(self, user: str, number: int = -1) -> str:
        return texts(self.workspace.said(user)[number])


def texts(shown: Any) -> str:
    """All that can be read in something shown."""
    if isinstance(shown, dict):
        return "\n".join(texts(v) for k, v in shown.items() if k not in ("value", "block_id"))
    if isinstance(shown, list):
        return "\n".join(map(texts, shown))
    return shown if isinstance(shown, str) else ""


async def _read(answer: ClientResponse) -> Any:
    text = await answer.text()
    return json.loads(text) if text[:1] in ("{", "[") else text


@asynccontextmanager
async def open_office(
    folder: Path,
    database_url: str,
    around: Callable[[Callable[[Event], Any]], Callable[[Event], Any]] = lambda handle: handle,
    **settings: Any,
) -> AsyncIterator[Office]:
    """A house with Slack connected, under a clock that is pushed; `around` its engine goes what a
    test puts there."""
    migrate_if_needed(database_url)
    workspace = Workspace()
    simulator = Simulator(folder / "simulator.sqlite", MONDAY)
    async with workspace.open() as url:
        given = {"pace": 10_000.0, **settings}
        about = SlackSettings(TOKEN, given.pop("secret", SECRET), api_url=url, **given)
        slack = Slack(about, simulator.clock.now)
        known = Settings(database_url, f"file://{folder}/keys", "WARNING")
        house = House(known, simulator, [slack])

        async def handle(event: Event) -> Reply:
            return await around(house.handle)(event)  # type: ignore[no-any-return]

        app = application(house.ready)
        slack.mount(app, handle)
        try:
            async with TestClient(TestServer(app)) as client:
                await slack.start()
                yield Office(house, slack, workspace, client)
        finally:
            await house.close()
