"""Where the keys of rounds lie: outside the database and its backups."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from bot.domain.ballot import Keys
from bot.ports import KeyRing
from storage.errors import Damaged, Unusable

#: Such as `it-weekly@2026-11-24` or `events@2026-11-22`. What begins with a dot is our own.
_NAME: Final = re.compile(r"[a-z0-9@_-][a-z0-9@._-]{0,199}")
_UNFINISHED: Final = ".unfinished-"
#: Bytes of each of the three keys, and what is left of them when they are destroyed.
_WIDTH: Final = 32
_ZEROS: Final = bytes(3 * _WIDTH)
#: Seconds after which an unfinished file must be a crash's.
_ABANDONED: Final = 60.0
#: Seconds a key may be remembered (docs/privacy.md).
TTL: Final = 60.0


class AgingKeyRing(KeyRing, Protocol):
    """A key ring that also knows how long a name has been there."""

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names put more than so many seconds ago."""
        ...


def open_keyring(url: str) -> CachedKeyRing:
    """The key ring at `file:///folder`, made where it is not there; raises Unusable."""
    path = unquote(urlsplit(url).path)
    if not url.startswith("file:///") or path == "/":
        raise Unusable("A key ring's address is file:///<folder>, with three slashes")
    return CachedKeyRing(DirectoryKeyRing(Path(path)))


class DirectoryKeyRing:
    """A file (0600) for each name in a folder of their own (0700).

    A file is whole or not there, since it is written under another name and then linked. All
    zeros is what a destroying that was cut off leaves, and means the same as no file.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        self._folder = folder
        self._sweep()

    def put(self, name: str, keys: Keys) -> Keys:
        """The keys now on disk: somebody else's where the name was taken."""
        content = b"".join(keys)
        if len(content) != len(_ZEROS) or content == _ZEROS:
            raise ValueError(f"a key ring keeps three keys of {_WIDTH} bytes")
        while not self._linked(self._path(name), content):
            if stored := self.get(name):
                return stored
            self.destroy(name)
        return keys

    def get(self, name: str) -> Keys | None:
        """Raises Damaged where the file is there but not whole."""
        try:
            content = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        if len(content) != len(_ZEROS):
            raise Damaged(f"The keys of {name} are damaged: {len(content)} bytes are left of them")
        if content == _ZEROS:
            return None
        return Keys(*(content[i : i + _WIDTH] for i in range(0, len(content), _WIDTH)))

    def destroy(self, name: str) -> None:
        path = self._path(name)
        with contextlib.suppress(FileNotFoundError):
            _overwrite(path)
            path.unlink()
        self._settle()

    def names(self) -> Iterator[str]:
        """In order, as they were at the first look."""
        return (name for name in sorted(os.listdir(self._folder)) if _NAME.fullmatch(name))

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names put more than so many seconds ago, by the clock that dates the files."""
        limit = self._present() - seconds
        return (name for name in self.names() if _written(self._folder / name) < limit)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(
                "names in a key ring are made of a-z, 0-9, @, dot, dash and underscore"
            )
        return self._folder / name

    def _linked(self, path: Path, content: bytes) -> bool:
        """Write a file unless the name is taken."""
        unfinished = self._unfinished(content)
        try:
            os.link(unfinished, path)
        except FileExistsError:
            _overwrite(unfinished)
            return False
        finally:
            unfinished.unlink()
            self._settle()
        return True

    def _unfinished(self, content: bytes) -> Path:
        path = self._folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _save(file.fileno(), content)
        return path

    def _sweep(self) -> None:
        """Finish off what a crash left of a writing."""
        limit = self._present() - _ABANDONED
        for path in self._folder.glob(f"{_UNFINISHED}*"):
            with contextlib.suppress(FileNotFoundError):
                if _written(path) < limit:
                    # A second link is the finished file, whose content is the same.
                    if path.stat().st_nlink == 1:
                        _overwrite(path)
                    path.unlink()
        self._settle()

    def _present(self) -> float:
        path = self._unfinished(b"")
        present = _written(path)
        path.unlink()
        return present

    def _settle(self) -> None:
        """Names reach the disk only with their folder."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class CachedKeyRing:
    """Remembers found keys for at most a minute, so that a press does not wait for the ring.

    `clock` counts seconds and never goes back.
    """

    def __init__(
        self, ring: AgingKeyRing, ttl: float = TTL, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ring = ring
        self._ttl = ttl
        self._clock = clock
        self._known: dict[str, tuple[float, Keys]] = {}
        # Held while looking, too: a key found just before it was destroyed is not remembered.
        self._lock = threading.Lock()

    def put(self, name: str, keys: Keys) -> Keys:
        return self._ring.put(name, keys)

    def get(self, name: str) -> Keys | None:
        with self._lock:
            self._forget_old()
            if name in self._known:
                return self._known[name][1]
            # Counted from before the look: the time it takes belongs to the minute.
            asked = self._clock()
            keys = self._ring.get(name)
            if keys:
                self._known[name] = (asked, keys)
            return keys

    def destroy(self, name: str) -> None:
        with self._lock:
            self._known.pop(name, None)
            self._ring.destroy(name)

    def names(self) -> Iterator[str]:
        return self._ring.names()

    def older_than(self, seconds: float) -> Iterator[str]:
        return self._ring.older_than(seconds)

    def _forget_old(self) -> None:
        limit = self._clock() - self._ttl
        old = [name for name, (asked, _) in self._known.items() if asked <= limit]
        for name in old:
            del self._known[name]


def _written(path: Path) -> float:
    """When, in seconds; minus infinity where it is gone would be a lie, so it is the future."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _overwrite(path: Path) -> None:
    with open(path, "r+b") as file:
        _save(file.fileno(), bytes(os.fstat(file.fileno()).st_size))


def _save(file: int, content: bytes) -> None:
    os.write(file, content)
    os.fsync(file)
