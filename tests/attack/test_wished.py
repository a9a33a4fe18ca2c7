"""Whoever reads every row cannot tell whether anybody has asked for later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import create_engine, select

from storage.tables import metadata
from tests import postgres
from tests.stories.company import WEEKLY, Company, open_company, staff

ROUND: Final = "it-weekly@2026-11-24"
#: Sealed anew by whatever is pressed, and said by nobody twice.
SEALED: Final = {("ballot", "body"), ("ballot", "tag"), ("event_mark", "mark"), ("round", "seal")}
SOME: Final = [f"p{number:03}@example.com" for number in range(1, 12)]
HOUR: Final = "2026-11-24T13:00:00+00:00"


@pytest.fixture(params=["sqlite", "postgresql"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """The addresses of two empty databases."""
    with ExitStack() as open:
        if request.param == "sqlite":
            yield [f"sqlite:///{tmp_path / name}.sqlite" for name in ("one", "other")]
        else:
            databases: postgres.Databases = request.getfixturevalue("postgresql_databases")
            yield [open.enter_context(databases.fresh()) for _ in range(2)]


async def test_rows_are_the_same_whether_people_asked_for_later_or_skipped_a_question(
    two: list[str], tmp_path: Path
) -> None:
    lived = []
    for number, (url, ref) in enumerate(
        zip(two, (f"later|{ROUND}|{HOUR}", f"skip|{ROUND}|overall"), strict=True)
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with open_company(folder, url) as company:
            lived.append([rows async for rows in live(company, url, ref)])
            asked = sum(again(company, email) for email in SOME)
            assert asked == (0 if number else len(SOME))
    assert lived[0] == lived[1]
    pressed, asked_again, _ = lived[0]
    # The hour itself is there to be read.
    assert pressed != asked_again


async def live(company: Company, url: str, ref: str) -> Any:
    await company.hire(*staff(40), *staff(3, first=41, zone="Asia/Tokyo"))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T10:05:00+00:00")
    for email in SOME:
        told = await company.says(email, press=ref, value=None, event_id=email)
        assert told["refusal"] is None
    yield rows(url)
    await company.at("2026-11-24T13:05:00+00:00")
    yield rows(url)
    await company.at("2026-11-25T09:00:00+00:00")
    yield rows(url)


def again(company: Company, email: str) -> int:
    said = (message["summary"] for message in company.chat(email))
    return sum(summary.startswith("You wanted to be asked again") for summary in said)


def rows(url: str) -> dict[str, list[str]]:
    """Everything but what is random."""
    engine = create_engine(url)
    found = {}
    with engine.connect() as connection:
        for table in metadata.tables.values():
            columns = [c for c in table.c if (table.name, c.name) not in SEALED]
            found[table.name] = sorted(map(repr, connection.execute(select(*columns))))
    engine.dispose()
    return found
