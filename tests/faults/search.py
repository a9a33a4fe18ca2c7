"""Looks for words in everything that a house has written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
from sqlalchemy import make_url


def places(folder: Path, database_url: str) -> list[Path]:
    """Every file under the folder (tables, WAL, keys, logs, the simulator's file), and the data
    directory and log of PostgreSQL where that is our own."""
    cluster = cluster_of(database_url)
    served = [*_files(cluster), cluster.parent / "log"] if cluster else []
    return [*_files(folder), *served]


def is_within_reach(database_url: str) -> bool:
    """Whether the database's own files are among the places."""
    return database_url.startswith("sqlite") or cluster_of(database_url) is not None


def cluster_of(database_url: str) -> Path | None:
    """Where the database's server keeps its files; None where that is not ours to read."""
    address = make_url(database_url)
    if address.drivername == "sqlite":
        return None
    folder = address.query.get("host")
    cluster = Path(str(folder)) / "cluster"
    return cluster if folder and cluster.is_dir() else None


def checkpoint(database_url: str) -> None:
    """PostgreSQL writes down whatever it holds in memory; SQLite always has."""
    address = make_url(database_url)
    if address.drivername != "sqlite":
        conninfo = address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute("CHECKPOINT")


def lies_in(files: Iterable[Path], *words: str | bytes) -> list[str]:
    """The files in which any of the words can be read, as `file: word`."""
    wanted = [word.encode() if isinstance(word, str) else word for word in words]
    return [f"{file}: {word!r}" for file in files for word in _found(file, wanted)]


def _found(file: Path, words: Iterable[bytes]) -> list[bytes]:
    try:
        content = file.read_bytes()
    except FileNotFoundError:  # PostgreSQL has just done away with it
        return []
    return [word for word in words if word in content]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
