"""Rounds and their frozen plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, not_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.pulse import Question, question_read
from bot.domain.rounds import ENDED, STATES, Held, Plan, Round, State
from storage.tables import round_

_ADD = insert(round_).on_conflict_do_nothing().returning(round_.c.id)
_GET = select(round_).where(round_.c.id == bindparam("round"))
_QUESTIONS = select(round_.c.plan["questions"]).where(round_.c.id == bindparam("round"))
_OF_STATES = select(round_).where(round_.c.state.in_(bindparam("states", expanding=True)))
_IN_STATE = _OF_STATES.order_by(round_.c.opens_at, round_.c.id)
_IDS = (
    select(round_.c.id)
    .where(round_.c.state.in_(bindparam("states", expanding=True)))
    .order_by(round_.c.opens_at, round_.c.id)
)
_UNCLEARED = _IN_STATE.where(not_(round_.c.cleared))
_OF_PULSE = _OF_STATES.where(round_.c.pulse == bindparam("pulse")).order_by(round_.c.day.desc())
# Opening a round sets how far it is reminded; one that could not open never was.
_HELD = select(round_.c.pulse, round_.c.day, round_.c.reminded_through.is_not(None)).order_by(
    round_.c.pulse, round_.c.day.desc()
)
_SINCE = select(round_).where(round_.c.day >= bindparam("day")).order_by(round_.c.day, round_.c.id)
_LOCK = select(round_.c.state).where(round_.c.id == bindparam("round")).with_for_update()
_one = update(round_).where(round_.c.id == bindparam("round"))
_SET_STATE = _one.values(state=bindparam("to"))
_SET_REMINDED = _one.values(reminded_through=bindparam("through"))
# Two clocks that strike at once: one of them finds that it has been done.
_CLAIM_AGAIN = (
    update(round_)
    .where(
        round_.c.id == bindparam("round"),
        round_.c.state == "open",
        round_.c.again_through.is_not_distinct_from(bindparam("seen")),
    )
    .values(again_through=bindparam("through"))
)
_SET_CLEARED = _one.values(cleared=True)
_REPLAN = _one.where(round_.c.state == "preparing").values(
    plan=bindparam("its_plan"), opens_at=bindparam("opens"), closes_at=bindparam("closes")
)
_SET_EARLY = _one.values(early_at=bindparam("asked_at"))
_SET_SEALED = _one.values(sealed_on=bindparam("on"), seal=bindparam("digest"))
_REOPEN = _one.where(round_.c.state == "closing").values(state="open", closes_at=bindparam("until"))


class SqlRounds:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, round: Round) -> bool:
        return self._connection.execute(_ADD, _row(round)).scalar() is not None

    def get(self, round: str) -> Round | None:
        row = self._connection.execute(_GET, {"round": round}).first()
        return _read(row) if row else None

    def in_state(self, *states: State) -> list[Round]:
        return self._all(_IN_STATE, states=states)

    def questions(self, round: str) -> tuple[Question, ...]:
        asked = self._connection.execute(_QUESTIONS, {"round": round}).scalar()
        return tuple(map(question_read, asked or ()))

    def ids(self, *states: State) -> list[str]:
        return list(self._connection.execute(_IDS, {"states": sorted(states)}).scalars())

    def uncleared(self) -> list[Round]:
        return self._all(_UNCLEARED, states=ENDED)

    def of_pulse(self, pulse: str, *states: State) -> list[Round]:
        return self._all(_OF_PULSE, pulse=pulse, states=states or STATES)

    def held(self) -> dict[str, list[Held]]:
        found: dict[str, list[Held]] = {}
        for pulse, *held in self._connection.execute(_HELD):
            found.setdefault(pulse, []).append(Held(*held))
        return found

    def since(self, day: date) -> list[Round]:
        return [_read(row) for row in self._connection.execute(_SINCE, {"day": day})]

    def lock(self, round: str) -> State | None:
        return self._connection.execute(_LOCK, {"round": round}).scalar()

    def set_state(self, round: str, state: State) -> None:
        self._connection.execute(_SET_STATE, {"round": round, "to": state})

    def set_reminded_through(self, round: str, at: datetime) -> None:
        self._connection.execute(_SET_REMINDED, {"round": round, "through": at})

    def claim_again(self, round: str, seen: datetime | None, through: datetime) -> bool:
        values = {"round": round, "seen": seen, "through": through}
        return self._connection.execute(_CLAIM_AGAIN, values).rowcount == 1

    def set_cleared(self, round: str) -> None:
        self._connection.execute(_SET_CLEARED, {"round": round})

    def replan(self, round: Round) -> None:
        values = {
            "round": round.id,
            "its_plan": round.plan.wire(),
            "opens": round.opens_at,
            "closes": round.closes_at,
        }
        self._connection.execute(_REPLAN, values)

    def set_early(self, round: str, at: datetime) -> None:
        self._connection.execute(_SET_EARLY, {"round": round, "asked_at": at})

    def set_sealed(self, round: str, on: date, seal: str) -> None:
        self._connection.execute(_SET_SEALED, {"round": round, "on": on, "digest": seal})

    def reopen(self, round: str, closes_at: datetime) -> None:
        self._connection.execute(_REOPEN, {"round": round, "until": closes_at})

    def _all(self, statement: Any, *, states: Any, **values: Any) -> list[Round]:
        rows = self._connection.execute(statement, {"states": sorted(states), **values})
        return [_read(row) for row in rows]


def _row(round: Round) -> dict[str, Any]:
    return {
        "id": round.id,
        "pulse": round.pulse,
        "version": round.version,
        "day": round.day,
        "opens_at": round.opens_at,
        "closes_at": round.closes_at,
        "state": round.state,
        "plan": round.plan.wire(),
        "reminded_through": round.reminded_through,
        "cleared": round.cleared,
        "early_at": round.early_at,
        "sealed_on": round.sealed_on,
        "seal": round.seal,
        "again_through": round.again_through,
    }


def _read(row: Row[Any]) -> Round:
    fields = dict(row._mapping)
    return Round(**{**fields, "plan": Plan.read(fields["plan"])})
