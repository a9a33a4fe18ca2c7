"""Pulses, every version there was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.pulse import (
    Audience,
    Cadence,
    Pulse,
    PulseState,
    question_read,
    question_wire,
)
from storage.tables import pulse, pulse_state

_LAST = select(func.coalesce(func.max(pulse.c.version), 0)).where(pulse.c.id == bindparam("pulse"))
_ADD = insert(pulse).on_conflict_do_nothing().returning(pulse.c.version)
_GET = (
    select(pulse).where(pulse.c.id == bindparam("pulse")).order_by(pulse.c.version.desc()).limit(1)
)
_newest = select(pulse.c.id, func.max(pulse.c.version).label("version")).group_by(pulse.c.id)
_ALL = (
    select(pulse)
    .join(_newest_of := _newest.subquery(), pulse.c.id == _newest_of.c.id)
    .where(pulse.c.version == _newest_of.c.version)
    .order_by(pulse.c.id)
)

_STATE = select(pulse_state.c.state).where(pulse_state.c.pulse == bindparam("its"))
_STATES = select(pulse_state.c.pulse, pulse_state.c.state)
_insert_state = insert(pulse_state)
_SET_STATE = _insert_state.on_conflict_do_update(
    index_elements=[pulse_state.c.pulse], set_={"state": _insert_state.excluded.state}
)
_DROP_STATE = delete(pulse_state).where(pulse_state.c.pulse == bindparam("its"))


class SqlPulses:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, pulse: Pulse) -> int:
        row = {"id": pulse.id, "body": _wire(pulse)}
        stored = None
        # Somebody else may take the number meanwhile; then the next look finds theirs.
        while stored is None:
            last = self._connection.execute(_LAST, {"pulse": pulse.id}).scalar_one()
            stored = self._connection.execute(_ADD, {**row, "version": last + 1}).scalar()
        return int(stored)

    def get(self, pulse: str) -> Pulse | None:
        row = self._connection.execute(_GET, {"pulse": pulse}).first()
        return _read(row.id, row.version, row.body) if row else None

    def all(self) -> list[Pulse]:
        return [_read(r.id, r.version, r.body) for r in self._connection.execute(_ALL)]

    def state(self, pulse: str) -> PulseState:
        return self._connection.execute(_STATE, {"its": pulse}).scalar() or "live"

    def states(self) -> dict[str, PulseState]:
        return {row.pulse: row.state for row in self._connection.execute(_STATES)}

    def set_state(self, pulse: str, state: PulseState) -> None:
        if state == "live":
            self._connection.execute(_DROP_STATE, {"its": pulse})
        else:
            self._connection.execute(_SET_STATE, {"pulse": pulse, "state": state})


def _wire(pulse: Pulse) -> dict[str, Any]:
    cadence = pulse.cadence
    return {
        "title": pulse.title,
        "questions": [question_wire(q) for q in pulse.questions],
        "audience": asdict(pulse.audience),
        "cadence": {
            **asdict(cadence),
            "starts": cadence.starts.isoformat(),
            "at": cadence.at.isoformat(),
        },
        "manner": pulse.manner,
        "smallest_group": pulse.smallest_group,
        "rotation": pulse.rotation,
        "above_cap": pulse.above_cap,
        "bank": [question_wire(q) for q in pulse.bank],
        "rotate": pulse.rotate,
    }


def _read(id: str, version: int, wire: Mapping[str, Any]) -> Pulse:
    return Pulse(
        id=id,
        version=version,
        title=wire["title"],
        questions=tuple(question_read(q) for q in wire["questions"]),
        audience=_audience(wire["audience"]),
        cadence=_cadence(wire["cadence"]),
        manner=wire["manner"],
        smallest_group=wire["smallest_group"],
        rotation=wire["rotation"],
        # Pulses stored before there was a cap know nothing of it.
        above_cap=wire.get("above_cap", False),
        bank=tuple(question_read(q) for q in wire.get("bank", ())),
        rotate=wire.get("rotate", 0),
    )


def _cadence(wire: Mapping[str, Any]) -> Cadence:
    read = {"starts": date.fromisoformat(wire["starts"]), "at": time.fromisoformat(wire["at"])}
    return Cadence(**{**wire, **read})


def _audience(wire: Mapping[str, Any]) -> Audience:
    excluded = wire["excluded"]
    return Audience(
        everyone=wire["everyone"],
        units=tuple(wire["units"]),
        roles=tuple(wire["roles"]),
        sites=tuple(wire["sites"]),
        emails=tuple(wire["emails"]),
        excluded=_audience(excluded) if excluded else None,
    )
