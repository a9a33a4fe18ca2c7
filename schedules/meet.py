"""Hears from the platforms who is there and how to reach them.

Somebody new is written at once, since they can do nothing before. What events teach about people
who are known already waits and is written once a day for all of them together, so that no writing
can be laid beside a ballot's; what answers teach is no news to begin with.
"""

from __future__ import annotations

from contextlib import suppress

from bot import roster
from bot.errors import Busy
from schedules.apart import apart
from schedules.rooms import Rooms
from schedules.unbroken import Unbroken


async def listen(rooms: Rooms) -> None:
    """The frequent tick."""
    store, now = Unbroken(rooms.store), rooms.clock.now()
    for name, platform in rooms.platforms.items():
        with apart(f"hearing from {name}"):
            waiting = rooms.news.setdefault(name, {})
            heard = await roster.hear(store, rooms.ring, platform, now, waiting)
            rooms.heard.update(heard)


async def call_roll(rooms: Rooms) -> None:
    """Once a day, and at the start: everybody there is, and all that was heard."""
    store, now = Unbroken(rooms.store), rooms.clock.now()
    for name, platform in rooms.platforms.items():
        if rooms.called.get(name) == now.date():
            continue
        heard = {a: profile for a, profile in rooms.heard.items() if a.platform == name}
        with apart(f"calling the roll of {name}"), suppress(Busy):  # asked again at the next beat
            await roster.join(store, rooms.ring, platform, now, heard)
            rooms.called[name] = now.date()
            for address, profile in heard.items():
                # Newer words of theirs may have come in meanwhile.
                if rooms.heard.get(address) is profile:
                    del rooms.heard[address]
