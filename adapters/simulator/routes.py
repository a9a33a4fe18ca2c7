"""The simulator's own HTTP routes: a page, the chats as JSON, and the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web

from adapters.simulator.company import cast, examples
from adapters.simulator.inbound import Malformed, parse, read_push
from adapters.simulator.platform import Simulator
from adapters.simulator.render import Json
from adapters.simulator.stream import changes, revision_asked
from adapters.simulator.turns import Handle, take_turn
from bot.commands import COMMANDS
from bot.commands.command import Command
from bot.domain.people import Person
from bot.domain.rounds import STATES, Round
from bot.ports import Store

Push = Callable[[datetime], Awaitable[None]]
NextAt = Callable[[], Awaitable[datetime | None]]
Route = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGE: Final = Path(__file__).with_name("page")
#: E-mail -> part in the made-up company, of whom a visitor may want to be first.
PARTS: Final = cast()
#: Nothing inline, nothing from elsewhere, in nobody's frame.
POLICY: Final = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGE_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def mount(
    app: web.Application,
    simulator: Simulator,
    store: Store,
    handle: Handle,
    push: Push,
    next_at: NextAt,
) -> None:
    """Adds the routes. `push` returns when everything due by then is done; it moves the clock."""
    routes = Routes(simulator, store, handle, push, next_at)
    app.add_routes(
        [
            web.get("/", routes.page),
            web.get(r"/simulator/page/{name:[a-z]+\.(?:css|js|svg)}", routes.asset),
            web.get("/simulator/people", routes.people),
            web.get("/simulator/words", routes.words),
            web.get("/simulator/rounds", routes.rounds),
            web.get("/simulator/chat/{id}", _saying_why(routes.chat)),
            web.post("/simulator/chat/{id}", _saying_why(routes.turn)),
            web.get("/simulator/chat/{id}/events", _saying_why(routes.events)),
            web.get("/simulator/clock", routes.clock),
            web.post("/simulator/clock", _saying_why(routes.pushed)),
        ]
    )
    app.on_shutdown.append(routes.shut)


@dataclass(frozen=True, slots=True)
class Routes:
    simulator: Simulator
    store: Store
    handle: Handle
    push: Push
    next_at: NextAt
    #: One push after the other, so that "a day on" is reckoned from where the last one ended.
    pushing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def page(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)

    async def asset(self, request: web.Request) -> web.StreamResponse:
        path = PAGE / request.match_info["name"]
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=PAGE_HEADERS)

    async def people(self, request: web.Request) -> web.StreamResponse:
        people = await self.store.read(lambda tx: tx.people.all())
        users = {account.email: account.user for account in self.simulator.accounts.all()}
        return web.json_response(
            [_person(users[p.email.lower()], p) for p in people if p.email.lower() in users]
        )

    async def words(self, request: web.Request) -> web.StreamResponse:
        """What can be said, by whom: everybody, or those granted what it needs."""
        return web.json_response([_word(command) for command in COMMANDS.values()])

    async def rounds(self, request: web.Request) -> web.StreamResponse:
        """Of every pulse, newest first: the audit tells everybody as much."""
        rounds = await self.store.read(lambda tx: tx.rounds.in_state(*STATES))
        return web.json_response([_round(round) for round in reversed(rounds)])

    async def chat(self, request: web.Request) -> web.StreamResponse:
        chats, user = self.simulator.chats, self._user(request)
        messages = [message.wire() for message in chats.of(user)]
        return web.json_response({"messages": messages, "revision": chats.revision()})

    async def turn(self, request: web.Request) -> web.StreamResponse:
        user = self._user(request)
        payload = parse(await request.read())
        return web.json_response(await take_turn(self.simulator, self.handle, user, payload))

    async def events(self, request: web.Request) -> web.StreamResponse:
        user, after = self._user(request), revision_asked(request)
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        with suppress(ConnectionResetError):  # the page was closed
            await response.prepare(request)
            async with aclosing(changes(self.simulator, user, after)) as written:
                async for change in written:
                    await response.write(change)
        return response

    async def clock(self, request: web.Request) -> web.StreamResponse:
        next_at = await self.next_at()
        now = self.simulator.clock.now().isoformat()
        return web.json_response({"now": now, "next": next_at and next_at.isoformat()})

    async def pushed(self, request: web.Request) -> web.StreamResponse:
        payload = parse(await request.read())
        async with self.pushing:
            now = self.simulator.clock.now()
            instant = read_push(payload, now) or await self.next_at()
            if instant:
                await self.push(instant)
        return web.json_response({"now": self.simulator.clock.now().isoformat()})

    async def shut(self, app: web.Application) -> None:
        self.simulator.listeners.close()

    def _user(self, request: web.Request) -> str:
        user = request.match_info["id"]
        if not self.simulator.accounts.knows(user):
            raise NoSuchChat(f"There is no chat {user}.")
        return user


class NoSuchChat(Exception):
    """There is no chat of that name."""


def _saying_why(route: Route) -> Route:
    """The route, with what is wrong about a request said as `{"error": sentence}`."""

    async def told(request: web.Request) -> web.StreamResponse:
        try:
            return await route(request)
        except Malformed as malformed:
            return web.json_response({"error": str(malformed)}, status=400)
        except NoSuchChat as unknown:
            return web.json_response({"error": str(unknown)}, status=404)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response({"error": "The body is too large."}, status=413)

    return told


def _person(user: str, person: Person) -> Json:
    return {
        "id": user,
        "email": person.email,
        "name": person.name,
        "unit": person.unit,
        "roles": sorted(person.grants),
        "zone": person.zone,
        "part": PARTS.get(person.email),
        "turn": list(PARTS).index(person.email) if person.email in PARTS else None,
    }


def _word(command: Command) -> Json:
    told = examples(command.word)
    return {
        "word": command.word,
        "says": command.says,
        "needs": command.needs,
        "examples": [e for e in (command.example,) if e] if told is None else list(told),
    }


def _round(round: Round) -> Json:
    return {
        "id": round.id,
        "title": round.plan.title,
        "state": round.state,
        "opens": round.opens_at.isoformat(),
        "closes": round.closes_at.isoformat(),
        "box": round.plan.box,
    }
