"""The simulator's page in a real browser, with an engine that follows a script."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.events import Pressed, Submitted, Wrote
from tests.contract.played import START, THANKS
from tests.contract.sample_cards import ROUND
from tests.contract.visit import MARKS, Visit, browsing, visiting

MAIN: Final = f"answer|{ROUND}|"
pytestmark = MARKS


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, tmp_path: Path) -> AsyncIterator[Visit]:
    async with visiting(browser, tmp_path) as visit:
        yield visit


async def test_one_of_each_kind_is_suggested_and_told_what_they_are(visit: Visit) -> None:
    people = visit.page.locator("#picker .person")
    assert [await person.inner_text() for person in await people.all()] == [
        "MB\nMia Bauer\nFinance",
        "AO\nAda Okafor\nIT, IT lead",
        "TS\nTom Silva\nIT, admin",
    ]


async def test_somebody_is_found_by_unit_among_their_like(visit: Visit) -> None:
    await visit.page.get_by_role("searchbox").fill("sal")
    await expect(visit.page.get_by_role("status").filter(has_text="people")).to_have_text(
        "1 of 4 people"
    )
    groups = visit.page.locator("#picker section")
    assert [await group.inner_text() for group in await groups.all()] == [
        "Business users\nRP\nRaj Patel\nSales"
    ]


async def test_two_sit_side_by_side_and_each_has_their_own_words(visit: Visit) -> None:
    await visit.page.get_by_role("button", name="side by side").click()
    seats = visit.page.locator(".seat")
    await expect(seats.locator("h2")).to_have_text(
        ["Chat of Mia Bauer with ITPulse", "Chat of Ada Okafor with ITPulse"]
    )
    await expect(seats.nth(0).get_by_role("button", name="grumble")).to_be_visible()
    await expect(seats.nth(0).get_by_role("button", name="summary")).to_have_count(0)
    await seats.nth(1).get_by_role("button", name="summary", exact=True).click()
    await expect(seats.nth(1).locator(".message.bot")).to_have_count(1)
    await expect(seats.nth(0).locator(".message")).to_have_count(0)
    await seats.nth(0).get_by_role("button", name="Close the chat of Mia Bauer").click()
    await expect(seats.locator("h2")).to_have_text(["Chat of Ada Okafor with ITPulse"])
    await expect(seats.locator(".message")).to_have_count(2)


async def test_somebody_else_can_be_put_beside(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    await visit.page.get_by_role("button", name="Put a second person beside").click()
    dialog = visit.page.get_by_role("dialog", name="Who sits beside?")
    await dialog.get_by_role("searchbox").fill("raj")
    await dialog.get_by_role("button", name="Raj Patel").click()
    await expect(dialog).to_be_hidden()
    await expect(visit.page.locator(".seat")).to_have_count(2)
    await visit.page.get_by_role("button", name="To the next thing that happens").click()
    clock = visit.page.get_by_role("complementary", name="The clock")
    told = re.compile("A message for Mia Bauer. A message for Raj Patel.")
    await expect(clock.get_by_role("status")).to_have_text(told)
    await visit.page.get_by_role("button", name="What is this?").click()
    await expect(visit.page.get_by_role("heading", name="Who do you want to be?")).to_be_visible()


async def test_older_messages_wait_until_they_are_asked_for(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    for number in range(4):
        await visit.say(f"hello {number}")
    await visit.page.reload()
    messages = visit.page.locator(".message .card")
    await expect(messages).to_have_text(["You said: hello 2", "hello 3", "You said: hello 3"])
    await visit.page.get_by_role("button", name="Show 5 earlier messages").click()
    await expect(messages).to_have_count(8)
    await expect(messages.first).to_have_text("hello 0")
    await expect(visit.page.locator(".message").nth(4)).to_be_focused()


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
    said = f"ITPulse to Mia Bauer: {THANKS.summary}"
    await expect(visit.page.locator("#announced p").last).to_have_text(said)


async def test_a_long_scale_says_what_its_ends_mean(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("recommend")
    await card.get_by_role("button", name="10: Extremely likely").click()
    await expect(card).to_contain_text("Thank you!")
    heard = visit.last_heard()
    assert isinstance(heard, Pressed)
    assert heard.value == 10


async def test_a_card_of_a_round_that_is_over_asks_nothing_any_more(visit: Visit) -> None:
    await visit.come_as("Mia Bauer")
    card = await visit.say("next")
    await expect(card.get_by_role("button", name="4 Satisfied")).to_be_visible()
    over = [{"id": ROUND, "title": "How is IT?", "state": "released", "closes": START.isoformat()}]
    await visit.page.route("**/simulator/rounds", lambda route: route.fulfill(json=over))
    await visit.page.get_by_role("button", name="+1 hour").click()
    await expect(card).to_contain_text("This round has closed")
    await expect(card.get_by_role("button", name="4 Satisfied")).to_have_count(0)
    await visit.page.reload()
    shown = visit.page.locator(".message.bot").first
    await expect(shown).to_contain_text("This round has closed")


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
    refused = visit.page.locator(".composer [role=alert]")
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
