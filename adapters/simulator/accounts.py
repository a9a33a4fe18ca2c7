"""Who has an account on the played platform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from adapters.simulator.file import File

#: E-mail, name, zone, language.
Newcomer = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Account:
    user: str
    email: str
    name: str
    zone: str
    language: str


class Accounts:
    def __init__(self, file: File) -> None:
        self._file = file

    def adopt(self, people: Iterable[Newcomer]) -> None:
        """An account for each e-mail; one that has an account keeps it and takes the new name."""
        wanted = {person[0].lower(): person for person in people}
        known = {account.email: account.user for account in self.all()}
        new = (email for email in wanted if email not in known)
        known |= {email: f"u{number}" for number, email in enumerate(new, start=len(known) + 1)}
        self._file.many(
            "INSERT INTO account (user, email, name, zone, language) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (email) DO UPDATE SET name = excluded.name, zone = excluded.zone,"
            " language = excluded.language",
            [(known[email], email, *person[1:]) for email, person in wanted.items()],
        )

    def all(self) -> list[Account]:
        """In order of coming."""
        rows = self._file.rows(
            "SELECT user, email, name, zone, language FROM account ORDER BY rowid"
        )
        return [Account(*row) for row in rows]

    def knows(self, user: str) -> bool:
        return self._file.row("SELECT 1 FROM account WHERE user = ?", user) is not None
