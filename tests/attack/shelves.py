"""What somebody reads who holds the database and no key: rows, and how they lie.

On PostgreSQL that is the transaction that wrote each row, the one that held it last, and its place
in the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, create_engine, make_url, text

from bot.domain.ballot import NONCE
from storage.tables import metadata
from tests.attack.pages import Pages

#: Table -> its column that says which person a row is about.
NAMING: Final[Mapping[str, str]] = {"person": "id"} | {
    table.name: "person" for table in metadata.tables.values() if "person" in table.c
}
#: What PostgreSQL knows of a row besides its content, and of a long value beside the row.
HIDDEN: Final = {
    "ctid": "ctid",
    "xmin": "xmin::text::bigint, ctid",
    "xmax": "xmax::text::bigint, ctid",
}
TOASTED: Final = {"toast": "pg_column_toast_chunk_id(body), ctid"}
SINCE: Final = (17, 0)
#: Bytes of a ballot's tag, and of the nonce its body begins with.
TAG: Final = 16


@dataclass
class Shelves:
    """Orders in which things lie. Ballots are known by their tags, people by their ids."""

    #: Tag -> body.
    bodies: dict[bytes, bytes]
    ballots: dict[str, Sequence[bytes]] = field(default_factory=dict)
    people: dict[str, Sequence[int]] = field(default_factory=dict)
    #: Comments by what they say.
    texts: dict[str, Sequence[str]] = field(default_factory=dict)
    #: Tables of which rows were written by one transaction, for each that can be told.
    together: list[set[str]] = field(default_factory=list)

    def read_columns(self, connection: Connection) -> None:
        """What is there for everybody to read: rows by what stands in each of their columns."""
        for table, column in NAMING.items():
            for each in metadata.tables[table].c:
                order = f'CAST("{each.name}" AS TEXT), "{column}"'
                self.people[f"{table} by {each.name}"] = _column(connection, column, table, order)
        for each in metadata.tables["release_text"].c:
            if each.name != "body":
                order = f'CAST("{each.name}" AS TEXT), id'
                self.texts[each.name] = _column(connection, "body", "release_text", order)


def read(database_url: str, round: str) -> Shelves:
    """All that lies there, and of the ballots those of one round."""
    address = make_url(database_url)
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            if address.drivername == "sqlite":
                found = _sqlite(connection, Path(str(address.database)), round)
            else:
                found = _postgresql(connection, round)
            found.read_columns(connection)
            return found
    finally:
        engine.dispose()


def _column(connection: Connection, what: str, table: str, order: str = "") -> list[Any]:
    by = f" ORDER BY {order}" if order else ""
    return list(connection.execute(text(f'SELECT "{what}" FROM "{table}"{by}')).scalars())


def _bodies(connection: Connection, round: str, order: str = "tag") -> dict[bytes, bytes]:
    statement = text(f"SELECT tag, body FROM ballot WHERE round = :round ORDER BY {order}")
    rows = connection.execute(statement, {"round": round})
    return {bytes(tag): bytes(body) for tag, body in rows}


def _postgresql(connection: Connection, round: str) -> Shelves:
    found = Shelves(_bodies(connection, round))
    version = connection.dialect.server_version_info or ()
    for name, order in (HIDDEN | TOASTED if version >= SINCE else HIDDEN).items():
        found.ballots[name] = list(_bodies(connection, round, order))
    for name, order in HIDDEN.items():
        found.texts[name] = _column(connection, "body", "release_text", order)
        for table, column in NAMING.items():
            found.people[f"{table} by {name}"] = _column(connection, column, table, order)
    found.ballots["tag"] = sorted(found.bodies)
    found.together = list(_transactions(connection))
    return found


def _transactions(connection: Connection) -> Iterator[set[str]]:
    tables: dict[str, set[str]] = {}
    for table in metadata.tables:
        rows = connection.execute(text(f'SELECT DISTINCT xmin::text, xmax::text FROM "{table}"'))
        for transaction in {name for row in rows for name in row}:
            tables.setdefault(transaction, set()).add(table)
    yield from (names for transaction, names in tables.items() if transaction != "0")


def _sqlite(connection: Connection, path: Path, round: str) -> Shelves:
    found = Shelves(_bodies(connection, round))
    pages = Pages(path, dict(_roots(connection)))
    written = pages.first_frames(round.encode(), TAG + NONCE)
    found.ballots = {
        "tag": sorted(found.bodies),
        "file": sorted(found.bodies, key=pages.offset),
        "log": sorted(found.bodies, key=lambda t: written.get(t + found.bodies[t][:NONCE], 0)),
    }
    for table, column in NAMING.items():
        found.people[f"{table} as they lie"] = _column(connection, column, table)
    found.texts = {"as they lie": _column(connection, "body", "release_text")}
    found.together = list(pages.commits())
    return found


def _roots(connection: Connection) -> Iterator[tuple[int, str]]:
    """Root page of each table and index -> the table."""
    every = "SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0"
    yield from ((page, table) for page, table in connection.execute(text(every)))
