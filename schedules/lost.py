"""A round whose keys are gone: nobody can open it any more, and those invited are told once."""

from __future__ import annotations

import logging

from bot import compose
from bot.domain.rounds import Round
from bot.faults import told
from bot.ports import AuditLine, Transaction
from schedules.deliver import patiently, reachable
from schedules.rooms import Rooms

log = logging.getLogger("itpulse.lost")


async def lose(rooms: Rooms, round: Round) -> None:
    """The state first: after a crash in between somebody may not be told, but nobody twice."""
    reached = await rooms.store.run(lambda tx: _end(tx, round, rooms))
    for person, to in (await reachable(rooms, reached)).items():
        key = f"{round.id}|lost|{person}"
        try:
            await patiently(rooms.platforms[to.platform], to, compose.lost(round), key)
        except Exception as error:
            log.warning("somebody was not told of a lost round: %s", told(error))


def _end(tx: Transaction, round: Round, rooms: Rooms) -> list[int]:
    """Who got the first card and does not pause; nobody where the round has ended already."""
    if tx.rounds.lock(round.id) not in ("open", "closing"):
        return []
    tx.rounds.set_state(round.id, "lost")
    said = f"round {round.id} lost: its keys are gone, so nothing can be counted or published"
    tx.audit.add(AuditLine(rooms.clock.now(), "ITPulse", said))
    paused = tx.pauses.running(rooms.clock.now())
    reached = [d for d in tx.deliveries.of_round(round.id) if d.state in ("sent", "perhaps")]
    return [d.person for d in reached if d.person not in paused]
