"""The simulator's page for people who see, hear or point differently, and on small screens."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.contract import axe
from tests.contract.visit import MARKS, Visit, browsing, visiting

pytestmark = MARKS

# Text against what is painted behind it, by the formula of WCAG 2.2, and 4.5 asked of all of it.
PALE_TEXT: Final = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) =>
    0.2126 * light(r / 255) + 0.7152 * light(g / 255) + 0.0722 * light(b / 255);
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const color = parse(getComputedStyle(element).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const pale = [];
  for (const element of document.querySelectorAll("body *")) {
    const worded = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!worded || !element.checkVisibility()) continue;
    const drawn = getComputedStyle(element);
    const ink = luminance(parse(element instanceof SVGElement ? drawn.fill : drawn.color));
    const ground = luminance(behind(element));
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (ratio < 4.5) pale.push(`${element.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return pale;
}"""
NAMELESS: Final = """() => [...document.querySelectorAll("button, input, select, textarea")]
  .filter((e) => e.checkVisibility() && !(e.labels?.length || e.textContent.trim() || e.ariaLabel))
  .map((e) => e.outerHTML)"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, tmp_path: Path) -> AsyncIterator[Visit]:
    async with visiting(browser, tmp_path) as visit:
        yield visit


async def test_everything_can_be_done_with_the_keyboard(visit: Visit) -> None:
    keyboard = visit.page.keyboard
    mia = visit.page.get_by_role("button", name="Mia Bauer")
    for _ in range(8):  # past the skip link, the colours, the clock, the pair and the search
        await keyboard.press("Tab")
    await expect(mia).to_be_focused()
    await keyboard.press("Enter")
    await expect(visit.page.get_by_role("heading", name="Chat of Mia Bauer")).to_be_visible()
    await expect(visit.page.get_by_role("textbox", name="Message to ITPulse")).to_be_focused()
    card = await visit.say("next")
    await card.get_by_role("button", name="5 Very satisfied").focus()
    await keyboard.press("Space")
    await expect(card).to_contain_text("Thank you!")
    await expect(card).to_be_focused()


async def test_figures_can_be_read_without_seeing_them(visit: Visit) -> None:
    await visit.come_as("Ada Okafor")
    card = await visit.say("summary")
    await expect(card.get_by_role("term").first).to_have_text("Mean")
    await expect(card.get_by_role("definition").first).to_have_text("3.9 of 5 (3.6 to 4.2)")
    await expect(card.locator(".bars li").first).to_have_text("Very satisfied21 of 61")
    chart = card.get_by_role("img", name="Satisfaction over eight weeks")
    await expect(chart).to_have_accessible_description(re.compile("^All units rose"))
    await expect(card.locator("path.line-1:not(.legend *)")).to_have_count(2)  # one week not shown
    await expect(card.get_by_role("blockquote").first).to_contain_text("The new laptop")


async def test_markup_is_shown_as_it_was_written(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("awkward")
    await expect(card).to_contain_text("<b>5 < 6 & 7 > 2</b>")
    await expect(card.get_by_role("button", name="<script>alert(1)</script>")).to_be_visible()
    assert await card.locator("b, script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_it_fits_can_be_read_and_every_control_has_a_name(
    visit: Visit, scheme: str, width: int
) -> None:
    await visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await visit.page.set_viewport_size({"width": width, "height": 800})
    await visit.page.get_by_role("button", name="Mia Bauer").click()
    for words in ("next", "recommend", "choices", "words", "summary", "awkward", "all"):
        await visit.say(words)
    await visit.page.get_by_role("textbox", name="Message to ITPulse").fill("secret")
    await visit.page.keyboard.press("Enter")
    await expect(visit.page.locator(".composer").get_by_role("alert")).to_be_visible()
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert await visit.page.evaluate(PALE_TEXT) == []
    assert await visit.page.evaluate(NAMELESS) == []
    await visit.page.get_by_role("button", name="All questions at once").click()
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert await visit.page.evaluate(PALE_TEXT) == []
    assert await visit.page.evaluate(NAMELESS) == []


@axe.NEEDED
@pytest.mark.parametrize("width", [390, 1280])
async def test_no_card_has_a_serious_fault(visit: Visit, width: int) -> None:
    await visit.page.set_viewport_size({"width": width, "height": 800})
    await visit.page.get_by_role("button", name="Mia Bauer").click()
    for words in ("next", "recommend", "choices", "words", "summary", "awkward", "all"):
        await visit.say(words)
    assert await axe.faults(visit.page) == []
    await visit.page.get_by_role("button", name="All questions at once").click()
    assert await axe.faults(visit.page) == []
    await visit.page.keyboard.press("Escape")
    await visit.page.get_by_role("button", name="to somebody else").click()
    await visit.page.get_by_role("searchbox").fill("a")
    assert await axe.faults(visit.page) == []


async def test_on_a_phone_one_of_two_chats_is_shown_at_a_time(visit: Visit) -> None:
    await visit.page.set_viewport_size({"width": 390, "height": 844})
    await visit.page.get_by_role("button", name="side by side").click()
    switch = visit.page.get_by_role("group", name="Whose chat is shown")
    mia, ada = switch.get_by_role("button").nth(0), switch.get_by_role("button").nth(1)
    await expect(mia).to_have_attribute("aria-pressed", "true")
    await expect(visit.page.get_by_role("heading", name="Chat of Ada Okafor")).to_be_hidden()
    await visit.page.get_by_role("button", name="To the next thing").click()
    await expect(ada).to_have_text("Ada Okafornew")
    await ada.click()
    await expect(visit.page.get_by_role("heading", name="Chat of Ada Okafor")).to_be_visible()
    await expect(visit.page.get_by_role("heading", name="Chat of Mia Bauer")).to_be_hidden()
    await expect(ada).to_be_focused()
    await expect(ada).to_have_text("Ada Okafor")


async def test_dark_is_chosen_on_the_page_and_kept(visit: Visit) -> None:
    await visit.page.emulate_media(color_scheme="light")
    dark = visit.page.get_by_role("button", name="Dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await visit.page.evaluate(ground)
    await dark.click()
    await expect(dark).to_have_attribute("aria-pressed", "true")
    assert await visit.page.evaluate(ground) != light
    await visit.page.reload()
    await expect(dark).to_have_attribute("aria-pressed", "true")
    await dark.click()
    assert await visit.page.evaluate(ground) == light
