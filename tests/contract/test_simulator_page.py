"""The simulator's page in a real browser, with an engine that follows a script."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.events import Event, Pressed, Submitted, Wrote
from tests.contract.played import START, THANKS, Scripted, played
from tests.contract.sample_cards import ROUND

CHROMIUM: Final = Path("/usr/bin/chromium")
SWITCHES: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MAIN: Final = f"answer|{ROUND}|"

pytestmark = [
    pytest.mark.contract,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]

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


@dataclass
class Visit:
    page: Page
    scripted: Scripted

    async def come_as(self, name: str) -> None:
        await self.page.get_by_role("button", name=name).click()
        await expect(self.page.get_by_role("textbox", name="Message to ITPulse")).to_be_focused()

    async def say(self, words: str) -> Locator:
        """Sends words and gives the newest message of the bot once it is there."""
        before = await self.page.locator(".message.bot").count()
        await self.page.get_by_role("textbox", name="Message to ITPulse").fill(words)
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator(".message.bot")).to_have_count(before + 1)
        return self.page.locator(".message.bot").last

    def last_heard(self) -> Event:
        return self.scripted.heard[-1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, tmp_path: Path) -> AsyncIterator[Visit]:
    """The page just opened; whatever the browser complains about fails the test."""
    app, scripted = played(tmp_path)
    complaints: list[str] = []
    async with TestServer(app) as server:
        context = await browser.new_context(viewport={"width": 1280, "height": 900})
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text))
        await page.goto(str(server.make_url("/")))
        await expect(page.get_by_role("button", name="Mia Bauer")).to_be_visible()
        yield Visit(page, scripted)
        await context.close()
    assert complaints == []


async def test_everybody_stands_under_what_they_may_do(visit: Visit) -> None:
    groups = visit.page.locator("#people section")
    assert [await group.inner_text() for group in await groups.all()] == [
        "Business users\nMB\nMia Bauer\nFinance\nRP\nRaj Patel\nSales",
        "IT leads\nAO\nAda Okafor\nIT",
        "Admins\nTS\nTom Silva\nIT",
    ]


async def test_somebody_is_found_by_unit(visit: Visit) -> None:
    await visit.page.get_by_role("searchbox").fill("sal")
    await expect(visit.page.locator(".person")).to_have_count(1)
    await expect(visit.page.get_by_role("status").first).to_have_text("1 of 4 people")


async def test_the_page_says_that_all_is_made_up(visit: Visit) -> None:
    await expect(visit.page.get_by_role("banner")).to_contain_text("made-up company")


async def test_a_question_is_answered_by_one_press(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("next")
    await card.get_by_role("button", name="4 Satisfied").click()
    await expect(card).to_contain_text("Thank you! Question 1 of 5.")
    heard = visit.last_heard()
    assert isinstance(heard, Pressed)
    assert (heard.ref.wire(), heard.value) == (MAIN + "overall", 4)
    await expect(visit.page.locator("#announced p").last).to_have_text(f"ITPulse: {THANKS.summary}")


async def test_everything_can_be_done_with_the_keyboard(visit: Visit) -> None:
    keyboard = visit.page.keyboard
    for key in ("Tab", "Tab", "Tab", "Enter"):  # past the skip link and the search
        await keyboard.press(key)
    await expect(visit.page.get_by_role("heading", name="Chat of Mia Bauer")).to_be_visible()
    await expect(visit.page.get_by_role("textbox", name="Message to ITPulse")).to_be_focused()
    card = await visit.say("next")
    await card.get_by_role("button", name="5 Very satisfied").focus()
    await keyboard.press("Space")
    await expect(card).to_contain_text("Thank you!")
    await expect(card).to_be_focused()


async def test_a_long_scale_says_what_its_ends_mean(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("recommend")
    await card.get_by_role("button", name="10: Extremely likely").click()
    await expect(card).to_contain_text("Thank you!")
    heard = visit.last_heard()
    assert isinstance(heard, Pressed)
    assert heard.value == 10


async def test_several_options_are_sent_together(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("choices")
    question = card.get_by_role("group", name="What got in the way?")
    await question.get_by_label("Speed").check()
    await question.get_by_label("Something else").check()
    await question.get_by_role("button", name="Send").click()
    await expect(card).to_contain_text("Thank you!")
    heard = visit.last_heard()
    assert isinstance(heard, Pressed)
    assert heard.value == ["speed", "other"]


async def test_a_yes_is_true_and_no_text(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("choices")
    await card.get_by_role("button", name="Yes").click()
    await expect(card).to_contain_text("Thank you!")
    heard = visit.last_heard()
    assert isinstance(heard, Pressed)
    assert heard.value is True


async def test_free_words_are_counted_and_kept_when_refused(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("words")
    box = card.get_by_role("textbox", name="What should IT know?")
    await box.fill("😀 slow")
    await expect(card).to_contain_text("6 of 1,000 characters")
    await box.fill("refuse")
    await card.get_by_role("button", name="Send").click()
    await expect(card.get_by_role("alert")).to_have_text(re.compile("not one of the answers"))
    await expect(box).to_have_value("refuse")
    await box.fill("Slow.")
    await card.get_by_role("button", name="Send").click()
    await expect(card).to_contain_text("Thank you!")
    heard = visit.last_heard()
    assert isinstance(heard, Submitted)
    assert heard.values == {"text": "Slow."}


async def test_a_form_says_beside_the_field_what_is_wrong(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    await visit.say("all")
    await visit.page.get_by_role("button", name="All questions at once").click()
    dialog = visit.page.get_by_role("dialog", name="All questions at once")
    comment = dialog.get_by_label("What should IT know?")
    await comment.fill("rude")
    await dialog.get_by_role("button", name="Send my answers").click()
    await expect(dialog.get_by_role("alert").filter(has_text="kindly")).to_be_visible()
    await expect(comment).to_be_focused()
    await expect(comment).to_have_attribute("aria-invalid", "true")
    await expect(comment).to_have_accessible_description(
        "At most 1,000 characters. Please say it kindly."
    )
    await comment.fill("Kind.")
    await dialog.get_by_role("button", name="Send my answers").click()
    await expect(dialog).to_be_hidden()
    await expect(visit.page.locator(".message.bot").last).to_contain_text("Thank you!")


async def test_every_kind_of_field_is_sent_as_what_it_is(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    await visit.page.get_by_role("textbox", name="Message to ITPulse").fill("form")
    await visit.page.keyboard.press("Enter")
    dialog = visit.page.get_by_role("dialog")
    await dialog.get_by_label("What should IT know?").fill("Slow.")
    await dialog.get_by_label("Very dissatisfied").check()
    await dialog.get_by_label("Something else").check()
    await dialog.get_by_label("At what time?").fill("14:05")
    await dialog.get_by_label("Who took care of it?").select_option("Raj Patel (Sales)")
    await dialog.get_by_label("No", exact=True).check()
    await dialog.get_by_role("button", name="Send my answers").click()
    await expect(dialog).to_be_hidden()
    heard = visit.last_heard()
    assert isinstance(heard, Submitted)
    assert heard.values == {
        "nick": "Mia",
        "comment": "Slow.",
        "overall": 1,
        "why": ["speed", "other"],
        "day": "2026-11-20",
        "hour": "14:05",
        "whom": "u2",
        "minutes": 15,
        "again": False,
    }


async def test_a_form_left_as_it_opens_sends_what_stood_in_it(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    await visit.say("all")
    await visit.page.get_by_role("button", name="All questions at once").click()
    dialog = visit.page.get_by_role("dialog")
    await dialog.get_by_label("What should IT know?").fill("Fine.")
    await dialog.get_by_role("button", name="Send my answers").click()
    await expect(dialog).to_be_hidden()
    heard = visit.last_heard()
    assert isinstance(heard, Submitted)
    assert {k: heard.values[k] for k in ("overall", "why", "hour", "whom", "again")} == {
        "overall": 4,
        "why": ["speed"],
        "hour": None,
        "whom": None,
        "again": None,
    }


async def test_a_form_may_be_answered_by_another(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    await visit.say("all")
    await visit.page.get_by_role("button", name="All questions at once").click()
    dialog = visit.page.get_by_role("dialog")
    await dialog.get_by_label("What shall we call you?").fill("again")
    await dialog.get_by_label("What should IT know?").fill("Fine.")
    await dialog.get_by_role("button", name="Send my answers").click()
    await expect(dialog.get_by_role("heading")).to_have_text("Two more questions")
    await expect(dialog.get_by_label("When did it happen?")).to_be_focused()
    await visit.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_a_refusal_stands_beside_what_was_typed(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    box = visit.page.get_by_role("textbox", name="Message to ITPulse")
    await box.fill("secret")
    await visit.page.keyboard.press("Enter")
    refused = visit.page.locator("#composer [role=alert]")
    await expect(refused).to_have_text(re.compile("IT leads"))
    await expect(box).to_have_value("secret")
    await visit.say("hello")
    await expect(refused).to_be_empty()


async def test_what_one_types_stands_above_the_answer(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    await visit.say("hello")
    assert visit.last_heard() == Wrote("", visit.last_heard().who, START, "hello")
    await expect(visit.page.locator(".message .card")).to_have_text(["hello", "You said: hello"])


async def test_the_clock_is_pushed_to_what_comes_next_and_it_arrives(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    clock = visit.page.get_by_role("complementary", name="The clock")
    await expect(clock).to_contain_text(re.compile("10:00 Tuesday,? 24 November"))  # in Berlin
    await clock.get_by_role("button", name="To the next thing that happens").click()
    await expect(clock.get_by_role("status")).to_have_text(re.compile("It is now Tue.* 15:00"))
    await expect(visit.page.locator(".message.bot")).to_contain_text("How is IT doing for you?")
    await clock.get_by_role("button", name="+1 day").click()
    await expect(clock).to_contain_text(re.compile("15:00 Wednesday,? 25 November"))
    await expect(clock).to_contain_text("Nothing is planned after this.")
    assert visit.scripted.simulator.clock.now() == START + timedelta(days=1, hours=5)


async def test_a_message_arrives_without_being_asked_for(visit: Visit) -> None:
    await visit.come_as("Raj Patel")
    await visit.scripted.push(START + timedelta(hours=6))
    await expect(visit.page.locator(".message.bot")).to_contain_text("How is IT doing for you?")
    await expect(visit.page.locator("#now")).to_contain_text("20:30")  # in Kolkata


async def test_each_person_has_their_own_chat_and_finds_it_again(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    await visit.say("hello")
    await visit.come_as("Tom Silva")
    await expect(visit.page.locator(".message")).to_have_count(0)
    await visit.page.go_back()
    await expect(visit.page.locator(".message")).to_have_count(2)
    await visit.page.reload()
    await expect(visit.page.get_by_role("heading", name="Chat of Mia Bauer")).to_be_visible()
    await expect(visit.page.locator(".message")).to_have_count(2)


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
    await expect(visit.page.locator("#composer").get_by_role("alert")).to_be_visible()
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert await visit.page.evaluate(PALE_TEXT) == []
    assert await visit.page.evaluate(NAMELESS) == []
    await visit.page.get_by_role("button", name="All questions at once").click()
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert await visit.page.evaluate(PALE_TEXT) == []
    assert await visit.page.evaluate(NAMELESS) == []


async def test_on_a_phone_the_list_folds_away_once_somebody_is_chosen(visit: Visit) -> None:
    await visit.page.set_viewport_size({"width": 390, "height": 844})
    await visit.page.get_by_role("button", name="Mia Bauer").click()
    change = visit.page.get_by_role("button", name="You are Mia Bauer, Finance")
    await expect(change).to_be_focused()
    await expect(visit.page.get_by_role("searchbox")).to_be_hidden()
    await change.click()
    await expect(change).to_have_attribute("aria-expanded", "true")
    await expect(visit.page.get_by_role("searchbox")).to_be_visible()
