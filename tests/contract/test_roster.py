"""Who a platform brings in, and what is heard of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot import roster
from bot.controls.forgetting import forgotten_mark
from bot.domain.people import UNASSIGNED, Person, Profile
from bot.errors import Busy, Unreachable
from bot.events import Address
from bot.ports import Clock, KeyRing, Platform, Store
from schedules.dispatcher import LocalDispatcher
from schedules.meet import call_roll, listen
from schedules.rooms import Rooms
from storage import SqlStore, open_keyring
from tests.contract.samples import slack

pytestmark = pytest.mark.contract

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ADA = Person("ada@example.org", "Ada", "Legal", "Staff", zone="Europe/Zurich", language="de")
HERS = Profile("U1", "T1", "Ada L.", "ADA@example.org", "Europe/Rome", "en-US", "D1")
BOS = Profile("U2", "T1", "Bo", "bo@example.org", "Asia/Tokyo", "ja-JP", "D2")


class Place:
    """A platform with people on it, and a clock."""

    name = "slack"

    def __init__(self, *people: Profile) -> None:
        self.there: Sequence[Profile] = people
        self.told: list[Profile] = []
        self.at = NOW
        self.busy = False

    def now(self) -> datetime:
        return self.at

    async def people(self) -> AsyncIterator[Profile]:
        if self.busy:
            raise Busy(1)
        for profile in self.there:
            yield profile

    def news(self) -> list[Profile]:
        told, self.told = self.told, []
        return told


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return open_keyring(f"file://{tmp_path}/keys")


def rooms(store: SqlStore, ring: KeyRing, place: Place) -> Rooms:
    platforms = {"slack": cast(Platform, place)}
    return Rooms(store, ring, cast(Clock, place), platforms, LocalDispatcher(), "w", True)


async def reaches(store: SqlStore, *emails: str) -> list[tuple[str, str]]:
    """Of each: the address first known, and how it is reached."""

    def asked(tx: Any) -> list[tuple[str, str]]:
        people = [tx.people.by_email(email) for email in emails]
        found = tx.people.addresses([person.id for person in people])
        return [(found[p.id][0].user, found[p.id][0].reach) for p in people]

    return await store.read(asked)


async def test_a_member_whom_no_list_knows_is_unassigned(store: SqlStore, ring: KeyRing) -> None:
    place = Place(BOS)
    assert await roster.join(store, ring, cast(Platform, place), NOW) == 1
    [bo] = await store.read(lambda tx: tx.people.all())
    assert bo == Person("bo@example.org", "Bo", zone="Asia/Tokyo", language="ja-JP", id=bo.id)
    assert bo.unit == UNASSIGNED
    assert await reaches(store, "bo@example.org") == [("U2", "D2")]
    [line] = await store.read(lambda tx: tx.audit.newest(5))
    assert line.what == "slack: 1 person added"
    moved = replace(BOS, name="Bo B.", zone="Europe/Paris")
    await store.run(lambda tx: roster.take(tx, ring, "slack", [moved], NOW))
    [bo] = await store.read(lambda tx: tx.people.all())
    assert (bo.name, bo.zone) == ("Bo B.", "Europe/Paris")
    [line, _] = await store.read(lambda tx: tx.audit.newest(5))
    assert line.what == "slack: 1 changed (name, time zone)"
    await store.run(lambda tx: roster.take(tx, ring, "slack", [moved], NOW))
    assert len(await store.read(lambda tx: tx.audit.newest(5))) == 2


async def test_what_the_people_list_says_stays(store: SqlStore, ring: KeyRing) -> None:
    await store.run(
        lambda tx: tx.people.put(
            [ADA, replace(ADA, email="eve@example.org", zone="UTC", language="")]
        )
    )
    hers = replace(HERS, user="U3", email="eve@example.org")
    await roster.join(store, ring, cast(Platform, Place(HERS, hers)), NOW)
    ada, eve = await store.read(lambda tx: tx.people.all())
    assert replace(ada, id=0) == ADA
    assert (eve.zone, eve.language, eve.name) == ("Europe/Rome", "en-US", "Ada")


async def test_no_roster_brings_back_who_wanted_to_be_forgotten(
    store: SqlStore, ring: KeyRing
) -> None:
    mark = forgotten_mark(ring, "bo@example.org")
    await store.run(lambda tx: tx.people.forget(mark))
    assert await roster.join(store, ring, cast(Platform, Place(BOS)), NOW) == 0
    assert await store.read(lambda tx: tx.people.all()) == []


async def test_whoever_is_new_is_known_at_the_next_beat(store: SqlStore, ring: KeyRing) -> None:
    place = Place()
    place.told = [BOS]
    await listen(rooms(store, ring, place))
    assert await reaches(store, "bo@example.org") == [("U2", "D2")]


async def test_what_is_heard_of_people_who_are_known_waits_for_the_day(
    store: SqlStore, ring: KeyRing
) -> None:
    place = Place(replace(BOS, reach=""), HERS)
    within = rooms(store, ring, place)
    await call_roll(within)
    place.told = [Profile("U2", "T1", reach="D9"), replace(HERS, gone=True)]
    await listen(within)
    await call_roll(within)
    assert await reaches(store, "bo@example.org", "ada@example.org") == [("U2", ""), ("U1", "D1")]
    place.at += timedelta(days=1)
    place.busy = True
    await call_roll(within)
    assert await reaches(store, "bo@example.org") == [("U2", "")]
    place.busy, place.there = False, [replace(BOS, reach="")]
    await call_roll(within)
    assert await reaches(store, "bo@example.org") == [("U2", "D9")]
    hers = Address("slack", "T1", "U1")
    assert await store.read(lambda tx: tx.people.by_address(hers)) is None
    assert within.heard == {}


class Denied(Place):
    """A platform that knows us no more."""

    async def people(self) -> AsyncIterator[Profile]:
        for _ in "once":
            raise Unreachable("the bot's token was revoked")
        yield HERS

    def news(self) -> list[Profile]:
        raise Unreachable("the bot's token was revoked")


async def test_a_platform_that_knows_us_no_more_keeps_nobody_from_another_one(
    store: SqlStore, ring: KeyRing
) -> None:
    place = Place(BOS)
    within = rooms(store, ring, place)
    platforms = {"slack": cast(Platform, Denied()), "teams": cast(Platform, place)}
    within = replace(within, platforms=platforms)
    await call_roll(within)
    assert list(within.called) == ["teams"]
    place.told = [replace(HERS, user="U3")]
    await listen(within)
    known = await store.read(lambda tx: tx.people.all())
    assert {person.email for person in known} == {"ada@example.org", "bo@example.org"}


async def test_news_outlive_a_database_that_is_away_for_a_moment(
    store: SqlStore, ring: KeyRing
) -> None:
    place = Place()
    place.told = [BOS]
    within = rooms(store, ring, place)

    class Away:
        async def read(self, _fn: Any) -> None:
            raise ConnectionError

    await listen(replace(within, store=cast(Store, Away())))
    await listen(within)
    assert await reaches(store, "bo@example.org") == [("U2", "D2")]
    assert within.news == {"slack": {}}


async def test_an_address_keeps_its_way_until_another_is_known(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA]))
    way = replace(slack("U1"), reach="D1")
    for address, changed in ((way, 1), (slack("U1"), 0), (replace(way, reach="D2"), 1)):
        assert await store.run(lambda tx, a=address: tx.people.attach({a: ADA.email})) == changed  # type: ignore[misc]
    assert await reaches(store, ADA.email) == [("U1", "D2")]
    assert await store.read(lambda tx: tx.people.attached([slack("U1"), slack("U2")])) == {
        slack("U1"): ADA.email
    }
    assert await store.run(lambda tx: tx.people.detach([slack("U1"), slack("U2")])) == 1
    assert await store.read(lambda tx: tx.people.by_address(slack("U1"))) is None
