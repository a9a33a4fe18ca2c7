"""Who is in a workspace, and what has been heard of them since."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, Final

from adapters.slack.calls import Calls
from bot.domain.people import Profile
from bot.errors import Busy
from bot.events import Address

#: Members a page; Slack advises no more than 200.
PAGE: Final = 200
#: Seconds we wait for the next page ourselves, and how often; beyond that the tick asks again.
SHORT_WAIT: Final = 60.0
WAITS: Final = 20
#: Conversations remembered at most.
REMEMBERED: Final = 50_000
SLACKBOT: Final = "USLACKBOT"
#: Members who are no colleagues: guests, and people of other companies in shared channels.
OUTSIDERS: Final = ("is_restricted", "is_ultra_restricted", "is_stranger")


class Roster:
    """Members by pages, and news of them."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._reaches: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._news: dict[tuple[str, str], Profile] = {}

    async def members(self, space: str) -> AsyncIterator[Profile]:
        cursor = ""
        while True:
            page = await self._page(cursor)
            for member in page.get("members") or ():
                profile = read_member(member, space)
                if profile and profile.gone:
                    # They may have left while we were not there to hear it.
                    self._tell(profile)
                elif profile and profile.email:
                    yield profile
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _page(self, cursor: str) -> Mapping[str, Any]:
        more = {"cursor": cursor} if cursor else {}
        for _ in range(WAITS):
            try:
                return await self._calls("users.list", limit=PAGE, include_locale="true", **more)
            except Busy as busy:
                if busy.retry_after > SHORT_WAIT:
                    raise
                await asyncio.sleep(busy.retry_after)
        raise Busy(SHORT_WAIT)

    def changed(self, member: Mapping[str, Any], space: str) -> None:
        """A member has come, changed or left."""
        if profile := read_member(member, space):
            self._tell(profile)

    def reached(self, space: str, user: str, channel: str) -> None:
        """Somebody's conversation with us is known."""
        if not (user and channel.startswith("D")) or self.reach(space, user) == channel:
            return
        self.knows(space, user, channel)
        self._tell(Profile(user, space, reach=channel))

    def answered_from(self, who: Address) -> None:
        """How to reach whoever uses a control, for now and as no news: were it written, their row
        would tell that they have answered."""
        if who.reach:
            self.knows(who.space, who.user, who.reach)

    def knows(self, space: str, user: str, channel: str) -> None:
        """The same where it is no news: the address said so."""
        self._reaches[space, user] = channel
        self._reaches.move_to_end((space, user))
        if len(self._reaches) > REMEMBERED:
            self._reaches.popitem(last=False)

    def reach(self, space: str, user: str) -> str:
        return self._reaches.get((space, user), "")

    def forget_reach(self, space: str, user: str) -> None:
        self._reaches.pop((space, user), None)

    def news(self) -> list[Profile]:
        told, self._news = list(self._news.values()), {}
        return told

    def _tell(self, profile: Profile) -> None:
        name = profile.space, profile.user
        before = self._news.get(name)
        if before and not profile.name and not profile.gone:
            profile = replace(before, reach=profile.reach or before.reach)
        elif before:
            profile = replace(profile, reach=profile.reach or before.reach)
        self._news[name] = profile


def read_member(member: Mapping[str, Any], space: str) -> Profile | None:
    """None for whoever is no colleague."""
    user = str(member.get("id") or "")
    if not user or user == SLACKBOT or member.get("is_bot") or member.get("is_app_user"):
        return None
    outside = not _is_at(member, space) or any(member.get(each) for each in OUTSIDERS)
    if member.get("deleted") or outside:
        return Profile(user, space, gone=True)
    about = member.get("profile") or {}
    name = about.get("real_name") or member.get("real_name") or member.get("name") or user
    return Profile(
        user=user,
        space=space,
        name=str(name),
        email=str(about.get("email") or ""),
        zone=str(member.get("tz") or ""),
        language=str(member.get("locale") or ""),
    )


def _is_at(member: Mapping[str, Any], space: str) -> bool:
    """Whoever shares a channel with us is listed too, and their own company says what their e-mail
    is: it makes nobody a colleague."""
    home = member.get("team_id")
    known = member.get("enterprise_user") or {}
    return not home or home == space or space in (known.get("teams") or ())
