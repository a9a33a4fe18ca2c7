"""Two pulses, holidays, wishes and second thoughts: nobody is asked more than they should be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.controls.running import SoAlready, archive, duplicate, pause, recall, resume
from bot.controls.wishing import ask_again, stop_asking
from bot.domain.fatigue import Wish
from bot.domain.house_rules import HouseRules
from bot.domain.pulse import Question
from bot.domain.workdays import Blackout
from bot.errors import Refusal
from bot.house_rules import set_rules
from bot.load import load, told
from tests.stories.company import MONDAY, WEEKLY, Company, staff

pytestmark = pytest.mark.story

OTHER = replace(WEEKLY, id="laptops", title="How are the new laptops?")
MORE = (*WEEKLY.questions, Question("agree", "agree", "IT listens."))
LONG = replace(WEEKLY, id="long", questions=MORE, above_cap=True)
ADMIN = "admin@example.com"


async def rounds(company: Company, pulse: str) -> list[tuple[str, str]]:
    found = await company.house.store.read(lambda tx: tx.rounds.of_pulse(pulse))
    return [(r.day.isoformat(), r.state) for r in reversed(found)]


async def audit(company: Company) -> list[str]:
    return [line.what for line in await company.house.store.read(lambda tx: tx.audit.newest(99))]


async def opened(company: Company) -> list[str]:
    """The rounds that opened, by id, without the boxes."""
    lines = [line.split() for line in reversed(await audit(company)) if line.endswith(" opened")]
    return [round for _, round, _ in lines if not round.startswith("grumbles")]


async def cards(company: Company, first: int, count: int) -> Counter[int]:
    """How many people have how many first cards."""
    deliveries = [
        await company.house.store.read(lambda tx, n=n: tx.deliveries.of_person(n))  # type: ignore[misc]
        for n in range(first, first + count)
    ]
    return Counter(sum(d.state == "sent" for d in each) for each in deliveries)


async def test_two_pulses_of_one_day_take_turns(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(WEEKLY, OTHER)
    await company.at("2026-12-19T00:00:00+00:00")
    assert await cards(company, 1, 30) == {4: 30}
    said = [line for line in await audit(company) if "was not opened" in line]
    assert said[-1] == (
        "round laptops@2026-11-24 was not opened: 0 people can be asked now, and a confidential "
        "round takes at least 20"
    )
    assert await opened(company) == [
        "it-weekly@2026-11-24",
        "laptops@2026-12-01",
        "it-weekly@2026-12-08",
        "laptops@2026-12-15",
    ]


async def test_more_than_the_cap_is_asked_with_a_yes_and_then_nothing_for_four_weeks(
    company: Company,
) -> None:
    await company.hire(*staff(25))
    await company.ask(replace(LONG, above_cap=False))
    await company.at("2026-11-25T00:00:00+00:00")
    assert await rounds(company, "long") == []
    twice = replace(LONG, cadence=replace(LONG.cadence, rule="DATES=20261208,20261215"))
    await company.ask(twice, OTHER)
    await company.at("2027-01-13T00:00:00+00:00")
    # An admin has said yes to its own dates; everything else waits.
    assert await opened(company) == [
        "laptops@2026-12-01",
        "long@2026-12-08",
        "long@2026-12-15",
        "laptops@2027-01-12",
    ]


async def test_whoever_wants_no_more_is_asked_no_more(company: Company) -> None:
    await company.hire(*staff(25))
    await company.ask(WEEKLY)
    store = company.house.store
    await store.run(lambda tx: stop_asking(tx, 1))
    await store.run(lambda tx: stop_asking(tx, 2, "it-weekly"))
    await store.run(lambda tx: stop_asking(tx, 3, "laptops"))
    await store.run(lambda tx: stop_asking(tx, 4, until=date(2026, 11, 30)))
    await company.at("2026-11-27T12:00:00+00:00")
    told = [len(company.chat(f"p{n:03}@example.com")) for n in range(1, 6)]
    assert told == [0, 0, 2, 0, 2]  # the card and the reminder
    assert await store.run(lambda tx: ask_again(tx, 2, "it-weekly"))
    await company.at("2026-12-01T12:00:00+00:00")
    told = [len(company.chat(f"p{n:03}@example.com")) for n in range(1, 6)]
    assert told == [0, 1, 3, 1, 3]
    await company.at("2026-12-03T00:00:00+00:00")
    assert await store.read(lambda tx: tx.wishes.all()) == [Wish(1), Wish(3, "laptops")]


async def test_holidays_move_rounds_and_cards(company: Company) -> None:
    await company.hire(
        *staff(20, zone="Europe/Berlin", country="DE"),
        *staff(3, first=101, zone="America/New_York", country="US"),
    )
    rules = HouseRules(
        country="DE", blackouts=(Blackout(date(2026, 12, 21), date(2027, 1, 3), "Quiet"),)
    )
    await company.house.store.run(lambda tx: set_rules(tx, rules, ADMIN, MONDAY))
    thursdays = replace(WEEKLY.cadence, rule="FREQ=WEEKLY;BYDAY=TH", starts=date(2026, 11, 26))
    await company.ask(replace(WEEKLY, cadence=thursdays))
    await company.at("2026-11-27T00:00:00+00:00")  # Thanksgiving is over
    assert len(company.chat("p001@example.com")) == 1
    assert company.chat("p101@example.com") == []
    await company.at("2026-11-27T16:00:00+00:00")
    assert len(company.chat("p101@example.com")) == 1
    await company.at("2027-01-09T00:00:00+00:00")
    assert [day for day, _ in await rounds(company, "it-weekly")] == [
        "2026-11-26",
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
        "2027-01-07",
    ]


async def test_a_paused_pulse_asks_nobody_until_it_goes_on(company: Company) -> None:
    await company.hire(*staff(25))
    await company.ask(WEEKLY)
    store = company.house.store
    await store.run(lambda tx: pause(tx, "it-weekly", ADMIN, MONDAY))
    with pytest.raises(SoAlready):
        await store.run(lambda tx: pause(tx, "it-weekly", ADMIN, MONDAY))
    await company.at("2026-11-28T00:00:00+00:00")
    assert company.chat("p001@example.com") == []
    await store.run(lambda tx: resume(tx, "it-weekly", ADMIN, MONDAY))
    await company.at("2026-12-02T00:00:00+00:00")
    assert len(company.chat("p001@example.com")) == 1
    await store.run(lambda tx: archive(tx, "it-weekly", ADMIN, MONDAY))
    await company.at("2026-12-20T00:00:00+00:00")
    assert await rounds(company, "it-weekly") == [("2026-12-01", "discarded")]
    said = await audit(company)
    for word in ("paused", "resumed", "archived"):
        assert f"pulse it-weekly: {word}" in said


async def test_a_copy_waits_until_somebody_starts_it(company: Company) -> None:
    await company.hire(*staff(25))
    await company.ask(WEEKLY)
    store = company.house.store
    await store.run(lambda tx: duplicate(tx, "it-weekly", "copy", "Again?", ADMIN, MONDAY))
    for id in ("copy", "grumbles", "No Id", ""):
        with pytest.raises(Refusal):
            await store.run(
                lambda tx, id=id: duplicate(tx, "it-weekly", id, "", ADMIN, MONDAY)  # type: ignore[misc]
            )
    copy = await store.read(lambda tx: tx.pulses.get("copy"))
    assert copy == replace(WEEKLY, id="copy", title="Again?", version=1)
    await company.at("2026-11-25T00:00:00+00:00")
    assert await rounds(company, "copy") == []


@pytest.mark.parametrize(("early", "state"), [(5, "discarded"), (20, "open")])
async def test_what_was_not_sent_can_be_taken_back(
    company: Company, early: int, state: str
) -> None:
    await company.hire(
        *staff(early, zone="Europe/Berlin"), *staff(21, first=101, zone="America/New_York")
    )
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    store = company.house.store
    found = await store.run(
        lambda tx: recall(tx, "it-weekly", ADMIN, datetime.fromisoformat("2026-11-24T12:00Z"))
    )
    assert (found.taken_back, found.sent, found.discarded) == (21, early, state == "discarded")
    await company.at("2026-11-26T18:00:00+00:00")
    assert company.chat("p101@example.com") == []
    assert await rounds(company, "it-weekly") == [("2026-11-24", state)]
    assert any("21 cards taken back" in line for line in await audit(company))


async def test_the_load_of_a_pulse_is_told_before_it_is_launched(company: Company) -> None:
    await company.hire(*staff(30), *staff(3, "Legal", first=101))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    store = company.house.store
    await store.run(lambda tx: stop_asking(tx, 1))
    now = datetime.fromisoformat("2026-11-24T12:00Z")
    thursday = replace(WEEKLY.cadence, rule="FREQ=WEEKLY;BYDAY=TH", starts=date(2026, 11, 26))
    found = await store.read(lambda tx: load(tx, replace(OTHER, cadence=thursday), now))
    assert (found.audience, found.asked) == (33, 0)
    assert found.spared == {"wish": 1, "open": 32}
    assert found.opens_on == date(2026, 11, 26)
    # The week is full, so whatever the other one asks it takes from this one.
    assert found.before == pytest.approx(found.after, abs=1.0)
    sentences = told(found, [])
    assert "It asks 0 of 33 people (32 have another round open, 1 do not want to be" in sentences[0]


async def test_a_bank_is_walked_through_and_next_says_the_day(company: Company) -> None:
    await company.hire(*staff(25))
    bank = tuple(Question(f"q{n}", "agree", f"Statement {n}.") for n in range(3))
    await company.ask(replace(WEEKLY, questions=(), bank=bank, rotate=1))
    await company.at("2026-12-17T00:00:00+00:00")
    held = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    asked = [question.id for round in reversed(held) for question in round.plan.questions]
    assert asked == ["q0", "q1", "q2", "q0"]
    seen = await company.house.store.read(lambda tx: tx.people.seen("it-weekly"))
    assert seen[1] == ("q1", "q2", "q0")


async def test_who_is_out_of_step_with_a_bank_is_told_with_its_load(company: Company) -> None:
    await company.hire(*staff(25))
    bank = tuple(Question(f"q{n}", "agree", f"Statement {n}.") for n in range(3))
    turns = replace(WEEKLY, questions=WEEKLY.questions[:1], bank=bank, rotate=1)
    await company.ask(turns)
    store = company.house.store
    for who in (1, 2):
        await store.run(lambda tx, who=who: stop_asking(tx, who, until=date(2026, 12, 6)))  # type: ignore[misc]
    await company.at("2026-11-25T00:00:00+00:00")
    now = datetime.fromisoformat("2026-11-25T00:00Z")
    await store.run(lambda tx: tx.people.set_seen("it-weekly", {3: ("q1", "q0")}))
    found = await store.read(lambda tx: load(tx, turns, now))
    assert (found.asked, found.spared) == (22, {"wish": 2, "bank": 1})
    assert (found.walk, found.walked_on) == (3, date(2026, 12, 18))
    sentences = told(found, [])
    assert "1 wait until what they missed comes again" in sentences[0]
    await company.at("2026-12-01T12:00:00+00:00")
    (round, _) = await store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    assert round.plan.invited == 22


async def test_next_tells_the_day_on_which_this_person_is_asked(company: Company) -> None:
    await company.hire(*staff(25, zone="Europe/Berlin", country="DE"))
    await company.ask(
        WEEKLY, replace(OTHER, cadence=replace(WEEKLY.cadence, rule="DATES=20261225"))
    )
    told = await company.says("p001@example.com", command="next")
    assert "24 November" in str(told)
    await company.house.store.run(lambda tx: stop_asking(tx, 1, "it-weekly"))
    told = await company.says("p001@example.com", command="next")
    assert "28 December" in str(told)  # Christmas Day is none on which they work
    await company.house.store.run(lambda tx: pause(tx, "laptops", ADMIN, MONDAY))
    told = await company.says("p001@example.com", command="next")
    assert "Nothing is waiting for you." in str(told)
    assert "The next questions come on" not in str(told)
