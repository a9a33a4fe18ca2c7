"""The roof: reads the environment, wires the rooms, opens the doors."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from adapters import logs, metrics, slack, teams, themes, web
from adapters import settings as environment
from adapters.chat import Chat
from adapters.settings import Settings
from adapters.terminal.house import Roof, Upkeep
from bot import checkup, roster
from bot.engine import Engine
from bot.errors import Fault, Refusal
from bot.health import DEMO_NOTE, Finding
from bot.hold import held_since
from bot.ports import AuditLine, Clock, Platform, Transaction
from bot.timetable import unopened
from schedules.dispatcher import LocalDispatcher
from schedules.metronome import Metronome
from schedules.rooms import Rooms
from storage import (
    Damaged,
    ForeignRing,
    StoreError,
    Unusable,
    is_current,
    migrate_if_needed,
    open_keyring,
    open_store,
)

if TYPE_CHECKING:
    from adapters.simulator import Simulator

#: Says that a directory is a demo, and of which database; the note of that name in the database
#: says it of that.
DEMO_MARK = DEMO_NOTE


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class House:
    """Everything opened on one data directory."""

    def __init__(
        self, settings: Settings, simulator: Simulator | None, chats: Sequence[Chat] = ()
    ) -> None:
        # Nobody in a demo is real, and waiting for the disk at every press is most of its time.
        self.store = open_store(settings.database_url, durable=simulator is None)
        self.ring = open_keyring(settings.keyring)
        self._database_url = settings.database_url
        self.simulator = simulator
        self.is_demo = simulator is not None
        self.clock: Clock = simulator.clock if simulator else SystemClock()
        self.chats = chats
        platforms: dict[str, Platform] = {chat.name: chat for chat in chats}
        if simulator:
            platforms[simulator.name] = simulator
        alone = self.is_demo or settings.database_url.startswith("sqlite")
        self._dispatcher = LocalDispatcher()
        self.metronome = Metronome(
            Rooms(
                self.store, self.ring, self.clock, platforms, self._dispatcher, token_hex(8), alone
            )
        )
        engine = Engine(self.store, self.ring)
        self.handle, self._stop_metrics = metrics.timed(engine.handle, settings.metrics_port)
        self.next_at, self.next_due = self.metronome.next_at, self.metronome.next_due

    async def push(self, to: datetime) -> None:
        if self.simulator is None:
            raise Fault(["Only a demo's clock can be pushed."])
        self.simulator.drive()
        await self.metronome.run_until(to, self.simulator.clock.to)

    async def greet_newcomers(self) -> None:
        """Everybody in a demo's directory has an account of the simulator."""
        if self.simulator:
            people = await self.store.read(lambda tx: tx.people.all())
            self.simulator.adopt((p.email, p.name, p.zone, p.language) for p in people)
            await roster.join(self.store, self.ring, self.simulator, self.clock.now())

    async def ready(self) -> str | None:
        """What keeps us from working, for a probe; None where nothing does."""
        try:
            next(iter(self.ring.names()), None)
            await self.store.read(lambda tx: tx.notes.get(DEMO_MARK))
            if not await asyncio.to_thread(is_current, self._database_url):
                return "The tables are not those of this version; run `itpulse migrate`."
        except ForeignRing as error:
            return f"{error}."
        except Exception:
            return "The database or the key ring cannot be reached."
        return None

    async def close(self) -> None:
        await self.metronome.stop()
        self._stop_metrics()
        await self._dispatcher.close()
        for chat in self.chats:
            await chat.close()
        await self.store.close()
        if self.simulator:
            self.simulator.close()


@asynccontextmanager
async def open_house(data: Path, talking: bool = False) -> AsyncIterator[House]:
    """`talking` connects the platforms that the environment names, which a demo has none of."""
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings.read(os.environ, data)
    logs.start(settings.log_level)
    themes.put_to_use(os.environ)
    with _said_plainly():
        migrate_if_needed(settings.database_url)
        simulator = _simulator(data, settings)
        house = House(settings, simulator, _chats(os.environ) if talking and not simulator else ())
        try:
            await house.ring.recognise(house.store)
            yield house
        finally:
            await house.close()


@contextmanager
def _said_plainly() -> Iterator[None]:
    """A database or key ring that cannot be used is for the operator to mend, and no bug."""
    try:
        yield
    except (Damaged, StoreError, Unusable) as error:
        raise Refusal(f"{error}. `itpulse doctor` says what to mend.") from None


def _chats(environ: Mapping[str, str]) -> list[Chat]:
    """The rooms of the platforms that are set up; what is not connected is not even loaded."""
    rooms = (importlib.import_module(f"adapters.{name}") for name in environment.chats(environ))
    return [room.connect(environ, SystemClock().now) for room in rooms]


