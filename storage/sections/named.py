"""What people gave with their name on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select

from bot.domain.rights import NamedAnswer, NamedGrumble
from storage.tables import named_answer, named_grumble

_ANSWER = (
    named_answer.c.round,
    named_answer.c.person,
    named_answer.c.question,
    named_answer.c.value,
)
_ANSWERS = (
    select(*_ANSWER)
    .where(named_answer.c.round == bindparam("here"))
    .order_by(named_answer.c.person, named_answer.c.nth)
)
_ANSWERS_OF = (
    select(*_ANSWER)
    .where(named_answer.c.person == bindparam("who"))
    .order_by(named_answer.c.round, named_answer.c.nth)
)
_GRUMBLE = (named_grumble.c.person, named_grumble.c.at, named_grumble.c.body, named_grumble.c.id)
_GRUMBLES = select(*_GRUMBLE).order_by(named_grumble.c.id.desc()).limit(bindparam("most"))
_GRUMBLES_OF = (
    select(*_GRUMBLE)
    .where(named_grumble.c.person == bindparam("who"))
    .order_by(named_grumble.c.id.desc())
)


class SqlNamed:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_answers(self, answers: Sequence[NamedAnswer]) -> None:
        rows = [
            {
                "round": a.round,
                "person": a.person,
                "question": a.question,
                "nth": nth,
                "value": a.value,
            }
            for nth, a in enumerate(answers)
        ]
        if rows:
            self._connection.execute(insert(named_answer), rows)

    def answers(self, round: str) -> list[NamedAnswer]:
        return [NamedAnswer(*row) for row in self._connection.execute(_ANSWERS, {"here": round})]

    def answers_of(self, person: int) -> list[NamedAnswer]:
        return [NamedAnswer(*row) for row in self._connection.execute(_ANSWERS_OF, {"who": person})]

    def add_grumble(self, grumble: NamedGrumble) -> None:
        values = {"person": grumble.person, "at": grumble.at, "body": grumble.body}
        self._connection.execute(insert(named_grumble), values)

    def grumbles(self, limit: int) -> list[NamedGrumble]:
        return [NamedGrumble(*row) for row in self._connection.execute(_GRUMBLES, {"most": limit})]

    def grumbles_of(self, person: int) -> list[NamedGrumble]:
        rows = self._connection.execute(_GRUMBLES_OF, {"who": person})
        return [NamedGrumble(*row) for row in rows]
