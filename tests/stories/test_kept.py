"""What is kept, for how long, and what is gone after that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.ballot import Keys
from bot.domain.cadence import due
from tests.stories.company import OVERALL, WEEKLY, WORDS, Company, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
ONCE = replace(
    WEEKLY,
    questions=(OVERALL, WORDS),
    cadence=replace(WEEKLY.cadence, rule="FREQ=WEEKLY;BYDAY=TU;COUNT=1"),
)


async def _released(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(ONCE)
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 21):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=4, words="All is well.")
    await company.at("2026-11-28T00:00:00+00:00")


async def test_a_rule_with_an_end_asks_no_more() -> None:
    later = datetime(2027, 11, 23, 12, tzinfo=UTC)
    assert due(ONCE.cadence, {"Europe/Berlin"}, WEEKLY.cadence.starts, later) is None


async def test_who_was_asked_is_forgotten_thirty_days_after_the_close(company: Company) -> None:
    await _released(company)
    await company.at("2026-12-26T12:00:00+00:00")
    assert len(await company.house.store.read(lambda tx: tx.deliveries.of_round(ROUND))) == 30
    await company.at("2026-12-28T12:00:00+00:00")
    assert await company.house.store.read(lambda tx: tx.deliveries.of_round(ROUND)) == []


async def test_comments_go_after_180_days_and_figures_stay(company: Company) -> None:
    await _released(company)
    await company.at("2027-05-25T00:00:00+00:00")
    assert len(await company.house.store.read(lambda tx: tx.releases.texts([ROUND]))) == 20
    await company.at("2027-05-28T00:00:00+00:00")
    assert await company.house.store.read(lambda tx: tx.releases.texts([ROUND])) == []
    assert await company.house.store.read(lambda tx: tx.releases.blocks([ROUND]))


async def test_keys_are_gone_with_the_round_and_the_audit_says_so(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(ONCE)
    await company.at("2026-11-24T11:00:00+00:00")
    assert company.house.ring.get(ROUND)
    await company.at("2026-11-28T00:00:00+00:00")
    assert ROUND not in set(company.house.ring.names())
    assert await company.house.store.read(lambda tx: tx.ballots.count(ROUND)) == 0
    said = [line.what for line in await company.house.store.read(lambda tx: tx.audit.newest(50))]
    assert f"round {ROUND}: keys made, 30 people invited" in said
    assert f"round {ROUND}: keys destroyed, ballots removed" in said


async def test_keys_of_events_last_two_days(company: Company) -> None:
    await company.hire(*staff(2))
    await company.says("p001@example.com", text="Hello", event_id="E1")
    assert "events@2026-11-23" in set(company.house.ring.names())
    await company.at("2026-11-25T12:00:00+00:00")
    assert "events@2026-11-23" in set(company.house.ring.names())
    await company.at("2026-11-27T12:00:00+00:00")
    assert "events@2026-11-23" not in set(company.house.ring.names())


async def test_the_key_of_a_round_that_never_came_to_be_is_swept(company: Company) -> None:
    await company.hire(*staff(2))
    company.house.ring.put("it-weekly@2026-11-20", Keys.draw())
    company.house.ring.put("it-weekly@2026-11-24", Keys.draw())
    await company.at("2026-11-24T00:00:00+00:00")
    assert set(company.house.ring.names()) & {"it-weekly@2026-11-20", "it-weekly@2026-11-24"} == {
        "it-weekly@2026-11-24"
    }
