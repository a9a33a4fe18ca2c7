"""Comments on their way out of a round, in a random order, however many there are."""

from __future__ import annotations

import json
import secrets
import tempfile
import weakref
from collections import defaultdict
from collections.abc import Iterator
from typing import IO, Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE: Final = 12
#: Bytes held in memory; what is more lies sealed in a file without a name, under a key that is
#: written nowhere and goes with the program.
MOST: Final = 2 * 1_024 * 1_024
#: Hex digits of an id by which records are sorted into parts: each is read at once.
PREFIX: Final = 2


class Pile:
    """JSON values by random ids. To lie in the order of such ids is to lie in a random order."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._loose: defaultdict[str, list[bytes]] = defaultdict(list)
        self._size = 0
        self._cipher = AESGCM(secrets.token_bytes(32))
        self._file: IO[bytes] | None = None
        #: Part -> where in the file it lies, and how long.
        self._sealed: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, value: Any) -> str:
        """Returns the id it has from now on: 128 random bits, in hex."""
        id = secrets.token_hex(16)
        record = json.dumps([id, value], ensure_ascii=False).encode()
        self._loose[id[:PREFIX]].append(record)
        self._size += len(record)
        if self._size > self._most:
            self._put_away()
        return id

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """By id; again and again."""
        for part in sorted(self._loose.keys() | self._sealed.keys()):
            records = [json.loads(line) for line in self._lines(part)]
            yield from sorted(((id, value) for id, value in records), key=lambda one: one[0])

    def _lines(self, part: str) -> Iterator[bytes]:
        for place, length in self._sealed[part]:
            assert self._file
            self._file.seek(place)
            sealed = self._file.read(length)
            yield from self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None).splitlines()
        yield from self._loose[part]

    def _put_away(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # it is there as long as we are
            weakref.finalize(self, self._file.close)
        place = self._file.seek(0, 2)
        for part, records in self._loose.items():
            nonce = secrets.token_bytes(NONCE)
            sealed = nonce + self._cipher.encrypt(nonce, b"\n".join(records), None)
            self._file.write(sealed)
            self._sealed[part].append((place, len(sealed)))
            place += len(sealed)
        self._loose.clear()
        self._size = 0
