"""Copies of a PostgreSQL database, made and read by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Connection, inspect, select

from bot.errors import Fault, Refusal
from bot.hold import NOTE
from storage.engine import reading_engine
from storage.schema import within
from storage.tables import metadata, person

#: Alembic's table knows the schema's version. Queues and whatever else lies there stay out.
TABLES: Final = (*sorted(metadata.tables), "alembic_version")
_DUMP: Final = ("pg_dump", "--format=custom", "--no-owner", "--no-privileges")
_RESTORE: Final = ("pg_restore", "--no-owner", "--no-privileges", "--file=-")
#: Errors as codes: their sentences may quote somebody's words.
_LOAD: Final = ("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null",
                "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=sqlstate")  # fmt: skip
#: Parts of an address that nobody is shown.
_SECRETS: Final = ("password", "sslpassword")
#: A server that is still running holds its tables.
_IN_USE: Final = "55P03"


class NoProgram(Refusal):
    """PostgreSQL's client programs are not installed here."""

    reason = "no_program"


class ProgramRefused(Refusal):
    """PostgreSQL's client program refused."""

    reason = "program_refused"


def back_up(address: URL, file: Path) -> None:
    tables = [f"--table={name}" for name in TABLES]
    beside = file.with_name(f".{file.name}.unfinished")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with connecting(address) as conninfo:
            command = [*_DUMP, *tables, f"--file={beside}", f"--dbname={conninfo}"]
            _run(command, _by_hand(address, file))
        os.link(beside, file)
    finally:
        beside.unlink()


def restore(address: URL, file: Path, now: datetime, replace: bool) -> None:
    by_hand = f"{shlex.join([*_RESTORE, str(file)])} | {shlex.join([*_LOAD, _bare(address)])}"
    for program in ("pg_restore", "psql"):
        if shutil.which(program) is None:
            raise _missing(program, f"{by_hand} && itpulse restore --hold")
    _check(file)
    if not replace:
        _refuse_over_people(address)
    script = _run([*_RESTORE, str(file)], by_hand)
    drop = f"SET lock_timeout = '10s'; DROP TABLE IF EXISTS {', '.join(TABLES)} CASCADE;\n"
    # The note is part of the same transaction, so nobody ever sees the copy without it.
    note = (
        "RESET search_path;\n"
        f"INSERT INTO note (name, text) VALUES ('{NOTE}', '{now.isoformat()}') "
        "ON CONFLICT (name) DO UPDATE SET text = excluded.text;\n"
    )
    with connecting(address) as conninfo:
        command = [*_LOAD, f"--dbname={conninfo}"]
        _run(command, by_hand, drop.encode() + script + note.encode())


def _check(file: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(5) != b"PGDMP":
            raise Fault([f"{file} is no backup of ITPulse on PostgreSQL; nothing was changed."])


def _refuse_over_people(address: URL) -> None:
    if within(reading_engine(address), _is_inhabited):
        raise Fault(
            [
                "The database holds people already. Back it up first; then --replace overwrites "
                "it with the backup."
            ]
        )


def _is_inhabited(connection: Connection) -> bool:
    if not inspect(connection).has_table(person.name):
        return False
    return connection.execute(select(person.c.id).limit(1)).scalar() is not None


def _run(command: Sequence[str], by_hand: str, given: bytes = b"") -> bytes:
    """What the program says; raises NoProgram or ProgramRefused."""
    if shutil.which(command[0]) is None:
        raise _missing(command[0], by_hand)
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    if done.returncode:
        why = _first_error(done.stderr.decode(errors="replace"))
        hint = "; stop serve and work first" if _IN_USE in why else ""
        raise ProgramRefused(f"{command[0]} refused, and nothing was changed: {why}{hint}")
    return done.stdout


def _first_error(said: str) -> str:
    lines = said.strip().splitlines() or ["it said nothing"]
    return next((line for line in lines if "error" in line.lower()), lines[-1])[:300]


def _missing(program: str, by_hand: str) -> NoProgram:
    return NoProgram(
        f"{program} is not installed here. Install PostgreSQL's client programs (Debian: "
        f"apt install postgresql-client), or say where they are: {by_hand}"
    )


def _by_hand(address: URL, file: Path) -> str:
    tables = [f"--table={name}" for name in TABLES]
    return shlex.join([*_DUMP, *tables, f"--file={file}", f"--dbname={_bare(address)}"])


def _bare(address: URL) -> str:
    """As psql takes it, without the password, which `set` would not take away."""
    query = {name: value for name, value in address.query.items() if name not in _SECRETS}
    bare = URL.create(
        "postgresql", address.username, None, address.host, address.port, address.database, query
    )
    return bare.render_as_string()


@contextmanager
def connecting(address: URL) -> Iterator[str]:
    """How to connect, with the password in a file: a command line can be read by everybody."""
    named = address.translate_connect_args(username="user", database="dbname")
    parameters = {**named, **address.query}
    password = parameters.pop("password", None)
    if password is None:
        yield make_conninfo("", **parameters)
        return
    with tempfile.NamedTemporaryFile("w") as secret:
        escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
        secret.write(f"*:*:*:*:{escaped}\n")
        secret.flush()
        yield make_conninfo("", **parameters, passfile=secret.name)
