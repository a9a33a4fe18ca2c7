"""How far everybody is on their walk through a pulse's bank of questions."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.bank import after, in_round
from bot.ports import Transaction


def walk_on(tx: Transaction, round_id: str, people: Collection[int]) -> None:
    """These were sent the card of a round, or may have been."""
    round = tx.rounds.get(round_id)
    if round is None or not round.plan.bank:
        return
    asked = in_round(round.plan.questions, round.plan.bank)
    seen = tx.people.seen(round.pulse)
    now = {who: after(seen.get(who, ()), asked) for who in people}
    tx.people.set_seen(round.pulse, now)
