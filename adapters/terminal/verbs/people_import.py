"""The people list from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import typer

from adapters.terminal.intake import DryRunOption, FileArgument, taken_whole
from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from adapters.terminal.house import House
    from bot.domain.files.people_csv import Diff, Entry
    from bot.domain.people import Person
    from bot.ports import KeyRing, Transaction

WORDS = "people import"

#: People listed after an import; a dry run lists everybody.
MOST_LISTED = 20


class Outcome(NamedTuple):
    diff: Diff
    #: People in the file who asked to be forgotten; who they are is not told.
    left_out: int


def run(
    context: typer.Context,
    file: FileArgument,
    dry_run: DryRunOption = False,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Add and change people from a CSV file.

    Nobody is deleted, and whoever asked to be forgotten is left out.

    Columns, in any order: email, name (both needed), unit, division, role, site, timezone,
    country, language, manager_email. What the file has no column for is left as it is.
    """
    from bot.domain.files.people_csv import read_entries

    with taken_whole(file) as text:
        entries = read_entries(text)
    outcome = in_house(context, data, lambda house: _import(house, entries, dry_run))
    diff = outcome.diff
    head = f"{file.name}: {counted(diff)}, {len(diff.unchanged)} unchanged"
    say(f"{head} (nothing was written)" if dry_run else head)
    say(*listed(diff, None if dry_run else MOST_LISTED))
    if outcome.left_out:
        say(f"Left out, because they asked to be forgotten: {outcome.left_out}")


async def _import(house: House, entries: Sequence[Entry], dry_run: bool) -> Outcome:
    if dry_run:
        return await house.store.read(lambda tx: _compared(tx, house.ring, entries))
    now = house.clock.now()
    outcome = await house.store.run(lambda tx: _put(tx, house.ring, entries, now))
    await house.greet_newcomers()
    return outcome


def _compared(tx: Transaction, ring: KeyRing, entries: Sequence[Entry]) -> Outcome:
    from bot.controls.forgetting import without_forgotten
    from bot.domain.files.people_csv import compare, onto

    before = tx.people.all()
    wanted = onto(entries, before)
    after = without_forgotten(tx, ring, wanted)
    return Outcome(compare(before, after), len(wanted) - len(after))


def _put(tx: Transaction, ring: KeyRing, entries: Sequence[Entry], now: datetime) -> Outcome:
    from bot.ports import AuditLine

    outcome = _compared(tx, ring, entries)
    diff = outcome.diff
    if diff.added or diff.changed:
        tx.people.put([*diff.added, *(person for person, _ in diff.changed)])
        tx.audit.add(AuditLine(now, "terminal", f"people import: {counted(diff)}"))
    return outcome


def counted(diff: Diff) -> str:
    return f"{len(diff.added)} added, {len(diff.changed)} changed"


def listed(diff: Diff, limit: int | None) -> Iterator[str]:
    yield from _cut([f"+ {_whole(person)}" for person in diff.added], limit)
    yield from _cut(
        [f"~ {person.email}  {_told(fields)}" for person, fields in diff.changed], limit
    )
    if diff.missing:
        yield f"Not in the file, left as they are: {len(diff.missing)}"
        yield from _cut([f"  {person.email}" for person in diff.missing], limit)


def _cut(lines: list[str], limit: int | None) -> list[str]:
    if limit is None or len(lines) <= limit:
        return lines
    return [*lines[:limit], f"  and {len(lines) - limit} more; --dry-run lists everybody"]


def _whole(person: Person) -> str:
    return f"{person.email}  {person.name} ({person.unit})"


def _told(fields: dict[str, tuple[str, str]]) -> str:
    return ", ".join(
        f"{column}: {old or '–'} → {new or '–'}" for column, (old, new) in fields.items()
    )
