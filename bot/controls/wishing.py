"""“Stop asking me”: kept as a wish, which nobody is told of and no ballot knows."""

from __future__ import annotations

from datetime import date

from bot.domain.fatigue import Wish
from bot.ports import Transaction


def stop_asking(tx: Transaction, person: int, pulse: str = "", until: date | None = None) -> None:
    """From the next round on, not by one pulse or (empty) by any; to `until`, or for good.

    Runs in a transaction that writes no ballot: it names a person.
    """
    tx.wishes.put(Wish(person, pulse, until))


def ask_again(tx: Transaction, person: int, pulse: str = "") -> bool:
    """Takes a wish back, or (empty) all of them; False where there was none."""
    return tx.wishes.drop(person, pulse)


def wishes_of(tx: Transaction, person: int, today: date) -> list[Wish]:
    """Those that hold today."""
    return [w for w in tx.wishes.of_person(person) if w.until is None or today <= w.until]
