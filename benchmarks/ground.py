"""Empty databases of both kinds to measure on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import psycopg

from benchmarks.measure import heading
from tests import postgres

#: It waits for the disk, as it does where it is installed: acknowledged is saved.
SETTINGS: Final = "-c max_connections=200"


@dataclass(frozen=True, slots=True)
class Site:
    """An empty database, and an empty folder for whatever is to lie outside it."""

    name: str
    url: str
    folder: Path


class Ground:
    """PostgreSQL is started once, when it is first asked for, and stopped at the end."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._databases: postgres.Databases | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @contextmanager
    def sqlite(self) -> Iterator[Site]:
        with tempfile.TemporaryDirectory(prefix="itpulse-bench-") as folder:
            yield Site("SQLite", f"sqlite:///{folder}/itpulse.sqlite", Path(folder))

    @contextmanager
    def postgresql(self) -> Iterator[Site]:
        """Raises tests.postgres.Absent."""
        url = self._lent().fresh()
        with tempfile.TemporaryDirectory(prefix="itpulse-bench-") as folder, url as found:
            yield Site(f"PostgreSQL (fsync {_fsync(found)})", found, Path(folder))

    def both(self) -> Iterator[Site]:
        """One after the other; a PostgreSQL that is not there is said and left out."""
        with self.sqlite() as site:
            yield site
        try:
            self._lent()
        except postgres.Absent as absent:
            heading(f"PostgreSQL is left out: {absent}")
            return
        with self.postgresql() as site:
            yield site

    def _lent(self) -> postgres.Databases:
        if self._databases is None:
            url = self._open.enter_context(postgres.server(SETTINGS))
            self._databases = self._open.enter_context(postgres.Databases(url))
        return self._databases


def _fsync(url: str) -> str:
    """Whether a commit waits for the disk; where it does not, bare inserts cost next to nothing."""
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        (said,) = connection.execute("SELECT current_setting('fsync')").fetchone() or ("?",)
        return str(said)
