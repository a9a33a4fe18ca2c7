"""What can go wrong with a database or a key ring, told without a word of what lies in it."""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError, OperationalError, StatementError


class Unusable(Exception):
    """That is not an address of a database or a key ring that ITPulse can use."""


class ForeignRing(Unusable):
    """This is not the key ring of this database: it is empty, not mounted, or another one. Bring
    the right one back to where ITPULSE_KEYRING says. Only if it is lost for good:
    `itpulse keyring adopt`, which lets open rounds end as lost"""

    def __init__(self) -> None:
        super().__init__(" ".join((self.__doc__ or "").split()))


class StoreError(Exception):
    """The database refused; the message holds its code and the statement's verb and table, or
    why there is no way to the database.

    Whatever a driver says besides (values, the row in question, constraint details) is dropped.
    """

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{code}{where}")
        #: An SQLSTATE, SQLite's name of the error, or the name of the exception.
        self.code = code


class StoreClosed(Exception):
    """The store is closed."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Damaged(Exception):
    """The keys of a round cannot be read back whole; the message names the round alone."""


_AT = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM|FROM)\s+(\w+)", re.IGNORECASE)


def told(error: StatementError) -> StoreError:
    """The same error without its details."""
    return StoreError(code(error), _inside(error.statement) if error.statement else _outside(error))


def code(error: StatementError) -> str:
    original: object = error.orig
    for name in ("sqlstate", "sqlite_errorname"):
        if known := getattr(original, name, None):
            return str(known)
    return type(original if isinstance(error, DBAPIError) else error).__name__


def _inside(statement: str) -> str:
    found = _AT.search(statement)
    return f" at {' '.join(found.groups()) if found else ' '.join(statement.split())[:12]}"


def _outside(error: StatementError) -> str:
    """Without a statement, an operational error is about the way to the database."""
    return f": {error.orig}".partition("\n")[0] if isinstance(error, OperationalError) else ""
