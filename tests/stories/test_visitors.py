"""Visitors of the demo's page, in a real browser, with the real engine behind it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Locator, Page, expect

from adapters.simulator import mount
from bot.domain.pulse import Choice, Question
from tests.contract import axe
from tests.contract.visit import CHROMIUM, browsing
from tests.stories.company import (
    OVERALL,
    RECOMMEND,
    WEEKLY,
    WORDS,
    Company,
    later,
    open_company,
    staff,
)

pytestmark = [
    pytest.mark.story,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]

WHERE: Final = (Choice("desk", "The service desk"), Choice("other", "Somebody else"))
EVERY_KIND: Final = later(
    WEEKLY,
    above_cap=True,
    questions=(
        OVERALL,
        RECOMMEND,
        Question("effort", "effort", "How much effort did it take to get help?"),
        Question("ready", "agree", "My computer is ready when I need it."),
        Question("solved", "yes_no", "Was it solved?"),
        Question("where", "choice", "Where did you turn first?", options=WHERE),
        Question("lost", "lost_time", "How much working time did you lose?"),
        WORDS,
    ),
)
#: What the others say in the first round, and in the second.
CALM: Final = {"overall": 4, "recommend": 8, "effort": 3, "solved": True, "lost": "0"}
ANGRY: Final = {"overall": 1, "recommend": 2, "effort": 7, "solved": False, "lost": "240+"}


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    """One round has closed, another waits for answers; the first is a lead, the second an admin."""
    async with open_company(tmp_path, f"sqlite:///{tmp_path}/itpulse.sqlite") as company:
        await company.hire(*staff(2, "IT"), *staff(24, "Finance", first=3))
        await company.grant("p001@example.com", "lead")
        await company.grant("p002@example.com", "admin")
        await company.ask(EVERY_KIND)
        await company.at("2026-11-24T12:00:00+00:00")
        await answered(company, date(2026, 11, 24), range(4, 24), CALM)
        await company.at("2026-12-01T12:00:00+00:00")
        yield company


async def answered(company: Company, day: date, who: range, answers: dict[str, object]) -> None:
    for number in who:
        told = await company.answers(f"p{number:03}@example.com", f"it-weekly@{day}", **answers)
        assert (told["refusal"], told["errors"]) == (None, {})


@asynccontextmanager
async def page_of(company: Company, width: int = 1280) -> AsyncIterator[Page]:
    app, house = web.Application(), company.house
    mount(app, company.simulator, house.store, house.handle, house.push, house.next_at)
    complaints: list[str] = []
    async with TestServer(app) as server, browsing() as browser:
        context = await browser.new_context(viewport={"width": width, "height": 800})
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text))
        await page.goto(str(server.make_url("/")))
        yield page
        await context.close()
    assert complaints == []


async def looked_at(page: Page) -> None:
    if axe.SCRIPT.exists():
        assert await axe.faults(page) == []


async def said(seat: Locator, word: str) -> Locator:
    """The newest card once a word that is offered was pressed."""
    cards = seat.locator(".message.bot")
    await expect(cards.last).to_be_visible()  # the chat has come
    before = await cards.count()
    await seat.get_by_role("button", name=word, exact=True).click()
    await expect(cards).to_have_count(before + 1)
    return cards.last


async def push(page: Page, until: str) -> None:
    """To the next thing, until it is the one."""
    told = page.get_by_role("complementary", name="The clock").get_by_role("status")
    for _ in range(6):
        await page.get_by_role("button", name="To the next thing that happens").click()
        await expect(told).to_have_text(re.compile("It is now"))
        if until in await told.inner_text():
            return
    raise AssertionError(f"never happened: {until}")


@pytest.mark.parametrize("width", [390, 1280])
async def test_a_clerk_answers_every_kind_of_question(company: Company, width: int) -> None:
    async with page_of(company, width) as page:
        await page.get_by_role("searchbox").fill("person 003")
        await looked_at(page)
        await page.get_by_role("button", name="Person 003").click()
        seat = page.locator(".seat")
        card = seat.locator(".message.bot").last
        await expect(card).to_contain_text("How is IT doing for you?")
        await card.get_by_role("button", name="2 Dissatisfied").click()
        await card.get_by_label("Speed").check()
        await card.get_by_role("button", name="Send").click()
        await card.get_by_role("button", name="10 · extremely likely").click()
        await looked_at(page)
        for effort_agree_solved_where_lost in (
            re.compile("^7"),
            re.compile("Agree"),
            "Yes",
            "The service desk",
            "Over 4 hours",
        ):
            await card.get_by_role("button", name=effort_agree_solved_where_lost).click()
        await card.get_by_role("textbox").fill("The scanner loses its connection.")
        await card.get_by_role("button", name="Send").click()
        await expect(card).to_contain_text("Thank you")
        await looked_at(page)
        for word in ("privacy", "grumble", "help"):
            await said(seat, word)
        await expect(seat.get_by_role("button", name="summary")).to_have_count(0)
        await looked_at(page)


async def test_a_lead_sees_what_a_clerk_says_only_when_the_round_has_closed(
    company: Company,
) -> None:
    async with page_of(company) as page:
        await looked_at(page)
        await page.get_by_role("button", name="side by side").click()
        clerk, lead = page.locator(".seat").nth(0), page.locator(".seat").nth(1)
        await expect(clerk).to_contain_text("Person 003")
        await expect(lead).to_contain_text("IT, IT lead")
        before = await said(lead, "summary")
        await expect(before).to_contain_text("20 of 26 answered")
        await clerk.get_by_role("button", name="1 Very dissatisfied").last.click()
        await answered(company, date(2026, 12, 1), range(4, 24), ANGRY)
        await expect(await said(lead, "summary")).to_contain_text("20 of 26 answered")
        await push(page, "closed: the answers are counted")
        await expect(await said(lead, "summary")).to_contain_text("21 of 26 answered")
        for word in ("trend", "voices"):
            await said(lead, word)
        await looked_at(page)


async def test_an_admin_reads_what_was_done(company: Company) -> None:
    async with page_of(company) as page:
        await page.get_by_role("button", name="Person 002").click()
        seat = page.locator(".seat")
        await expect(seat.locator(".hint")).to_contain_text("Try first: pulse")
        await expect(seat.locator(".words button").first).to_have_text("pulse")
        card = await said(page.locator(".seat"), "audit")
        await expect(card).to_contain_text("“How is IT doing for you?” of 1 December opened")
        await looked_at(page)
