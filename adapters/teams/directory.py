"""What events and sends have taught about people, in memory until somebody asks.

Nothing of it is written at the event: a row about a person, written when a ballot is, would tie
the two together.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import Final

from adapters.teams.reach import NAME, Reach
from adapters.teams.wire import Json
from bot.domain.people import Profile
from bot.events import Address

#: People remembered at most; one who was quiet for longest is forgotten first.
REMEMBERED: Final = 50_000


class Directory:
    def __init__(self) -> None:
        self._known: OrderedDict[Address, Profile] = OrderedDict()
        self._news: dict[Address, Profile] = {}
        #: Tenant -> the newest service address.
        self._services: dict[str, str] = {}
        #: (tenant, team) pairs that have the app.
        self.teams: set[tuple[str, str]] = set()

    def hear(self, profile: Profile) -> None:
        """Only what is new of it is news; an empty field says nothing."""
        if self._remember(profile):
            at = Address(NAME, profile.space, profile.user)
            self._news[at] = self._known[at]

    def answered_from(self, who: Address) -> None:
        """How to reach somebody who answers, for now and as no news: were it written, their row
        would tell that they have answered."""
        self._remember(Profile(who.user, who.space, reach=who.reach))

    def join(self, space: str, team: str, service: str) -> None:
        self._note(space, Reach(service, team=team))

    def left(self, who: Address) -> None:
        self._known.pop(who, None)
        self._news[who] = Profile(who.user, who.space, gone=True)

    def reach(self, to: Address) -> Reach:
        """What is stored about how to get there, and what was learned since."""
        stored = Reach.read(to.reach)
        self._note(to.space, stored)
        known = self._known.get(to)
        newest = _joined(stored, Reach.read(known.reach)) if known else stored
        return replace(newest, service=newest.service or self._services.get(to.space, ""))

    def forget_chat(self, to: Address) -> None:
        """It is not there any more; the next message makes another one."""
        if known := self._known.get(to):
            reach = replace(Reach.read(known.reach), conversation="")
            self._known[to] = replace(known, reach=reach.wire())

    def newest(self, space: str) -> str:
        return self._services.get(space, "")

    def hear_member(self, member: Json, space: str, reach: Reach) -> Profile | None:
        """Somebody on a roster; None for bots, guests and whoever has no e-mail."""
        profile = profile_of(member, space, reach)
        if profile:
            self.hear(profile)
        return profile

    def news(self) -> list[Profile]:
        """Handed over once."""
        told, self._news = list(self._news.values()), {}
        return told

    def _remember(self, profile: Profile) -> bool:
        """Whether anything of it is new."""
        at = Address(NAME, profile.space, profile.user)
        before = self._known.get(at, Profile(profile.user, profile.space))
        after = self._known[at] = _merged(before, profile)
        self._note(profile.space, Reach.read(after.reach))
        self._known.move_to_end(at)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return after != before

    def _note(self, space: str, reach: Reach) -> None:
        if reach.service:
            self._services[space] = reach.service
        if reach.team:
            self.teams.add((space, reach.team))


def profile_of(member: Json, space: str, reach: Reach) -> Profile | None:
    email = str(member.get("email") or member.get("userPrincipalName") or "")
    user = str(member.get("id") or "")
    if not user or "@" not in email or user.startswith("28:") or not _is_at(member, space):
        return None
    name = str(member.get("name") or "").strip()
    return Profile(user, space, name or email, email.lower(), reach=reach.wire())


def _is_at(member: Json, space: str) -> bool:
    """A guest's e-mail is what another company says it is, so it makes nobody a colleague."""
    home, name = str(member.get("tenantId") or space), str(member.get("userPrincipalName") or "")
    guest = str(member.get("userRole") or "").lower() in ("guest", "anonymous")
    return home.lower() == space.lower() and not guest and "#ext#" not in name.lower()


def _merged(before: Profile, after: Profile) -> Profile:
    reach = _joined(Reach.read(before.reach), Reach.read(after.reach)).wire()
    return Profile(
        user=after.user,
        space=after.space,
        name=after.name or before.name,
        email=after.email or before.email,
        zone=after.zone or before.zone,
        language=after.language or before.language,
        reach=reach,
    )


def _joined(old: Reach, new: Reach) -> Reach:
    return Reach(
        new.service or old.service, new.conversation or old.conversation, new.team or old.team
    )
