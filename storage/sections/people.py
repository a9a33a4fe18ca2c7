"""Who is asked and where they can be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.bank import Seen
from bot.domain.people import Grant, Person
from bot.events import Address
from storage.sections.rows import chunks
from storage.tables import address, delivery, forgotten, grant_, person, slice_
from storage.tables import seen as seen_

#: Platform, space, user.
_Where = tuple[str, str, str]
#: An address, its person's e-mail, how it is reached.
_Wanted = tuple[_Where, str, str]
#: Everything but the id.
_FIELDS: Final = tuple(c.name for c in person.c if c.name != "id")

_ALL = (
    select(person, grant_.c.grant, grant_.c.units)
    .outerjoin(grant_, grant_.c.person == person.c.id)
    .order_by(person.c.id)
)
_KINDS = (
    select(person.c.unit, person.c.role, person.c.site, person.c.zone, person.c.country)
    .where(person.c.gone_on.is_(None))
    .distinct()
)
_GRANTED = _ALL.where(grant_.c.grant.is_not(None))
_NAMES = select(person.c.name).distinct()
_UNITS = select(person.c.unit).distinct().order_by(person.c.unit)
_BY_ID = _ALL.where(person.c.id == bindparam("who"))
_BY_EMAIL = _ALL.where(person.c.email == bindparam("email"))
_BY_ADDRESS = _ALL.join(address, address.c.person == person.c.id).where(
    address.c.platform == bindparam("platform"),
    address.c.space == bindparam("space"),
    address.c.user == bindparam("user"),
)
_insert_person = insert(person)
_PUT = _insert_person.on_conflict_do_update(
    index_elements=[person.c.email],
    set_={name: _insert_person.excluded[name] for name in _FIELDS if name != "email"},
)

_IDS = select(person.c.email, person.c.id).where(
    person.c.email.in_(bindparam("emails", expanding=True))
)
_THESE: Final = (
    address.c.platform == bindparam("platform"),
    address.c.space == bindparam("space"),
    address.c.user.in_(bindparam("users", expanding=True)),
)
_OWNERS = (
    select(address.c.user, address.c.person, address.c.reach, address.c.nth, person.c.email)
    .join(person)
    .where(*_THESE)
)
_DETACH = delete(address).where(*_THESE)
_HIGHEST = (
    select(address.c.person, func.max(address.c.nth))
    .where(address.c.person.in_(bindparam("people", expanding=True)))
    .group_by(address.c.person)
)
_insert_address = insert(address)
_ATTACH = _insert_address.on_conflict_do_update(
    index_elements=list(address.primary_key.columns),
    set_={name: _insert_address.excluded[name] for name in ("person", "nth", "reach")},
)
_ADDRESSES = (
    select(address)
    .where(address.c.person.in_(bindparam("people", expanding=True)))
    .order_by(address.c.person, address.c.nth, *address.primary_key.columns)
)

_DROP_GRANTS = delete(grant_).where(grant_.c.person == bindparam("who"))
_ADD_GRANTS = insert(grant_)

_DROP_PERSON = delete(person).where(person.c.id == bindparam("who"))
_DROP_DELIVERIES = delete(delivery).where(delivery.c.person == bindparam("who"))
_FORGET = insert(forgotten).on_conflict_do_nothing()
_FORGOTTEN = select(forgotten.c.mark).where(
    forgotten.c.mark.in_(bindparam("these", expanding=True))
)
_SLOTS = select(slice_.c.person, slice_.c.slot).where(slice_.c.pulse == bindparam("its"))
_SEEN = select(seen_.c.person, seen_.c.questions).where(seen_.c.pulse == bindparam("its"))
_insert_seen = insert(seen_)
_SET_SEEN = _insert_seen.on_conflict_do_update(
    index_elements=list(seen_.primary_key.columns),
    set_={"questions": _insert_seen.excluded.questions},
)
_insert_slot = insert(slice_)
_SET_SLOT = _insert_slot.on_conflict_do_update(
    index_elements=list(slice_.primary_key.columns), set_={"slot": _insert_slot.excluded.slot}
)


class SqlPeople:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Person]:
        return _people(self._connection.execute(_ALL))

    def kinds(self) -> list[Person]:
        rows = self._connection.execute(_KINDS)
        return [
            Person("", "", unit=unit, role=role, site=site, zone=zone, country=country)
            for unit, role, site, zone, country in rows
        ]

    def granted(self) -> list[Person]:
        return _people(self._connection.execute(_GRANTED))

    def names(self) -> set[str]:
        return set(self._connection.execute(_NAMES).scalars())

    def units(self) -> list[str]:
        return list(self._connection.execute(_UNITS).scalars())

    def by_id(self, person: int) -> Person | None:
        return self._one(_BY_ID, {"who": person})

    def by_email(self, email: str) -> Person | None:
        return self._one(_BY_EMAIL, {"email": email.lower()})

    def by_address(self, address: Address) -> Person | None:
        return self._one(_BY_ADDRESS, _address_row(address))

    def put(self, people: Collection[Person]) -> None:
        rows = {p.email.lower(): _person_row(p) for p in people}
        # Two imports at once lock the same rows in the same order.
        if rows:
            self._connection.execute(_PUT, [rows[email] for email in sorted(rows)])

    def attach(self, addresses: Mapping[Address, str]) -> int:
        return sum(self._attach(part) for part in chunks(sorted(_lowered(addresses))))

    def detach(self, addresses: Collection[Address]) -> int:
        gone = 0
        for values in _by_space([_where(a) for a in addresses]):
            gone += self._connection.execute(_DETACH, values).rowcount
        return gone

    def attached(self, addresses: Collection[Address]) -> dict[Address, str]:
        wheres = sorted({_where(a) for a in addresses})
        owners = [self._owners(list(part)) for part in chunks(wheres)]
        return {Address(*where): row.email for found in owners for where, row in found.items()}

    def addresses(self, people: Collection[int]) -> dict[int, list[Address]]:
        """Everybody asked for has a list, be it empty."""
        found: dict[int, list[Address]] = {who: [] for who in people}
        for part in chunks(sorted(found)):
            for row in self._connection.execute(_ADDRESSES, {"people": part}):
                found[row.person].append(Address(row.platform, row.space, row.user, row.reach))
        return found

    def set_grants(
        self, person: int, grants: Collection[Grant], units: Collection[str] = ()
    ) -> None:
        self._connection.execute(_DROP_GRANTS, {"who": person})
        if grants:
            limited = sorted(units) or None
            rows = [
                {"person": person, "grant": g, "units": limited if g == "lead" else None}
                for g in sorted(set(grants))
            ]
            self._connection.execute(_ADD_GRANTS, rows)

    def remove(self, person: int) -> None:
        self._connection.execute(_DROP_DELIVERIES, {"who": person})
        # Grants, addresses, slices and named words go with the row.
        self._connection.execute(_DROP_PERSON, {"who": person})

    def forget(self, mark: bytes) -> None:
        self._connection.execute(_FORGET, {"mark": mark})

    def forgotten(self, marks: Collection[bytes]) -> set[bytes]:
        found: set[bytes] = set()
        for part in chunks(sorted(set(marks))):
            found.update(self._connection.execute(_FORGOTTEN, {"these": part}).scalars())
        return found

    def slots(self, pulse: str) -> dict[int, int]:
        rows = self._connection.execute(_SLOTS, {"its": pulse})
        return {row.person: row.slot for row in rows}

    def set_slots(self, pulse: str, slots: Mapping[int, int]) -> None:
        rows = [
            {"pulse": pulse, "person": who, "slot": slot} for who, slot in sorted(slots.items())
        ]
        if rows:
            self._connection.execute(_SET_SLOT, rows)

    def seen(self, pulse: str) -> dict[int, Seen]:
        rows = self._connection.execute(_SEEN, {"its": pulse})
        return {row.person: tuple(row.questions) for row in rows}

    def set_seen(self, pulse: str, seen: Mapping[int, Seen]) -> None:
        rows = [
            {"pulse": pulse, "person": who, "questions": list(questions)}
            for who, questions in sorted(seen.items())
        ]
        if rows:
            self._connection.execute(_SET_SEEN, rows)

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Person | None:
        return next(iter(_people(self._connection.execute(statement, values))), None)

    def _attach(self, wanted: Sequence[_Wanted]) -> int:
        ids = self._map(_IDS, "emails", sorted({email for _, email, _ in wanted}))
        owners = self._owners([where for where, _, _ in wanted])
        rows, moved = [], []
        for where, email, reach in wanted:
            who, old = ids.get(email), owners.get(where)
            if who is None:
                continue
            if old is None or old.person != who:
                moved.append(_row(where, who, reach))
            elif reach and reach != old.reach:
                rows.append(_row(where, who, reach) | {"nth": old.nth})
        rows += self._numbered(moved) if moved else []
        if rows:
            self._connection.execute(_ATTACH, rows)
        return len(rows)

    def _owners(self, wheres: Sequence[_Where]) -> dict[_Where, Any]:
        """Whose these addresses are now."""
        found: dict[_Where, Any] = {}
        for values in _by_space(wheres):
            for row in self._connection.execute(_OWNERS, values):
                found[values["platform"], values["space"], row.user] = row
        return found

    def _numbered(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each person's new addresses come after those already known."""
        nth = self._map(_HIGHEST, "people", sorted({row["person"] for row in rows}))
        for row in rows:
            who = row["person"]
            nth[who] = row["nth"] = nth.get(who, 0) + 1
        return rows

    def _map(self, statement: Any, name: str, values: list[Any]) -> dict[Any, int]:
        rows = self._connection.execute(statement, {name: values})
        return {key: number for key, number in rows}  # noqa: C416  # dict() takes no rows


