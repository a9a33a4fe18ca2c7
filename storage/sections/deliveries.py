"""Who is asked when, and who was reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    insert,
    literal_column,
    null,
    or_,
    select,
    update,
)

from bot.domain.people import Home
from bot.domain.rounds import ENDED, Delivery, DeliveryState
from bot.ports import Reached
from storage.tables import delivery, pause, round_
from storage.tables import person as person_

# Written out in the statements: a bound value would keep both databases from the partial indexes.
_is_waiting = delivery.c.state == literal_column("'waiting'")
_is_claimed = delivery.c.state == literal_column("'claimed'")
# Asked of each, in the order of the index: "in the open rounds" would make SQLite walk through
# all that these rounds have sent already.
_round_is_open = (
    select(round_.c.id)
    .where(round_.c.id == delivery.c.round, round_.c.state == literal_column("'open'"))
    .exists()
)
_is_paused = select(pause.c.person).where(
    pause.c.person == delivery.c.person, pause.c.until > bindparam("now")
)
_COLUMNS = tuple(
    delivery.c[name] for name in ("round", "person", "send_at", "state", "receipt", "why")
)

_ADD = insert(delivery)
_due = (
    select(delivery.c.round, delivery.c.person)
    .where(
        _is_waiting,
        _round_is_open,
        delivery.c.send_at <= bindparam("now"),
        ~_is_paused.exists(),
    )
    # In the order of the index alone: thousands share an hour, and would be sorted every time.
    .order_by(delivery.c.send_at)
    .limit(bindparam("most"))
    # Two workers never wait for each other: each skips what the other holds. SQLite has one
    # writer and leaves this out.
    .with_for_update(of=delivery, skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(delivery)
    .where(delivery.c.round == _due.c.round, delivery.c.person == _due.c.person)
    .values(state="claimed", claimed_by=bindparam("worker"), claimed_at=bindparam("now"))
    .returning(*_COLUMNS)
)
_CLAIMED = (
    select(*_COLUMNS)
    .where(_is_claimed, delivery.c.claimed_by != bindparam("worker"))
    .order_by(delivery.c.send_at, delivery.c.round, delivery.c.person)
)
_CLAIMED_BEFORE = _CLAIMED.where(delivery.c.claimed_at < bindparam("before"))
_SETTLE = (
    update(delivery)
    .where(delivery.c.round == bindparam("of"), delivery.c.person == bindparam("to"))
    .values(
        state=bindparam("became"),
        receipt=bindparam("at"),
        why=bindparam("because"),
        claimed_by=null(),
        claimed_at=null(),
    )
)
_POSTPONE = (
    update(delivery)
    .where(delivery.c.round == bindparam("of"), delivery.c.person == bindparam("to"))
    .values(state="waiting", send_at=bindparam("until"), claimed_by=null(), claimed_at=null())
)
_OF_ROUND = select(*_COLUMNS).where(delivery.c.round == bindparam("of")).order_by(delivery.c.person)
_OF_PERSON = (
    select(*_COLUMNS).where(delivery.c.person == bindparam("to")).order_by(delivery.c.round)
)
# What still waits in a round that has ended will never be sent.
_REACHED = (
    select(delivery.c.round, delivery.c.person, delivery.c.send_at)
    .join(round_, round_.c.id == delivery.c.round)
    .where(
        round_.c.day >= bindparam("day"),
        or_(
            delivery.c.state.in_(("claimed", "sent", "perhaps")),
            and_(_is_waiting, round_.c.state == literal_column("'open'")),
        ),
    )
)
_REACHED_ONE = _REACHED.where(delivery.c.person == bindparam("to"))
_HOMES = (
    select(delivery.c.person, person_.c.zone, person_.c.country)
    .join(person_, person_.c.id == delivery.c.person)
    .where(delivery.c.round == bindparam("of"))
)
_WHERE = (
    select(person_.c.zone, person_.c.country)
    .join(delivery, person_.c.id == delivery.c.person)
    .where(delivery.c.round == bindparam("of"))
    .distinct()
)
_RECALL = (
    update(delivery)
    .where(delivery.c.round == bindparam("of"), _is_waiting)
    .values(state="recalled")
)
_NEXT_DUE = (
    select(delivery.c.send_at)
    .where(_is_waiting, _round_is_open, delivery.c.person.not_in(select(pause.c.person)))
    .order_by(delivery.c.send_at)
    .limit(1)
)
# Of the few who pause.
_NEXT_AFTER_A_PAUSE = (
    select(delivery.c.send_at, pause.c.until)
    .join(pause, pause.c.person == delivery.c.person)
    .where(_is_waiting, _round_is_open)
)
_DROP = delete(delivery).where(
    delivery.c.round.in_(
        select(round_.c.id).where(
            round_.c.state.in_(sorted(ENDED)), round_.c.closes_at < bindparam("before")
        )
    )
)


class SqlDeliveries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deliveries: Collection[Delivery]) -> None:
        if deliveries:
            self._connection.execute(_ADD, [_row(d) for d in deliveries])

    def claim(self, now: datetime, by: str, limit: int) -> list[Delivery]:
        rows = self._connection.execute(_CLAIM, {"now": now, "worker": by, "most": limit})
        return sorted(_read(rows), key=lambda d: (d.send_at, d.round, d.person))

    def claimed(self, by_others_than: str, before: datetime | None) -> list[Delivery]:
        statement = _CLAIMED if before is None else _CLAIMED_BEFORE
        values = {"worker": by_others_than} | ({"before": before} if before else {})
        return _read(self._connection.execute(statement, values))

    def settle(self, round: str, person: int, state: DeliveryState, receipt: str, why: str) -> None:
        values = {"of": round, "to": person, "became": state, "at": receipt, "because": why}
        self._connection.execute(_SETTLE, values)

    def postpone(self, round: str, person: int, until: datetime) -> None:
        self._connection.execute(_POSTPONE, {"of": round, "to": person, "until": until})

    def of_round(self, round: str) -> list[Delivery]:
        return _read(self._connection.execute(_OF_ROUND, {"of": round}))

    def of_person(self, person: int) -> list[Delivery]:
        return _read(self._connection.execute(_OF_PERSON, {"to": person}))

    def reached(self, since: date, person: int | None = None) -> list[Reached]:
        if person is None:
            rows = self._connection.execute(_REACHED, {"day": since})
        else:
            rows = self._connection.execute(_REACHED_ONE, {"day": since, "to": person})
        return [Reached(*row) for row in rows]

    def homes(self, round: str) -> dict[int, Home]:
        rows = self._connection.execute(_HOMES, {"of": round})
        return {person: Home(zone, country) for person, zone, country in rows}

    def where(self, round: str) -> set[Home]:
        return {Home(*row) for row in self._connection.execute(_WHERE, {"of": round})}

    def recall(self, round: str) -> int:
        return self._connection.execute(_RECALL, {"of": round}).rowcount

    def next_due(self) -> datetime | None:
        paused = self._connection.execute(_NEXT_AFTER_A_PAUSE)
        found = [max(row) for row in paused] + [self._connection.execute(_NEXT_DUE).scalar()]
        return min((at for at in found if at), default=None)

    def drop_closed_before(self, at: datetime) -> int:
        return self._connection.execute(_DROP, {"before": at}).rowcount


def _row(delivery: Delivery) -> dict[str, Any]:
    return {column.name: getattr(delivery, column.name) for column in _COLUMNS}


def _read(rows: Iterable[Row[Any]]) -> list[Delivery]:
    return [Delivery(**row._mapping) for row in rows]
