"""Whoever holds two copies of the database sees who is gone, and not which ballot was theirs."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from bot.controls.forgetting import remove
from bot.events import Pressed
from bot.ports import Transaction
from bot.refs import Ref
from bot.turn import Shelf, Turn
from storage.tables import metadata
from tests.attack.shelves import NAMING
from tests.attack.storing import PEOPLE, ROUND, Look, Thief
from tests.stories.company import Company, open_company

#: Places among those who answer, of those who go after having answered; the last has not.
GOING: Final = (3, 17, 40)
SILENT: Final = 200
DATABASES: Final = ("sqlite", "postgresql")


class Watched(NamedTuple):
    before: Look
    wished: Look
    gone: Look
    #: Whose ballots they are.
    tags: set[bytes]
    #: Tables that each transaction wrote, by the ballots it wrote; PostgreSQL only.
    footprints: Mapping[frozenset[bytes], frozenset[str]]
    #: Ballots of the transactions next to the one that took people out of the list.
    nearest: frozenset[bytes]


Go = Callable[[Company, Pressed], Awaitable[None]]


async def by_the_product(company: Company, press: Pressed) -> None:
    reply = await company.house.handle(press)
    assert reply.refusal is None
    assert reply.redraw


async def at_once(company: Company, press: Pressed) -> None:
    """As if the ballot were emptied and the person removed in one go."""
    house = company.house
    person = await house.store.read(lambda tx: tx.people.by_address(press.who))
    assert person

    def empty(tx: Transaction) -> None:
        turn = Turn(tx, house.ring, person, press.at, Shelf())
        sheet = turn.take(turn.round(ROUND))
        turn.seal(sheet, sheet.ballot.left())

    await house.store.run(empty)
    await house.store.run(lambda tx: remove(tx, house.ring, [person], press.at))


async def watch(folder: Path, url: str, go: Go) -> Watched:
    (folder / "house").mkdir()
    async with open_company(folder / "house", url) as company:
        thief = Thief(folder, url, company)
        with thief.reading_logs():
            await thief.open()
            thief.look("before")
            await thief.let_answer(30)
            tags = set()
            for nth in range(len(GOING) + 1):
                number = thief.story.answered[GOING[nth]] if nth < len(GOING) else SILENT
                tags |= {tag for tag, id in thief.story.whose.items() if id == number}
                now = company.house.clock.now()
                who = thief.address_of(number)
                await go(company, Pressed(f"go{number}", who, now, Ref("forget"), None))
                await thief.let_answer(10)
            thief.look("wished")
            footprints, nearest = read(url)
            await thief.at("2026-11-25T00:30:00+00:00")
            thief.look("gone")
            if go is by_the_product:
                nearest = read(url)[1]
        before, wished, gone = thief.story.looks
        return Watched(before, wished, gone, tags, footprints, nearest)


def read(url: str) -> tuple[dict[frozenset[bytes], frozenset[str]], frozenset[bytes]]:
    if make_url(url).drivername == "sqlite":
        return {}, frozenset()
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return _transactions(connection)
    finally:
        engine.dispose()


def _transactions(
    connection: Connection,
) -> tuple[dict[frozenset[bytes], frozenset[str]], frozenset[bytes]]:
    """What each transaction wrote, and the ballots of those next to the one that forgot."""
    tables: dict[int, set[str]] = defaultdict(set)
    for table in metadata.tables:
        query = text(f'SELECT DISTINCT xmin::text::bigint FROM "{table}"')
        for number in connection.execute(query).scalars():
            tables[number].add(table)
    tags: dict[int, set[bytes]] = defaultdict(set)
    for tag, number in connection.execute(text("SELECT tag, xmin::text::bigint FROM ballot")):
        tags[number].add(bytes(tag))
    near: set[bytes] = set()
    for forgot in (number for number, written in tables.items() if "forgotten" in written):
        near |= tags[max((n for n in tags if n < forgot), default=0)]
    return {frozenset(of): frozenset(tables[number]) for number, of in tags.items()}, frozenset(
        near
    )


@pytest.fixture(scope="module", params=DATABASES)
def watched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'house' / 'itpulse.sqlite'}"
        return asyncio.run(watch(folder, url, by_the_product))
    with request.getfixturevalue("postgresql_databases").fresh() as url:
        return asyncio.run(watch(folder, url, by_the_product))


def changed(old: Look, new: Look) -> set[bytes]:
    return {tag for tag, body in new.shelves.bodies.items() if old.shelves.bodies[tag] != body}


def test_a_wish_writes_one_ballot_as_every_press_does(watched: Watched) -> None:
    pressed = changed(watched.before, watched.wished)
    assert watched.tags < pressed
    assert len(pressed) == 30 + 10 * (len(GOING) + 1) + 1
    for tags, tables in watched.footprints.items():
        if tags & pressed:
            assert len(tags) == 1
            assert tables == {"ballot", "event_mark"}
    assert alone(watched.wished) == alone(watched.before)


def alone(look: Look) -> int:
    """Transactions in SQLite's log that wrote ballots and nothing else, as opening a round does."""
    return 0 if "xmin" in look.shelves.ballots else look.shelves.together.count({"ballot"})


def test_nobody_goes_before_every_ballot_was_written_anew(watched: Watched) -> None:
    people = [set(look.shelves.people[_ids(look)]) for look in (watched.wished, watched.gone)]
    assert len(people[0]) == PEOPLE
    assert len(people[0] - people[1]) == len(watched.tags)
    assert len(changed(watched.wished, watched.gone)) == PEOPLE
    assert len({len(body) for body in watched.gone.shelves.bodies.values()}) == 1


def test_the_going_lies_beside_ballots_that_say_nothing(watched: Watched) -> None:
    if watched.nearest:
        assert len(watched.nearest) >= 20
    for look in (watched.wished, watched.gone):
        for tables in look.shelves.together:
            assert "ballot" not in tables or not tables & {*NAMING, "forgotten"}


def _ids(look: Look) -> str:
    return next(name for name in look.shelves.people if name.startswith("person by"))


@pytest.mark.parametrize("database", DATABASES)
def test_a_product_that_does_both_at_once_is_caught(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if database == "sqlite":
        url = f"sqlite:///{tmp_path / 'house' / 'itpulse.sqlite'}"
        watched = asyncio.run(watch(tmp_path, url, at_once))
        assert alone(watched.wished) == alone(watched.before) + len(watched.tags)
        return
    watched = asyncio.run(watch(tmp_path, request.getfixturevalue("postgresql_url"), at_once))
    assert watched.nearest == watched.tags
    bare = [tags for tags, tables in watched.footprints.items() if tables == {"ballot"}]
    assert watched.tags <= {tag for tags in bare for tag in tags}
