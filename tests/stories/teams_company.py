"""A company whose people are in Teams: our rooms on one side, Microsoft's servers played on the
other, real HTTP in between, and a clock that is pushed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.teams.platform import Teams
from bot.domain.people import Grant
from bot.domain.pulse import Pulse
from bot.engine import Engine
from bot.ports import Store
from itpulse import migrate_if_needed
from schedules import meet
from schedules.dispatcher import LocalDispatcher
from schedules.metronome import Metronome
from schedules.rooms import Rooms
from storage import open_keyring, open_store
from tests.contract import teams_client as client
from tests.contract.teams_talk import Json, Talk, talking
from tests.stories.company import MONDAY


@dataclass
class Pushed:
    at: datetime

    def now(self) -> datetime:
        return self.at

    def to(self, at: datetime) -> None:
        self.at = at


class TeamsCompany:
    def __init__(self, talk: Talk, store: Store, rooms: Rooms, clock: Pushed) -> None:
        self.talk = talk
        self.stub = talk.stub
        self.store = store
        self.rooms = rooms
        self.clock = clock
        self.metronome = Metronome(rooms)

    async def meet(self) -> None:
        """The ticks that hear from Teams who is there."""
        await meet.listen(self.rooms)
        await meet.call_roll(self.rooms)

    async def grant(self, email: str, *grants: Grant) -> None:
        known = await self.store.read(lambda tx: tx.people.by_email(email))
        assert known
        await self.store.run(lambda tx: tx.people.set_grants(known.id, grants))

    async def ask(self, pulse: Pulse) -> None:
        await self.store.run(lambda tx: tx.pulses.put(pulse))

    async def at(self, iso: str) -> None:
        await self.metronome.run_until(datetime.fromisoformat(iso), self.clock.to)

    async def types(self, user: str, text: str) -> str:
        """What the newest message in the chat then says."""
        await self.talk.types(text, user=user, **self._stamp())
        return self.newest(user)

    def newest(self, user: str) -> str:
        message = self.stub.shown(user)[-1]
        return str(message.get("summary") or message.get("text"))

    async def presses(self, user: str, title: str, filled: Json | None = None) -> Any:
        """The newest button of that title; returns what the press was answered with."""
        id, action = self.control(user, title)
        return await self.does(user, client.executed(action, filled or {}, replyToId=id))

    async def writes(self, user: str, words: str) -> Any:
        """Into the newest card that has room for words."""
        id, card = self._newest(user, lambda card: client.inputs(card) != [])
        [field] = client.inputs(card)
        action = client.button(card, "Send")
        return await self.does(user, client.executed(action, {field["id"]: words}, replyToId=id))

    async def does(self, user: str, activity: Json) -> Any:
        whose = {**client.activity("", user=user), "id": activity["id"], **self._stamp()}
        for name in ("from", "conversation", "timestamp"):
            activity[name] = whose[name]
        return await self.talk.does(activity)

    def control(self, user: str, title: str) -> tuple[str, Json]:
        id, card = self._newest(user, lambda card: title in _titles(card))
        return id, client.button(card, title)

    def _newest(self, user: str, fits: Any) -> tuple[str, Json]:
        for id, message in reversed(self.stub.chat_of(user).messages.items()):
            for each in message.get("attachments", ()):
                if fits(each["content"]):
                    return id, each["content"]
        raise LookupError

    def _stamp(self) -> dict[str, str]:
        return {"timestamp": self.clock.now().isoformat().replace("+00:00", "Z")}


def _titles(card: Json) -> list[str]:
    return [action["title"] for action in client.actions(card)]


@asynccontextmanager
async def teams_company(folder: Path, starts: datetime = MONDAY) -> AsyncIterator[TeamsCompany]:
    url = f"sqlite:///{folder / 'itpulse.sqlite'}"
    migrate_if_needed(url)
    store, ring = open_store(url, durable=False), open_keyring(f"file://{folder}/keys")
    clock, dispatcher = Pushed(starts), LocalDispatcher()
    try:
        async with talking(Engine(store, ring).handle) as talk:
            platforms: dict[str, Teams] = {"teams": talk.teams}
            rooms = Rooms(store, ring, clock, platforms, dispatcher, "worker", True)
            talk.stub.people.clear()
            yield TeamsCompany(talk, store, rooms, clock)
    finally:
        await dispatcher.close()
        await store.close()
