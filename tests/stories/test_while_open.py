"""What happens to a round between its opening and its close, besides answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.exports import summary_wire
from tests.stories.company import OVERALL, WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"


async def _bodies(company: Company) -> dict[bytes, bytes]:
    rows = await company.house.store.read(lambda tx: tx.ballots.after(ROUND, b"", 1_000))
    return dict(rows)


async def test_every_ballot_is_sealed_again_once_a_day(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    first = await _bodies(company)
    await company.answers("p001@example.com", ROUND, overall=4)
    await company.at("2026-11-25T11:00:00+00:00")
    second = await _bodies(company)
    assert first.keys() == second.keys()
    assert all(first[tag] != second[tag] for tag in first)
    # Nothing was pressed since, so nothing changes.
    await company.at("2026-11-26T09:00:00+00:00")
    assert await _bodies(company) == second


async def test_the_share_of_a_large_round_is_said_in_tenths_once_a_day(company: Company) -> None:
    await company.hire(*staff(120))
    await company.ask(replace(WEEKLY, questions=(OVERALL,)))
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 60):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=4)
    assert await company.house.store.read(lambda tx: tx.releases.share(ROUND)) is None
    await company.at("2026-11-25T11:00:00+00:00")
    assert await company.house.store.read(lambda tx: tx.releases.share(ROUND)) == 4


async def test_a_lead_hears_only_the_share_of_the_round_that_is_open(company: Company) -> None:
    await company.hire(*staff(120))
    await company.grant("p001@example.com", "lead")
    await company.ask(replace(WEEKLY, questions=(OVERALL,)))
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 60):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=4)
    await company.at("2026-12-01T11:00:00+00:00")
    for number in range(1, 50):
        await company.answers(f"p{number:03}@example.com", "it-weekly@2026-12-01", overall=1)
    await company.at("2026-12-02T11:00:00+00:00")
    told = await company.says("p001@example.com", command="summary")
    (card,) = told["messages"]
    assert "59 of 120 answered" in card["summary"]
    fine = [part["text"] for part in parts(card, "fineprint")]
    assert "The round that is open now: at least 40 % have answered so far." in fine


async def test_no_share_of_a_small_round_is_said(company: Company) -> None:
    await company.hire(*staff(99))
    await company.ask(replace(WEEKLY, questions=(OVERALL,)))
    await company.at("2026-11-25T11:00:00+00:00")
    assert await company.house.store.read(lambda tx: tx.releases.share(ROUND)) is None


@pytest.mark.parametrize(
    ("asked_at", "answers", "state"),
    [
        ("2026-11-24T12:00:00+00:00", 25, "discarded"),
        ("2026-11-26T12:00:00+00:00", 19, "discarded"),
        ("2026-11-26T12:00:00+00:00", 20, "released"),
    ],
)
async def test_closed_early_only_past_half_and_with_enough(
    company: Company, asked_at: str, answers: int, state: str
) -> None:
    await company.hire(*staff(30))
    await company.ask(replace(WEEKLY, questions=(OVERALL,)))
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, answers + 1):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=4)
    await company.at(asked_at)
    now = company.house.clock.now()
    await company.house.store.run(lambda tx: tx.rounds.set_early(ROUND, now))
    await company.house.metronome.run_due()
    found = await company.house.store.read(lambda tx: tx.rounds.get(ROUND))
    assert found
    assert found.state == state
    lines = await company.house.store.read(lambda tx: tx.audit.newest(20))
    told = [line.what for line in lines if "too soon, or too few had answered" in line.what]
    assert len(told) == (state == "discarded")


async def test_a_round_of_too_few_is_not_opened(company: Company) -> None:
    await company.hire(*staff(19))
    await company.ask(WEEKLY)
    await company.at("2026-11-25T11:00:00+00:00")
    found = await company.house.store.read(lambda tx: tx.rounds.get(ROUND))
    assert found
    assert found.state == "discarded"
    assert company.chat("p001@example.com") == []
    lines = await company.house.store.read(lambda tx: tx.audit.newest(20))
    assert any("at least 20" in line.what for line in lines)


async def test_a_round_without_its_key_is_lost_and_people_are_told_once(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    await company.answers("p001@example.com", ROUND, overall=4)
    company.house.ring.destroy(ROUND)
    for _ in range(2):
        await company.house.metronome.run_due()
    found = await company.house.store.read(lambda tx: tx.rounds.get(ROUND))
    assert found
    assert found.state == "lost"
    told = [m for m in company.chat("p002@example.com") if "key was lost" in m["summary"]]
    assert len(told) == 1
    late = await company.answers("p003@example.com", ROUND, overall=4)
    assert "closed" in late["refusal"]


async def test_rotation_asks_every_part_of_a_unit_in_its_turn(company: Company) -> None:
    await company.hire(*staff(80))
    await company.ask(replace(WEEKLY, rotation="slices"))
    await company.at("2026-12-16T12:00:00+00:00")
    store = company.house.store
    asked = []
    for day in ("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"):
        deliveries = await store.read(lambda tx, d=day: tx.deliveries.of_round(f"it-weekly@{d}"))  # type: ignore[misc]
        asked.append({d.person for d in deliveries})
    assert [len(people) for people in asked] == [20, 20, 20, 20]
    assert len(set().union(*asked)) == 80
    await company.at("2026-12-23T12:00:00+00:00")
    again = await store.read(lambda tx: tx.deliveries.of_round("it-weekly@2026-12-22"))
    assert {d.person for d in again} == asked[0]


async def test_who_asks_to_be_forgotten_is(company: Company) -> None:
    await company.hire(*staff(30))
    await company.grant("p001@example.com", "lead")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 21):
        await company.answers(
            f"p{number:03}@example.com", ROUND, overall=4, words=f"Word {number}."
        )
    told = await company.says("p002@example.com", command="forget me")
    (yes,) = parts(told["messages"][0], "buttons")[0]["buttons"]
    said = await company.says("p002@example.com", press=yes["ref"], value=yes["value"])
    assert "will not be counted" in str(said)
    await company.at("2026-11-25T11:00:00+00:00")
    assert await company.house.store.read(lambda tx: tx.people.by_email("p002@example.com")) is None
    pressed = await company.says("p002@example.com", press=f"answer|{ROUND}|overall", value=1)
    assert "don't know you" in pressed["refusal"]
    unknown = await company.says("p002@example.com", command="next")
    assert "don't know you" in unknown["refusal"]
    await company.at("2026-11-28T11:00:00+00:00")
    found = await company.house.store.read(lambda tx: summary_wire(tx, None, None, 1))
    assert found["answered"] == 19
    assert "Word 2." not in str(found)
