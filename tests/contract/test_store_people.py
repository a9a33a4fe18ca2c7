"""What every store promises about people and pulses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot.domain.people import Person
from bot.domain.pulse import Pulse
from bot.events import Address
from bot.ports import Transaction
from storage import SqlStore
from tests.contract.samples import AWKWARD, WEEKLY, people, slack

pytestmark = pytest.mark.contract

ADA = Person(
    email="ada@example.org",
    name=AWKWARD,
    unit="Legal",
    division="Staff",
    role="Counsel",
    site="Zürich",
    zone="Europe/Zurich",
    country="CH",
    language="de-CH",
    leader_email="boss@example.org",
)
BO = Person("bo@example.org", "Bo")


def at(address: Address, tx: Transaction) -> Person | None:
    return tx.people.by_address(address)


def put(pulse: Pulse, tx: Transaction) -> int:
    return tx.pulses.put(pulse)


def ids(tx: Transaction) -> dict[str, int]:
    return {person.email: person.id for person in tx.people.all()}


async def test_a_person_comes_back_as_put(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA, BO]))
    ada, bo = await store.read(lambda tx: tx.people.all())
    assert (ada, bo) == (replace(ADA, id=ada.id), replace(BO, id=bo.id))
    assert 0 < ada.id < bo.id
    assert await store.read(lambda tx: tx.people.by_id(bo.id)) == bo
    assert await store.read(lambda tx: tx.people.by_email("bo@example.org")) == bo


async def test_nobody_is_found_where_nobody_is(store: SqlStore) -> None:
    assert await store.read(lambda tx: tx.people.all()) == []
    assert await store.read(lambda tx: tx.people.by_id(1)) is None
    assert await store.read(lambda tx: tx.people.by_email("ada@example.org")) is None
    assert await store.read(lambda tx: tx.people.by_address(slack("U1"))) is None


async def test_an_email_is_one_person_however_it_is_written(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA, replace(ADA, email="ADA@Example.org")]))
    await store.run(lambda tx: tx.people.put([replace(ADA, email="Ada@example.ORG", name="A")]))
    [ada] = await store.read(lambda tx: tx.people.all())
    assert (ada.email, ada.name) == ("ada@example.org", "A")
    assert await store.read(lambda tx: tx.people.by_email("ADA@EXAMPLE.org")) == ada


async def test_changing_somebody_keeps_id_and_grants(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA]))
    [before] = await store.read(lambda tx: tx.people.all())
    await store.run(lambda tx: tx.people.set_grants(before.id, ["lead", "admin", "lead"]))
    await store.run(lambda tx: tx.people.put([replace(ADA, name="A", grants=frozenset())]))
    [after] = await store.read(lambda tx: tx.people.all())
    assert after == replace(before, name="A", grants=frozenset({"admin", "lead"}))


async def test_grants_are_replaced(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA, BO]))
    who = await store.read(ids)
    await store.run(lambda tx: tx.people.set_grants(who[BO.email], {"editor", "lead"}))
    await store.run(lambda tx: tx.people.set_grants(who[BO.email], {"admin"}))
    found = await store.read(lambda tx: tx.people.by_email(BO.email))
    assert found is not None
    assert found.grants == {"admin"}
    await store.run(lambda tx: tx.people.set_grants(who[BO.email], ()))
    assert {p.grants for p in await store.read(lambda tx: tx.people.all())} == {frozenset()}


async def test_an_address_leads_to_its_person_with_grants(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA, BO]))
    assert await store.run(lambda tx: tx.people.attach({slack("U1"): "BO@example.org"})) == 1
    who = await store.read(ids)
    await store.run(lambda tx: tx.people.set_grants(who[BO.email], {"admin", "lead"}))
    found = await store.read(lambda tx: tx.people.by_address(slack("U1")))
    assert found == replace(BO, id=who[BO.email], grants=frozenset({"admin", "lead"}))
    for other in (slack("u1"), replace(slack("U1"), space="T2"), replace(slack("U1"), platform="")):
        assert await store.read(partial(at, other)) is None


async def test_attaching_counts_what_is_new_or_moved(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA, BO]))
    roster = {slack("U1"): ADA.email, slack("U2"): BO.email, slack("U3"): "who@example.org"}
    assert await store.run(lambda tx: tx.people.attach(roster)) == 2
    assert await store.run(lambda tx: tx.people.attach(roster)) == 0
    assert await store.run(lambda tx: tx.people.attach({slack("U2"): ADA.email})) == 1
    assert await store.run(lambda tx: tx.people.attach({})) == 0


async def test_addresses_come_first_come_first(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([ADA, BO]))
    await store.run(lambda tx: tx.people.attach({slack("U9"): ADA.email}))
    await store.run(lambda tx: tx.people.attach({slack("U1"): ADA.email, slack("U2"): BO.email}))
    who = await store.read(ids)
    ada, bo = who[ADA.email], who[BO.email]
    found = await store.read(lambda tx: tx.people.addresses([ada, bo, 99]))
    assert found == {ada: [slack("U9"), slack("U1")], bo: [slack("U2")], 99: []}
    # One that moves comes last with its new person, and leaves no gap that matters.
    await store.run(lambda tx: tx.people.attach({slack("U9"): BO.email}))
    await store.run(lambda tx: tx.people.attach({slack("U0"): BO.email}))
    found = await store.read(lambda tx: tx.people.addresses([ada, bo]))
    assert found == {ada: [slack("U1")], bo: [slack("U2"), slack("U9"), slack("U0")]}


async def test_a_whole_company_is_put_and_attached_at_once(store: SqlStore) -> None:
    company = people(2_500)
    await store.run(lambda tx: tx.people.put(company))
    roster = {slack(p.name): p.email for p in company}
    assert await store.run(lambda tx: tx.people.attach(roster)) == 2_500
    who = await store.read(ids)
    found = await store.read(lambda tx: tx.people.addresses(list(who.values())))
    assert {a.user: i for i, [a] in found.items()} == {p.name: who[p.email] for p in company}


async def test_two_imports_at_once_do_not_stop_each_other(
    store: SqlStore, neighbour: SqlStore
) -> None:
    company = people(300)
    await asyncio.gather(
        store.run(lambda tx: tx.people.put(company)),
        neighbour.run(lambda tx: tx.people.put(company[::-1])),
    )
    assert len(await store.read(lambda tx: tx.people.all())) == 300


async def test_a_pulse_comes_back_as_put(store: SqlStore) -> None:
    assert await store.run(lambda tx: tx.pulses.put(WEEKLY)) == 1
    assert await store.read(lambda tx: tx.pulses.get("it-weekly")) == replace(WEEKLY, version=1)
    assert await store.read(lambda tx: tx.pulses.get("grumbles")) is None


async def test_the_newest_version_of_a_pulse_counts(store: SqlStore) -> None:
    changed = replace(WEEKLY, title="New", manner="named", rotation="none", smallest_group=7)
    other = replace(WEEKLY, id="a-yearly")
    for number, pulse in ((1, WEEKLY), (2, changed), (1, other)):
        assert await store.run(partial(put, pulse)) == number
    newest = replace(changed, version=2)
    assert await store.read(lambda tx: tx.pulses.get("it-weekly")) == newest
    assert await store.read(lambda tx: tx.pulses.all()) == [replace(other, version=1), newest]


async def test_two_editors_at_once_make_two_versions(store: SqlStore, neighbour: SqlStore) -> None:
    calls = [s.run(lambda tx: tx.pulses.put(WEEKLY)) for s in (store, neighbour) * 4]
    assert sorted(await asyncio.gather(*calls)) == list(range(1, 9))


async def test_everybodys_names_are_there_once(store: SqlStore) -> None:
    assert await store.read(lambda tx: tx.people.names()) == set()
    everybody = people(3)
    await store.run(lambda tx: tx.people.put([*everybody, replace(everybody[0], email="x@y.z")]))
    found = await store.read(lambda tx: tx.people.names())
    assert found == {person.name for person in everybody}


async def test_a_lead_of_some_units_is_found_with_them_among_those_with_a_role(
    store: SqlStore,
) -> None:
    await store.run(lambda tx: tx.people.put([ADA, BO]))
    who = (await store.read(ids))["ada@example.org"]
    await store.run(lambda tx: tx.people.set_grants(who, ["lead", "editor"], ["Zürich", AWKWARD]))
    (ada,) = await store.read(lambda tx: tx.people.granted())
    assert ada.grants == {"lead", "editor"}
    assert set(ada.sees_only) == {"Zürich", AWKWARD}
    await store.run(lambda tx: tx.people.set_grants(who, ["lead", "admin"], ["Legal"]))
    (ada,) = await store.read(lambda tx: tx.people.granted())
    assert (ada.units, ada.sees_only) == (("Legal",), ())
    await store.run(lambda tx: tx.people.set_grants(who, ["lead"]))
    (ada,) = await store.read(lambda tx: tx.people.granted())
    assert ada.units == ()


async def test_whoever_is_gone_is_kept_and_counts_for_no_kind(store: SqlStore) -> None:
    await store.run(lambda tx: tx.people.put([replace(ADA, gone_on=date(2026, 11, 24)), BO]))
    ada, bo = await store.read(lambda tx: tx.people.all())
    assert (ada.gone_on, bo.gone_on) == (date(2026, 11, 24), None)
    assert [kind.unit for kind in await store.read(lambda tx: tx.people.kinds())] == [bo.unit]
