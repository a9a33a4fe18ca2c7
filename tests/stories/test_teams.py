"""A pulse in Teams, from the installation to the figures, over HTTP all the way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.teams.refusals import BLOCKED, NOT_INSTALLED
from bot import wording
from bot.domain.exports import summary_wire
from bot.domain.people import UNASSIGNED, Person
from bot.domain.unreached import unreached
from bot.ports import Transaction
from tests.contract import teams_client as client
from tests.contract.teams_stub import Weather
from tests.stories.company import WEEKLY
from tests.stories.teams_company import TeamsCompany, teams_company

pytestmark = pytest.mark.story

PEOPLE = [f"29:p{number:02}" for number in range(1, 25)]
LEAD, ANN, BEN, *_ = PEOPLE
ROUND = "it-weekly@2026-11-24"


def email(user: str) -> str:
    return f"{user.removeprefix('29:')}@example.com"


@pytest_asyncio.fixture
async def company(tmp_path: Path) -> AsyncIterator[TeamsCompany]:
    """Twenty-four people in a team that has the app."""
    async with teams_company(tmp_path) as company:
        for user in PEOPLE:
            company.stub.hire(user, email(user))
        await company.talk.adds_to_team()
        await company.meet()
        await company.grant(email(LEAD), "lead")
        yield company


async def answered(company: TeamsCompany, user: str, *, score: str, nps: str, words: str) -> None:
    await company.presses(user, score)
    await company.presses(user, wording.SKIP)
    await company.presses(user, nps)
    await company.writes(user, words)


async def test_a_pulse_goes_all_the_way_round_in_teams(company: TeamsCompany) -> None:
    await company.ask(WEEKLY)
    await company.at("2026-11-24T10:00:00+00:00")
    assert all(len(company.stub.shown(user)) == 1 for user in PEOPLE)
    assert company.stub.done("create") == len(PEOPLE)

    told = await company.presses(ANN, "Dissatisfied")
    assert "What got in the way?" in client.seen(told["value"])
    assert len(company.stub.shown(ANN)) == 1
    [card] = company.stub.cards(ANN)
    assert card == told["value"]
    assert "Dissatisfied" not in client.seen(card)

    [many] = client.inputs(card)
    await company.presses(ANN, "Send", {many["id"]: "0,2"})
    await company.presses(ANN, "9")
    await company.writes(ANN, "The VPN is slow, <b>every</b> morning.")
    assert company.newest(ANN).startswith(wording.THANKS)
    for user in PEOPLE[2:16]:
        words = f"Quite fine, really {user[-2:]}"
        await answered(company, user, score="Satisfied", nps="9", words=words)

    assert "IT leads" in await company.types(ANN, "summary")
    await company.at("2026-11-28T00:00:00+00:00")
    found = await company.store.read(lambda tx: summary_wire(tx, None, None, 1))
    assert (found["answered"], found["invited"]) == (15, 24)
    assert len(found["comments"]) == 15

    assert "15 of 24" in await company.types(LEAD, "/itpulse summary")
    await company.types(LEAD, "<at>ITPulse</at> trend")
    charts = [e for e in client.elements(company.stub.cards(LEAD)[-1]) if e["type"] == "Chart.Line"]
    assert charts
    assert all("fallback" in chart for chart in charts)
    late = await company.presses(PEOPLE[20], "Satisfied")
    assert "closed" in late["value"]


async def test_who_asks_for_later_in_teams_is_asked_again_then(company: TeamsCompany) -> None:
    await company.ask(WEEKLY)
    await company.at("2026-11-24T10:00:00+00:00")
    assert "When may I ask you again?" in client.seen(
        (await company.presses(ANN, "Ask me later"))["value"]
    )
    told = await company.presses(ANN, "Tomorrow, 10:00")
    assert "again on Wednesday 25 November at 10:00" in client.seen(told["value"])
    await company.at("2026-11-25T10:00:00+00:00")
    assert [len(company.stub.cards(user)) for user in (ANN, BEN)] == [2, 1]
    again = await company.presses(ANN, "Satisfied")
    assert "What went well?" in client.seen(again["value"])


async def test_no_row_about_people_tells_who_has_answered_or_was_reminded(tmp_path: Path) -> None:
    async with teams_company(tmp_path) as company:
        for user in PEOPLE:
            company.stub.hire(user, email(user))
            await company.talk.installs(user)
        await company.meet()
        await company.ask(WEEKLY)
        await company.at("2026-11-24T10:00:00+00:00")
        before = await company.store.read(rows_about_people)
        assert len(before) == len(PEOPLE)
        for user in (ANN, BEN):
            id, action = company.control(user, "Satisfied")
            here = {"locale": "de-DE", "localTimezone": "Europe/Berlin", "replyToId": id}
            await company.does(user, client.executed(action, {}, **here))
        await company.at("2026-11-26T12:00:00+00:00")
        assert len({len(company.stub.shown(user)) for user in PEOPLE}) == 2
        await company.meet()
        assert await company.store.read(rows_about_people) == before


def rows_about_people(tx: Transaction) -> list[tuple[Person, str]]:
    people = tx.people.all()
    addresses = tx.people.addresses([person.id for person in people])
    return [(person, address.reach) for person in people for address in addresses[person.id]]


async def test_whoever_installs_the_app_is_greeted_and_becomes_somebody(
    company: TeamsCompany,
) -> None:
    company.stub.hire("29:new", "new@example.com")
    await company.talk.installs("29:new")
    assert company.newest("29:new") == wording.WELCOME
    await company.meet()
    person = await company.store.read(lambda tx: tx.people.by_email("new@example.com"))
    assert person
    assert (person.unit, person.name) == (UNASSIGNED, "New")
    assert company.newest("29:new") == wording.WELCOME
    assert "Nothing is waiting" in await company.types("29:new", "next")


async def test_somebody_in_the_people_list_is_the_same_in_teams(company: TeamsCompany) -> None:
    sally = Person("sally@example.com", "Sally", "Legal", zone="Europe/Paris")
    await company.store.run(lambda tx: tx.people.put([sally]))
    company.stub.hire("29:sally", "Sally@Example.com")
    await company.talk.installs("29:sally")
    await company.meet()
    found = await company.store.read(lambda tx: tx.people.by_email("sally@example.com"))
    assert found
    assert (found.unit, found.zone) == ("Legal", "Europe/Paris")
    assert len(await company.store.read(lambda tx: tx.people.addresses([found.id])[found.id])) == 1


async def test_who_cannot_be_reached_is_known_with_the_reason(company: TeamsCompany) -> None:
    company.stub.installed.discard(ANN)
    company.stub.blocked.add(BEN)
    await company.ask(WEEKLY)
    await company.at("2026-11-24T10:00:00+00:00")
    deliveries = await company.store.read(lambda tx: tx.deliveries.of_round(ROUND))
    why = {d.why for d in deliveries if d.state == "unreachable"}
    assert len([d for d in deliveries if d.state == "sent"]) == len(PEOPLE) - 2
    assert len(why) == 2
    assert BLOCKED in why
    assert all("by policy" in reason for reason in why)
    found = await company.store.read(unreached)
    assert {one.person.email: one.why for one in found} == {
        email(ANN): NOT_INSTALLED,
        email(BEN): BLOCKED,
    }


async def test_a_card_that_may_have_arrived_comes_once_and_the_reminder_is_whole(
    company: TeamsCompany,
) -> None:
    await company.ask(WEEKLY)
    company.stub.weather["send"].append(Weather(504, arrives=True))
    await company.at("2026-11-24T10:00:00+00:00")
    deliveries = await company.store.read(lambda tx: tx.deliveries.of_round(ROUND))
    assert sorted(d.state for d in deliveries).count("perhaps") == 1
    assert all(len(company.stub.shown(user)) == 1 for user in PEOPLE)
    await company.presses(ANN, "Satisfied")
    await company.at("2026-11-26T12:00:00+00:00")
    reminded = [user for user in PEOPLE if len(company.stub.shown(user)) == 2]
    assert reminded == [user for user in PEOPLE if user != ANN]
    await company.presses(BEN, "Satisfied")


async def test_the_same_press_twice_is_one_answer(company: TeamsCompany) -> None:
    await company.ask(WEEKLY)
    await company.at("2026-11-24T10:00:00+00:00")
    id, action = company.control(ANN, "Satisfied")
    press = client.executed(action, {}, replyToId=id)
    first = await company.does(ANN, press)
    assert await company.does(ANN, press) == first
    assert await company.does(ANN, {**press, "id": "1:another"}) == first


async def test_typed_words_are_never_taken_as_confidential(company: TeamsCompany) -> None:
    await company.at("2026-11-23T09:00:00+00:00")
    assert await company.types(ANN, "My boss is a fool") == wording.TYPED
    [card] = company.stub.cards(ANN)
    assert {action["title"] for action in client.actions(card)} == {wording.SEND_NAMED, "Send"}
    told = await company.writes(ANN, "The coffee machine is down.")
    assert "It is in the box" in client.seen(told["value"])
    grumbles = await company.store.read(lambda tx: tx.named.grumbles(10))
    assert grumbles == []


async def test_no_answer_is_left_in_what_is_remembered_or_logged(
    company: TeamsCompany, caplog: pytest.LogCaptureFixture
) -> None:
    await company.ask(WEEKLY)
    await company.at("2026-11-24T10:00:00+00:00")
    await answered(company, ANN, score="Satisfied", nps="9", words="CANARY in the coal mine")
    told = [[p.name, p.email, p.zone, p.reach] for p in company.talk.teams.news()]
    assert "CANARY" not in json.dumps(told) + caplog.text
    shown = json.dumps(company.stub.shown(ANN))
    assert "CANARY" not in shown