def _simulator(data: Path, settings: Settings) -> Simulator | None:
    mark = data / DEMO_MARK
    if not mark.exists():
        return None
    if mark.read_text() != settings.fingerprint:
        raise Fault(
            [f"The demo in {data} was made with another ITPULSE_DATABASE_URL; set that one."]
        )
    from adapters import simulator

    return simulator.connect(data, SystemClock().now())


async def make_demo(data: Path, database: str | None, now: datetime | None) -> None:
    """Marks a directory, and the database it is to use from now on, as a made-up company's."""
    if database:
        os.environ["ITPULSE_DATABASE_URL"] = database
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings.read(os.environ, data)
    with _said_plainly():
        migrate_if_needed(settings.database_url)
        store = open_store(settings.database_url)
        try:
            await store.run(_mark_as_demo)
        finally:
            await store.close()
    if not (data / DEMO_MARK).exists():
        from adapters import simulator

        simulator.connect(data, now or SystemClock().now()).close()
        (data / DEMO_MARK).write_text(settings.fingerprint)


def _mark_as_demo(tx: Transaction) -> None:
    """Never over people who are real."""
    if tx.notes.get(DEMO_MARK) is None and tx.people.all():
        raise Fault(["This database holds a real company. A demo needs an empty one of its own."])
    tx.notes.put(DEMO_MARK, "yes")


async def serve(data: Path, host: str, port: int, password: str | None) -> None:
    async with open_house(data, talking=True) as house:
        app = web.application(house.ready, password)
        if house.simulator:
            from adapters import simulator
            from adapters.terminal.filling import Company

            house.simulator.drive()
            push = Company(house, house.simulator).push
            simulator.mount(app, house.simulator, house.store, house.handle, push, house.next_at)
        for chat in house.chats:
            chat.mount(app, house.handle)
            await chat.start()
        if since := await house.store.read(held_since):
            said = f"restored at {since}: nothing is sent before `itpulse restore --release`"
            sys.stderr.write(f"{said}\n")
        house.metronome.start()
        await web.serve(app, host, port, _say)


def _say(address: str) -> None:
    sys.stdout.write(f"ITPulse is at {address}\n")
    sys.stdout.flush()


async def examine(data: Path) -> list[Finding]:
    """How an installation is; nothing of it is opened that could change it."""
    from storage import health

    is_demo = (data / DEMO_MARK).exists()
    found = [*environment.checked(os.environ, is_demo), *themes.checked(os.environ)]
    if not is_demo and not any(finding.verdict == "bad" for finding in found):
        for chat in _chats(os.environ):
            found += await chat.examine()
            await chat.close()
    settings = Settings.read({**os.environ, "ITPULSE_METRICS_PORT": ""}, data)
    simulator = _simulator(data, settings) if is_demo else None
    clock: Clock = simulator.clock if simulator else SystemClock()
    try:
        urls = settings.database_url, settings.keyring
        facts = await health.examine(*urls, SystemClock().now, clock.now, unopened)
    finally:
        if simulator:
            simulator.close()
    return [*found, *checkup.findings(facts, environment.connected(os.environ))]


def back_up(data: Path, file: Path) -> None:
    from storage import backup

    with _said_plainly():
        backup.back_up(Settings.read(os.environ, data).database_url, file)


def restore(data: Path, file: Path, replace: bool) -> None:
    from storage import backup

    url = Settings.read(os.environ, data).database_url
    with _said_plainly():
        backup.restore(url, file, SystemClock().now(), replace)


async def adopt(data: Path) -> None:
    settings = Settings.read(os.environ, data)
    with _said_plainly():
        migrate_if_needed(settings.database_url)
        store = open_store(settings.database_url)
        try:
            await open_keyring(settings.keyring).adopt(store)
            said = AuditLine(SystemClock().now(), "terminal", "another key ring was adopted")
            await store.run(lambda tx: tx.audit.add(said))
        finally:
            await store.close()


def migrate_schema(data: Path) -> str:
    data.mkdir(parents=True, exist_ok=True)
    with _said_plainly():
        changed = migrate_if_needed(Settings.read(os.environ, data).database_url)
    return "The tables are up to date now." if changed else "The tables were up to date already."


def main() -> None:
    from adapters.terminal import main as talk

    papers = partial(slack.app_manifest, os.environ), partial(teams.package, os.environ)
    own_themes = partial(themes.put_to_use, os.environ)
    upkeep = Upkeep(examine, back_up, restore, adopt, *papers, own_themes)
    talk(Roof(open_house, make_demo, serve, migrate_schema, SystemClock().now, upkeep))


if __name__ == "__main__":
    main()
