"""Keys as files in a folder, of one machine or on a volume that all processes share."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.domain.ballot import Keys
from storage.keyring.contents import NAME, checked, packed, unpacked

_UNFINISHED: Final = ".unfinished-"
#: Seconds after which an unfinished file must be a crash's.
_ABANDONED: Final = 60.0


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
        content = packed(keys)
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
        return unpacked(name, content)

    def destroy(self, name: str) -> None:
        path = self._path(name)
        with contextlib.suppress(FileNotFoundError):
            _overwrite(path)
            path.unlink()
        self._settle()

    def names(self) -> Iterator[str]:
        """In order, as they were at the first look."""
        return (name for name in sorted(os.listdir(self._folder)) if NAME.fullmatch(name))

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names put more than so many seconds ago, by the clock that dates the files."""
        limit = self._present() - seconds
        return (name for name in self.names() if _written(self._folder / name) < limit)

    def _path(self, name: str) -> Path:
        return self._folder / checked(name)

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
