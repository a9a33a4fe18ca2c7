"""Who is on a platform is whoever has the same e-mail in the people list, or is new there.

What the people list says stays. The platform fills in what it does not say, and is followed in
everything about people whom only the platform knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.controls.forgetting import without_forgotten
from bot.domain.people import UNASSIGNED, Person, Profile
from bot.events import Address
from bot.ports import AuditLine, KeyRing, Platform, Store, Transaction

#: What a platform may fill in or change, and how the audit calls it.
COLUMNS: Final = {"name": "name", "zone": "time zone", "language": "language"}
#: What a person has whose zone nobody has said.
NO_ZONE = Person("", "").zone


async def join(
    store: Store,
    ring: KeyRing,
    platform: Platform,
    now: datetime,
    heard: Mapping[Address, Profile] = MappingProxyType({}),
) -> int:
    """Everybody there now, and what was heard before; returns how many addresses were new, moved
    or are reached in another way.
    """
    found = dict(heard)
    async for profile in platform.people():
        address = _at(platform.name, profile)
        before = found.get(address)
        reach = profile.reach or (before.reach if before else "")
        found[address] = replace(profile, reach=reach)
    return await store.run(lambda tx: take(tx, ring, platform.name, found.values(), now))


async def hear(
    store: Store,
    ring: KeyRing,
    platform: Platform,
    now: datetime,
    waiting: dict[Address, Profile] | None = None,
) -> dict[Address, Profile]:
    """Takes the news of those nobody knew at once; returns the rest, to be taken all together.

    Whoever is new could not answer before, and is not to wait for a day until they can. News are
    handed over once, so they stand in `waiting` until they are taken.
    """
    news = {} if waiting is None else waiting
    news |= {_at(platform.name, profile): profile for profile in platform.news()}
    if not news:
        return {}
    known = await store.read(lambda tx: tx.people.attached(list(news)))
    fresh = [news[address] for address in news.keys() - known.keys()]
    if fresh:
        await store.run(lambda tx: take(tx, ring, platform.name, fresh, now))
    told = {address: news[address] for address in known}
    news.clear()
    return told


def take(
    tx: Transaction, ring: KeyRing, platform: str, profiles: Collection[Profile], now: datetime
) -> int:
    there = [profile for profile in profiles if not profile.gone]
    tx.people.detach([_at(platform, profile) for profile in profiles if profile.gone])
    _put(tx, ring, platform, there, now)
    nameless = [_at(platform, profile) for profile in there if not profile.email]
    emails = {_at(platform, profile): profile.email for profile in there if profile.email}
    reaches = {address: address for address in nameless}
    for address, email in tx.people.attached(nameless).items():
        emails[reaches[address]] = email
    return tx.people.attach(emails)


def _put(
    tx: Transaction, ring: KeyRing, platform: str, profiles: Iterable[Profile], now: datetime
) -> None:
    known = {person.email: person for person in tx.people.all()}
    by_email = {profile.email.lower(): profile for profile in profiles if profile.email}
    filled = {email: _filled(known.get(email), profile) for email, profile in by_email.items()}
    new = [person for email, person in filled.items() if email not in known]
    welcome = without_forgotten(tx, ring, new) if new else []
    changed = [person for email, person in filled.items() if known.get(email, person) != person]
    tx.people.put([*welcome, *changed])
    if welcome:
        people = "person" if len(welcome) == 1 else "people"
        tx.audit.add(AuditLine(now, "ITPulse", f"{platform}: {len(welcome)} {people} added"))
    if changed:
        pairs = [(known[person.email], person) for person in changed]
        what = f"{platform}: {len(changed)} changed ({_columns(pairs)})"
        tx.audit.add(AuditLine(now, "ITPulse", what))


def _columns(pairs: Sequence[tuple[Person, Person]]) -> str:
    moved = (
        word
        for column, word in COLUMNS.items()
        if any(getattr(old, column) != getattr(new, column) for old, new in pairs)
    )
    return ", ".join(moved)


def _filled(known: Person | None, profile: Profile) -> Person:
    name = profile.name or profile.email
    if known is None:
        person = Person(profile.email.lower(), name)
        return replace(person, zone=profile.zone or person.zone, language=profile.language)
    if known.unit == UNASSIGNED:
        return replace(
            known,
            name=profile.name or known.name,
            zone=profile.zone or known.zone,
            language=profile.language or known.language,
        )
    zone = profile.zone if profile.zone and known.zone == NO_ZONE else known.zone
    return replace(known, zone=zone, language=known.language or profile.language)


def _at(platform: str, profile: Profile) -> Address:
    return Address(platform, profile.space, profile.user, profile.reach)
