"""Cards in Microsoft's own renderer, in a real browser, as wide as a desktop and as a phone."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from adapters.teams import inbound
from adapters.teams.inputs import dialog
from adapters.teams.render import draw
from bot.cards import Card
from bot.events import Pressed, Submitted
from tests.contract import teams_client as client
from tests.contract.platform_suite import legible
from tests.contract.sample_cards import (
    CHOICES,
    EVERY_FIELD,
    FIGURES,
    OPENING,
    RECOMMEND,
    SAMPLES,
    WORDS,
)
from tests.contract.visit import MARKS, browsing

RENDERER: Final = (
    Path(__file__).parents[2] / ".tools/node/node_modules/adaptivecards/dist/adaptivecards.min.js"
)
pytestmark = [
    *MARKS,
    pytest.mark.skipif(
        not RENDERER.exists(), reason="npm's adaptivecards is not in .tools/node (see .ci/run)"
    ),
]

PAGE: Final = (
    "<!doctype html><meta charset=utf-8><style>body{margin:0;font:14px sans-serif}</style>"
    "<div id=card style='padding:0'></div>"
)
#: Renders a card and keeps what the renderer complained about and what was pressed.
SHOW: Final = """
(told) => {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(
        {supportsInteractivity: true, actions: {maxActions: 6, actionAlignment: "left"}});
    window.pressed = [];
    card.onExecuteAction = (action) => window.pressed.push(
        {type: action.getJsonTypeName(), data: action.data});
    const context = new AdaptiveCards.SerializationContext();
    card.parse(told, context);
    const place = document.getElementById("card");
    place.replaceChildren(card.render());
    const complaints = [];
    for (let n = 0; n < context.eventCount; n++) complaints.push(context.getEventAt(n).message);
    const invalid = card.validateProperties().validationEvents.map((e) => e.message);
    return [...complaints, ...invalid];
}
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 600, "height": 900})
    await page.set_content(PAGE)
    await page.add_script_tag(path=RENDERER)
    yield page
    await page.close()


async def show(page: Page, drawn: Any) -> list[str]:
    complaints: list[str] = await page.evaluate(SHOW, drawn)
    return complaints


async def pressed(page: Page, title: str) -> list[Any]:
    await page.get_by_role("button", name=title, exact=True).first.click()
    done: list[Any] = await page.evaluate("window.pressed")
    return done


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
async def test_a_card_is_shown_whole_and_fits_a_desktop_and_a_phone(page: Page, card: Card) -> None:
    complaints = await show(page, draw(card))
    # A chart is Teams' own; everybody else's renderer shows the figures instead.
    assert [told for told in complaints if "Chart.Line" not in told] == []
    names = await page.eval_on_selector_all(
        "#card [aria-label]", "all => all.map(e => e.getAttribute('aria-label'))"
    )
    seen = _flat(" ".join([await page.locator("#card").inner_text(), *names]))
    every = [text for part in card.parts for text in legible(part)]
    assert [text for text in every if _flat(text) not in seen] == []
    for width in (600, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


def _flat(text: str) -> str:
    return " ".join(text.split())


async def test_the_fallback_of_a_chart_shows_its_figures(page: Page) -> None:
    await show(page, draw(FIGURES))
    seen = await page.locator("#card").inner_text()
    assert "All · Finance" in seen
    assert "3.6 · not shown" in seen


async def test_one_press_answers_and_takes_nothing_else_along(page: Page) -> None:
    await show(page, draw(Card("Two", (*OPENING.parts, *WORDS.parts))))
    await page.locator("textarea").fill("Not ready yet")
    [press] = await pressed(page, "Satisfied")
    assert press["type"] == "Action.Execute"
    assert "Not ready yet" not in json.dumps(press)
    event = inbound.read(client.executed({"verb": "", **press, "associatedInputs": "none"}, {}))
    assert isinstance(event, Pressed)
    assert event.value == 4


async def test_a_step_of_a_scale_has_a_name_that_is_read_aloud(page: Page) -> None:
    await show(page, draw(RECOMMEND))
    [press] = await pressed(page, "10 · Extremely likely")
    assert press["data"]["itpulse"]["value"] == 10


async def test_an_empty_field_is_not_sent_and_says_why(page: Page) -> None:
    await show(page, draw(WORDS))
    assert await pressed(page, "Send") == []
    assert "Please fill this in." in await page.locator("#card").inner_text()
    await page.locator("textarea").fill("It is “slow” & <late>.")
    [press] = await pressed(page, "Send")
    event = inbound.read(client.executed({"verb": "", **press}, {}))
    assert isinstance(event, Submitted)
    assert event.values == {"text": "It is “slow” & <late>."}


async def test_any_number_may_be_picked_and_one_of_two(page: Page) -> None:
    await show(page, draw(CHOICES))
    await page.get_by_role("checkbox").nth(0).check()
    await page.get_by_role("checkbox").nth(2).check()
    [press] = await pressed(page, "Send")
    event = inbound.read(client.executed({"verb": "", **press}, {}))
    assert isinstance(event, Pressed)
    assert event.value == ["speed", "other"]


async def test_a_dialog_is_shown_and_sent_with_what_stood_in_it(page: Page) -> None:
    # Teams fills the list of people itself.
    complaints = [c for c in await show(page, dialog(EVERY_FIELD)) if "one choice" not in c]
    assert complaints == []
    await page.locator("textarea").fill("Slow.")
    [press] = await pressed(page, EVERY_FIELD.send)
    event = inbound.read(client.invoke(inbound.SUBMIT, {"data": press["data"]}))
    assert isinstance(event, Submitted)
    given = {name: event.values[name] for name in ("nick", "comment", "overall", "why", "minutes")}
    assert given == {
        "nick": "Mia",
        "comment": "Slow.",
        "overall": 4,
        "why": ["speed"],
        "minutes": 15,
    }
