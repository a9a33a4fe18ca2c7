"""Hears from the platforms who is there and how to reach them.

Somebody new is written at once, since they can do nothing before. What events teach about people
who are known already waits and is written once a day for all of them together, so that no writing
can be laid beside a ballot's; what answers teach is no news to begin with.
"""

from __future__ import annotations

from contextlib import suppress

from bot import roster
from bot.errors import Busy
from schedules.rooms import Rooms


async def listen(rooms: Rooms) -> None:
    """The frequent tick."""
    for platform in rooms.platforms.values():
        heard = await roster.hear(rooms.store, rooms.ring, platform, rooms.clock.now())
        rooms.heard.update(heard)


async def call_roll(rooms: Rooms) -> None:
    """Once a day, and at the start: everybody there is, and all that was heard."""
    now = rooms.clock.now()
    for name, platform in rooms.platforms.items():
        if rooms.called.get(name) == now.date():
            continue
        heard = {a: profile for a, profile in rooms.heard.items() if a.platform == name}
        with suppress(Busy):  # asked again at the next beat
            await roster.join(rooms.store, rooms.ring, platform, now, heard)
            rooms.called[name] = now.date()
            for address in heard:
                rooms.heard.pop(address)
