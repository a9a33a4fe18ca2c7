"""Who is on a platform is whoever has the same e-mail in the people list."""

from __future__ import annotations

from bot.events import Address
from bot.ports import Platform, Store


async def join(store: Store, platform: Platform) -> int:
    """Attach everybody's address there; returns how many were new or moved."""
    found = {
        Address(platform.name, profile.space, profile.user): profile.email
        async for profile in platform.people()
    }
    return await store.run(lambda tx: tx.people.attach(found))
