"""A SQLite database as bytes: its pages, whose they are, and the frames of its write-ahead log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: Kinds of pages that only lead to others: of indexes (and tables without row ids), of tables.
LEADING: Final = (0x02, 0x05)
LOG_HEAD: Final = 32
FRAME_HEAD: Final = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as it was written to the log."""

    page: int
    #: The last of its transaction.
    commits: bool
    #: Not left from before the log was begun anew.
    counts: bool
    content: bytes


class Pages:
    """`roots` are the first page of each table and index -> the table."""

    def __init__(self, path: Path, roots: Mapping[int, str]) -> None:
        self._file = path.read_bytes()
        size = int.from_bytes(self._file[16:18])
        self._size = 65_536 if size == 1 else size
        self._log = list(_frames(path.with_name(f"{path.name}-wal"), self._size))
        self._newest = {frame.page: frame.content for frame in self._log if frame.counts}
        self._owners = {page: table for root, table in roots.items() for page in self._under(root)}

    def offset(self, content: bytes) -> int:
        """Where in the file something lies, as of the last time the log was folded into it."""
        return self._file.find(content)

    def first_frames(self, before: bytes, length: int) -> dict[bytes, int]:
        """So many bytes behind some others -> the frame that shows them first, from 1."""
        found: dict[bytes, int] = {}
        pattern = re.compile(re.escape(before) + b"(.{%d})" % length, re.DOTALL)
        for nth, frame in enumerate(self._log, start=1):
            for match in pattern.finditer(frame.content):
                found.setdefault(match[1], nth)
        return found

    def commits(self) -> Iterator[set[str]]:
        """Tables whose pages were written by one transaction, for each in the log."""
        tables: set[str] = set()
        for frame in self._log:
            tables |= {self._owners[frame.page]} if frame.page in self._owners else set()
            if frame.commits:
                yield tables
                tables = set()

    def _page(self, number: int) -> bytes:
        start = (number - 1) * self._size
        return self._newest.get(number) or self._file[start : start + self._size]

    def _under(self, number: int) -> Iterator[int]:
        """A page of a tree and all that it leads to."""
        yield number
        content = self._page(number)
        head = 100 if number == 1 else 0
        if content and content[head] in LEADING:
            cells = int.from_bytes(content[head + 3 : head + 5])
            slots = range(head + 12, head + 12 + 2 * cells, 2)
            starts = [int.from_bytes(content[at : at + 2]) for at in slots]
            for at in (*starts, head + 8):
                yield from self._under(int.from_bytes(content[at : at + 4]))


def _frames(log: Path, size: int) -> Iterator[Frame]:
    """Every frame, also the left ones."""
    raw = log.read_bytes() if log.exists() else b""
    salts = raw[16:24]
    for start in range(LOG_HEAD, len(raw), FRAME_HEAD + size):
        head = raw[start : start + FRAME_HEAD]
        content = raw[start + FRAME_HEAD : start + FRAME_HEAD + size]
        yield Frame(int.from_bytes(head[:4]), any(head[4:8]), head[8:16] == salts, content)
