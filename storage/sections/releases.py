"""What was published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Insert, Select, Table, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.domain.connections import ReleasedConnections
from bot.domain.insight import Within
from bot.domain.release import (
    ReleasedBlock,
    ReleasedGroup,
    ReleasedRound,
    ReleasedText,
    ReleasedTheme,
)
from bot.domain.sheet import Sheets
from bot.domain.within import LOOK_BACK, Apart, withins
from storage.remembered import Figures, Remembered
from storage.sections.release_rows import (
    block_read,
    block_rows,
    group_read,
    group_row,
    text_read,
    text_row,
)
from storage.sections.rows import chunks
from storage.tables import (
    correction,
    release_block,
    release_connection,
    release_group,
    release_round,
    release_share,
    release_text,
    release_theme,
    release_within,
)


def _of_rounds(table: Table, *order: Any, without: str = "") -> Select[Any]:
    """What a list of rounds published, without the column that only keeps the order."""
    named = table.c.round.in_(bindparam("rounds", expanding=True))
    columns = [column for column in table.c if column.name != without]
    return select(*columns).where(named).order_by(*order)


_block, _group, _text, _theme = (
    t.c for t in (release_block, release_group, release_text, release_theme)
)
_ROUNDS = (
    select(release_round)
    .where(release_round.c.pulse == bindparam("pulse"))
    .order_by(release_round.c.opens_on.desc(), release_round.c.round.desc())
)
_SOME_ROUNDS = _ROUNDS.limit(bindparam("most"))
_BLOCKS = _of_rounds(release_block, _block.round, _block.asked, _block.block, without="asked")
_GROUPS = _of_rounds(release_group, _group.round, _group.nth, without="nth")
_CORRECTED = func.coalesce(correction.c.sentiment, "").label("corrected")
_WITH_CORRECTION = release_text.outerjoin(correction)
_TEXTS = (
    _of_rounds(release_text, _text.round, _text.id)
    .add_columns(_CORRECTED)
    .select_from(_WITH_CORRECTION)
)
_TEXTS_OF = _TEXTS.where(_text.block.in_(bindparam("blocks", expanding=True)))
_THEMES = _of_rounds(
    release_theme, _theme.round, _theme.question, _theme.mentions.desc(), _theme.theme
)
_APART = (
    select(
        release_within.c.question,
        release_within.c.kind,
        func.sum(release_within.c.squares),
        func.sum(release_within.c.freedom),
    )
    .join(release_round, release_round.c.round == release_within.c.round)
    .where(
        release_round.c.pulse == bindparam("pulse"),
        release_round.c.opens_on.between(bindparam("since"), bindparam("until")),
    )
    .group_by(release_within.c.question, release_within.c.kind)
)
_ROUND = select(release_round.c.pulse, release_round.c.opens_on).where(
    release_round.c.round == bindparam("here")
)
_CONNECTIONS = select(release_connection).where(release_connection.c.round == bindparam("here"))
_TEXT = (
    select(release_text, _CORRECTED)
    .select_from(_WITH_CORRECTION)
    .where(_text.id == bindparam("this"))
)
_CORRECT = upsert(correction)
_CORRECT = _CORRECT.on_conflict_do_update(
    index_elements=["text_id"], set_={"sentiment": _CORRECT.excluded.sentiment}
)
_TAKE_BACK = delete(correction).where(correction.c.text_id == bindparam("this"))
_DROP_TEXT = delete(release_text).where(_text.id == bindparam("this"))
_DROP_TEXTS = delete(release_text).where(
    _text.round.in_(
        select(release_round.c.round).where(release_round.c.closes_on < bindparam("before"))
    )
)
_ADD_SHARE = upsert(release_share).on_conflict_do_nothing()
_SHARE = (
    select(release_share.c.tenths)
    .where(release_share.c.round == bindparam("here"))
    .order_by(release_share.c.day.desc())
    .limit(1)
)


#: Comments a statement.
TEXTS: Final = 500


class SqlReleases:
    def __init__(self, connection: Connection, remembered: Remembered | None) -> None:
        self._connection = connection
        self._remembered = remembered

    def publish(
        self,
        round: ReleasedRound,
        blocks: Sequence[ReleasedBlock],
        groups: Sequence[ReleasedGroup],
        texts: Iterable[ReleasedText],
        themes: Sequence[ReleasedTheme],
        connections: ReleasedConnections | None = None,
    ) -> None:
        self._add(insert(release_round), [asdict(round)])
        self._add(insert(release_block), block_rows(blocks))
        self._add(insert(release_within), [asdict(within) for within in withins(blocks)])
        self._add(insert(release_group), [group_row(i, g) for i, g in enumerate(groups)])
        written = iter(texts)
        while part := list(islice(written, TEXTS)):
            self._add(insert(release_text), [text_row(text) for text in part])
        self._add(insert(release_theme), [asdict(t) for t in themes])
        self._add(insert(release_connection), [asdict(connections)] if connections else [])

    def rounds(self, pulse: str, limit: int | None = None) -> list[ReleasedRound]:
        statement = _ROUNDS if limit is None else _SOME_ROUNDS
        values = {"pulse": pulse} | ({} if limit is None else {"most": limit})
        return [ReleasedRound(*row) for row in self._connection.execute(statement, values)]

    def blocks(self, rounds: Collection[str]) -> list[ReleasedBlock]:
        return [block for found in self._figures(rounds) for block in found.blocks]

    def groups(self, rounds: Collection[str]) -> list[ReleasedGroup]:
        return [group for found in self._figures(rounds) for group in found.groups]

    def sheets(self, round: str) -> Sheets:
        (found,) = self._figures([round])
        return found.sheets

    def apart(self, round: str) -> Apart:
        known = self._remembered.apart.get(round) if self._remembered else None
        if known is None:
            known = self._apart(round)
            if self._remembered and known:
                self._remembered.apart[round] = known
        return known

    def texts(self, rounds: Collection[str], blocks: Collection[str] = ()) -> list[ReleasedText]:
        statement = _TEXTS_OF if blocks else _TEXTS
        values = {"blocks": sorted(blocks)} if blocks else {}
        found: list[ReleasedText] = []
        for part in chunks(sorted(set(rounds))):
            rows = self._connection.execute(statement, {"rounds": part, **values})
            found += [text_read(*row) for row in rows]
        return found

    def themes(self, rounds: Collection[str]) -> list[ReleasedTheme]:
        return [ReleasedTheme(**row) for row in self._rows(_THEMES, rounds)]

    def connections(self, round: str) -> ReleasedConnections | None:
        row = self._connection.execute(_CONNECTIONS, {"here": round}).mappings().first()
        return ReleasedConnections(**row) if row else None

    def text(self, id: str) -> ReleasedText | None:
        row = self._connection.execute(_TEXT, {"this": id}).first()
        return text_read(*row) if row else None

    def correct(self, id: str, sentiment: str) -> None:
        self._connection.execute(_CORRECT, {"text_id": id, "sentiment": sentiment})

    def take_back(self, id: str) -> None:
        self._connection.execute(_TAKE_BACK, {"this": id})

    def drop_text(self, id: str) -> None:
        self._connection.execute(_DROP_TEXT, {"this": id})

    def drop_texts_before(self, closed_on: date) -> int:
        return self._connection.execute(_DROP_TEXTS, {"before": closed_on}).rowcount

    def add_share(self, round: str, day: date, tenths: int) -> None:
        values = {"round": round, "day": day, "tenths": tenths}
        self._connection.execute(_ADD_SHARE, values)

    def share(self, round: str) -> int | None:
        return self._connection.execute(_SHARE, {"here": round}).scalar()

    def _apart(self, round: str) -> Apart:
        found = self._connection.execute(_ROUND, {"here": round}).one_or_none()
        if found is None:
            return {}
        since = found.opens_on - LOOK_BACK
        values = {"pulse": found.pulse, "since": since, "until": found.opens_on}
        rows = self._connection.execute(_APART, values)
        return {(question, kind): Within(*seen) for question, kind, *seen in rows}

    def _figures(self, rounds: Collection[str]) -> list[Figures]:
        """Of each round, by its name."""
        names = sorted(set(rounds))
        remembered = self._remembered.get if self._remembered else _nothing
        known = {name: found for name in names if (found := remembered(name))}
        if missing := [name for name in names if name not in known]:
            known |= self._read(missing)
        return [known[name] for name in names]

    def _read(self, rounds: list[str]) -> dict[str, Figures]:
        found = {name: Figures([], []) for name in rounds}
        for row in self._rows(_BLOCKS, rounds):
            found[row["round"]].blocks.append(block_read(**row))
        for row in self._rows(_GROUPS, rounds):
            found[row["round"]].groups.append(group_read(**row))
        if self._remembered:
            for name, figures in found.items():
                self._remembered.put(name, figures)
        return found

    def _add(self, statement: Insert, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows)

    def _rows(self, statement: Any, rounds: Collection[str]) -> Iterable[dict[str, Any]]:
        for part in chunks(sorted(set(rounds))):
            found = self._connection.execute(statement, {"rounds": part})
            names = list(found.keys())
            yield from (dict(zip(names, row, strict=True)) for row in found)


def _nothing(_round: str) -> None:
    return None
