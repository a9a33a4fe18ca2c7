"""Where the keys of rounds lie: outside the database and its backups."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from storage.errors import Unusable
from storage.keyring.contents import AgingKeyRing
from storage.keyring.folder import DirectoryKeyRing
from storage.keyring.marked import KnownKeyRing
from storage.keyring.remembered import TTL, CachedKeyRing

__all__ = [
    "TTL",
    "AgingKeyRing",
    "CachedKeyRing",
    "DirectoryKeyRing",
    "KnownKeyRing",
    "folder_of",
    "open_keyring",
]

POSTGRESQL = "postgresql+psycopg://"


def open_keyring(url: str) -> KnownKeyRing:
    """The key ring at `file:///folder` (made where it is not there) or `postgresql+psycopg://…`.

    Raises Unusable for other addresses. A database is spoken to when the first key is wanted.
    """
    if url.startswith(POSTGRESQL):
        from storage.keyring.postgresql import PostgresKeyRing

        return KnownKeyRing(PostgresKeyRing(url))
    return KnownKeyRing(DirectoryKeyRing(folder_of(url)))


def folder_of(url: str) -> Path:
    """The folder that `file:///folder` names; raises Unusable."""
    path = unquote(urlsplit(url).path)
    if not url.startswith("file:///") or path == "/":
        raise Unusable(
            "A key ring's address is file:///<folder>, with three slashes, "
            f"or {POSTGRESQL}<user>@<host>/<database>"
        )
    return Path(path)
