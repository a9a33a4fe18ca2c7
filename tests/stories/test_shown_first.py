"""The author of a comment sees what is taken out of it before it goes, in every chat."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import wording
from bot.domain.exports import texts_wire
from tests.contract import teams_client as client
from tests.slack.limits import view_faults
from tests.slack.office import Office, open_office, texts
from tests.stories.company import WEEKLY, Company, later, person, staff
from tests.stories.teams_company import TeamsCompany, teams_company

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
AUTHOR = "p001@example.com"
SAID = "Ada Lovelace closed ticket 48213, write to ann@example.com"
KEPT = "[name] closed [id], write to [e-mail]"
COMMENT = f"answer|{ROUND}|words"


async def opened(company: Company, **changes: Any) -> None:
    await company.hire(*staff(24), replace(person(25, "Finance"), name="Ada Lovelace"))
    await company.ask(later(WEEKLY, **changes))
    await company.at("2026-11-24T12:00:00+00:00")


async def says(company: Company, text: str, ref: str = COMMENT) -> dict[str, Any]:
    return await company.says(AUTHOR, submit=ref, values={"text": text})


async def published(company: Company) -> list[str]:
    """The comments, after three more; the author's are those that are not plain."""
    for number in range(2, 14):
        await company.answers(f"p{number:03}@example.com", ROUND, words="Plain words")
    await company.at("2026-11-28T12:00:00+00:00")
    texts = await company.house.store.read(texts_wire)
    return [text["text"] for text in texts if text["text"] != "Plain words"]


async def test_what_is_taken_out_is_shown_and_only_what_was_seen_is_kept(
    company: Company,
) -> None:
    await opened(company)
    told = await says(company, SAID)
    assert told["messages"] == []
    assert told["form"]["fields"][0]["value"] == KEPT
    assert "Not sent yet" in told["form"]["text"]
    assert "48213" not in str(company.chat(AUTHOR))
    told = await says(company, f"{KEPT}!", told["form"]["ref"])
    assert told["form"] is None
    assert "Your answers are in" not in str(told["messages"])
    assert await published(company) == [f"{KEPT}!"]


async def test_a_comment_that_is_not_sent_after_all_is_not_kept(company: Company) -> None:
    await opened(company)
    assert (await says(company, SAID))["form"]
    assert await published(company) == []


async def test_what_loses_nothing_goes_at_once_and_a_name_put_back_is_taken_out_again(
    company: Company,
) -> None:
    await opened(company)
    assert (await says(company, "The VPN is slow"))["form"] is None
    told = await says(company, SAID)
    assert (await says(company, "Ask Ada Lovelace", told["form"]["ref"]))["form"] is None
    assert await published(company) == ["Ask [name]"]


async def test_what_cannot_wait_for_the_end_of_a_round_is_pointed_elsewhere(
    company: Company,
) -> None:
    await opened(company)
    told = await says(company, "There is smoke coming out of the server room")
    assert "before the round has closed" in told["form"]["text"]
    assert "emergency number" in told["form"]["text"]
    told = await says(company, "There is smoke", told["form"]["ref"])
    assert told["messages"]


async def test_named_answers_are_kept_as_they_were_written(company: Company) -> None:
    await opened(company, manner="named")
    told = await says(company, SAID)
    assert told["form"] is None
    assert told["messages"]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, f"sqlite:///{tmp_path}/itpulse.sqlite") as opened:
        await opened.hire(*staff(20))
        await opened.ask(WEEKLY)
        await opened.at("2026-11-24T10:00:00+00:00")
        yield opened


async def test_in_slack_it_is_shown_in_the_same_window(office: Office) -> None:
    for label in (wording.SKIP, wording.SKIP, "Write"):
        await office.press("U1", label)
    told = await office.send("U1", text="It was closed, ticket 48213")
    assert told["response_action"] == "update"
    assert view_faults(told["view"]) == []
    assert "Not sent yet" in texts(told["view"])
    assert "It was closed, [id]" in json.dumps(told["view"])
    office.workspace.windows["U1"] = [{**told["view"], "id": "V99"}]
    assert await office.send("U1", text="It was closed, [id]") == ""
    assert "Your answers are in" in office.text("U1")


@pytest_asyncio.fixture
async def teams(tmp_path: Path) -> AsyncIterator[TeamsCompany]:
    async with teams_company(tmp_path) as company:
        for number in range(1, 25):
            company.stub.hire(f"29:{number:03}", f"{number:03}@example.com")
        await company.talk.adds_to_team()
        await company.meet()
        await company.ask(WEEKLY)
        await company.at("2026-11-24T10:00:00+00:00")
        yield company


async def test_in_teams_it_is_shown_in_place_of_the_card(teams: TeamsCompany) -> None:
    for _ in range(2):
        await teams.presses("29:001", wording.SKIP)
    told = await teams.writes("29:001", "Ticket 48213 was closed")
    shown = told["value"]
    assert "Not sent yet" in client.seen(shown)
    assert "[id] was closed" in json.dumps(shown)
    assert "48213" not in json.dumps(teams.stub.shown("29:001"))