def _lowered(addresses: Mapping[Address, str]) -> list[_Wanted]:
    return [(_where(a), email.lower(), a.reach) for a, email in addresses.items()]


def _where(address: Address) -> _Where:
    return address.platform, address.space, address.user


def _by_space(wheres: Iterable[_Where]) -> Iterator[dict[str, Any]]:
    for (platform, space), same in groupby(sorted(wheres), key=itemgetter(0, 1)):
        for users in chunks([where[2] for where in same]):
            yield {"platform": platform, "space": space, "users": users}


def _row(where: _Where, who: int, reach: str) -> dict[str, Any]:
    platform, space, user = where
    return {"platform": platform, "space": space, "user": user, "person": who, "reach": reach}


def _address_row(address: Address) -> dict[str, Any]:
    return {"platform": address.platform, "space": address.space, "user": address.user}


def _person_row(person: Person) -> dict[str, Any]:
    row = {name: getattr(person, name) for name in _FIELDS}
    row["email"] = person.email.lower()
    return row


def _people(rows: Iterable[Row[Any]]) -> list[Person]:
    """One for each run of rows (id, `_FIELDS`, grant, units) that differ only in the last two."""
    people = []
    for who, same in groupby(rows, key=itemgetter(0)):
        first, *rest = same
        grants = {row.grant: row.units for row in (first, *rest) if row.grant}
        values: list[Any] = [*first][1:-2]
        fields: dict[str, Any] = dict(zip(_FIELDS, values, strict=True))
        units = tuple(grants.get("lead") or ())
        people.append(Person(**fields, id=who, grants=frozenset(grants), units=units))
    return people
