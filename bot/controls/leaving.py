"""Somebody works here no more, or works here again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from bot.controls.granting import check_admins
from bot.domain.people import Person
from bot.ports import AuditLine, Transaction

#: Nothing is sent to whoever pauses: what waits for them and reminders too.
FOR_GOOD: Final = datetime(9000, 1, 1, tzinfo=UTC)


def leave(tx: Transaction, person: Person, today: date, who: str, now: datetime) -> None:
    """Asked no more from this moment, without any role; removed after a while. By a transaction
    that writes no ballot. Raises LastAdmin.
    """
    check_admins(tx, person)
    tx.people.put([replace(person, gone_on=today)])
    tx.people.set_grants(person.id, ())
    tx.pauses.put(person.id, FOR_GOOD)
    tx.audit.add(AuditLine(now, who, "people: 1 marked as gone"))


def come_back(tx: Transaction, person: Person, who: str, now: datetime) -> None:
    tx.people.put([replace(person, gone_on=None)])
    tx.pauses.drop(person.id)
    tx.audit.add(AuditLine(now, who, "people: 1 marked as here again"))
