"""Who is there: rosters of teams that have the app, and whoever writes to us by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator

from adapters.teams.directory import Directory, profile_of
from adapters.teams.inbound import Activity
from adapters.teams.pacing import READING
from adapters.teams.post import Post
from adapters.teams.reach import Reach
from adapters.teams.wire import Json
from bot.domain.people import Profile
from bot.errors import Unreachable
from bot.events import Address


class Rosters:
    def __init__(self, post: Post, directory: Directory) -> None:
        self._post = post
        self.directory = directory

    async def meet(self, who: Address) -> None:
        """Asks for the name and e-mail of somebody in their own chat; both become news."""
        reach = self.directory.reach(who)
        if reach.service and reach.conversation:
            member = await self._post.member(who.space, reach, who.user)
            self.directory.hear_member({**member, "id": who.user}, who.space, reach)

    async def read(self, space: str, team: str, activity: Activity) -> None:
        """Everybody in a team becomes news."""
        service = str(activity.get("serviceUrl", ""))
        self.directory.join(space, team, service)
        async for member in self._members(space, team, service):
            self.directory.hear_member(member, space, Reach(service, team=team))

    async def everybody(self) -> AsyncIterator[Profile]:
        """Of every team that has the app; raises Busy where Teams will not say now."""
        met: set[tuple[str, str]] = set()
        for space, team in sorted(self.directory.teams):
            service = self.directory.newest(space)
            async for member in self._members(space, team, service):
                profile = profile_of(member, space, Reach(service, team=team))
                if profile and (space, profile.user) not in met:
                    met.add((space, profile.user))
                    yield profile

    async def _members(self, space: str, team: str, service: str) -> AsyncIterator[Json]:
        token: str | None = None
        while True:
            try:
                found, token = await self._post.page(space, service, team, token, READING)
            except Unreachable:
                # The app was taken out of this team.
                self.directory.teams.discard((space, team))
                return
            for member in found:
                yield member
            if not token:
                return
