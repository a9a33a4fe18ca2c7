"""Takes the pictures of `docs/admin.md`, by doing what it says.

Run it as `.venv/bin/python docs/pictures/admin.py`; it needs what `make.py` needs.
"""

from __future__ import annotations

from collections.abc import Callable

from make import ADMIN, CHROMIUM, LEAD, SWITCHES, demo, newest, opened, push, show
from playwright.sync_api import Locator, Page, expect, sync_playwright


def main() -> None:
    with sync_playwright() as playwright, demo() as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        first_pulse(alone(opened(browser, address, {"width": 1280, "height": 1000}, 1)))
        phone = alone(opened(browser, address, {"width": 390, "height": 844}, 1.5))
        taking_turns(phone)
        looking_after_people(phone)
        hearing_of_answers(opened(browser, address, {"width": 390, "height": 844}, 1.5))
        browser.close()


def first_pulse(page: Page) -> None:
    say(page, "pulse")
    form = opens(page, "New pulse")
    form.get_by_label("What is it called?").fill("How is SAP doing?")
    form.get_by_label("What does it ask?").select_option(label="One application")
    form.get_by_label("What is it about?").fill("SAP")
    show(page, "admin-new-desktop")
    show(page, "admin-draft-desktop", sent(page, form, "Make a draft"))
    form = opens(page, "Whom it asks")
    form.get_by_label("Units left out").fill("Legal")
    sent(page, form, "Save")
    form = opens(page, "When it asks")
    form.get_by_label("On which days?").fill("the first Tuesday of every month")
    sent(page, form, "Save")
    said(page, lambda: press(page, "Preview"))
    said(page, lambda: press(page, "Back to the pulse"))
    show(page, "admin-launch-desktop", said(page, lambda: press(page, "Launch…")))
    press(page, "Launch")
    expect(newest(page.locator("body"))).to_contain_text("live, opens on Tuesday 1 December")
    page.context.close()


def taking_turns(page: Page) -> None:
    # What she did on the desktop stands in her chat.
    expect(page.locator(".message.bot")).not_to_have_count(0)
    say(page, "pulse")
    form = opens(page, "New pulse")
    form.get_by_label("What is it called?").fill("Our applications")
    form.get_by_label("What does it ask?").select_option(label="One application")
    form.get_by_label("What is it about?").fill("SAP\nOutlook\nTeams\nConcur")
    sent(page, form, "Make a draft")
    said(page, lambda: press(page, "Questions"))
    show(page, "admin-bank-phone", said(page, lambda: press(page, "Questions that take turns")))


def looking_after_people(page: Page) -> None:
    say(page, "people")
    form = opens(page, "Paste a list")
    form.get_by_role("textbox").fill(
        "email,name,unit\njonas.rehder@meridian.example,Jonas Rehder,Sales\n"
        "nina.neu@meridian.example,Nina Neu,Sales"
    )
    form.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text("Apply this list?")
    show(page, "admin-people-phone")
    page.keyboard.press("Escape")
    page.context.close()


def hearing_of_answers(page: Page) -> None:
    alone(page, LEAD)
    expect(page.locator(".message.bot")).not_to_have_count(0)
    push(page, "closed:")
    card = newest(page.locator("body"))
    expect(card).to_contain_text("The answers are in")
    show(page, "answers-in-phone", card)
    page.context.close()


def alone(page: Page, who: str = ADMIN) -> Page:
    page.get_by_role("searchbox").fill(who)
    page.get_by_role("button", name=who).first.click()
    expect(page.get_by_role("heading", name=f"Chat of {who}")).to_be_visible()
    return page


def say(page: Page, words: str) -> Locator:
    def type_it() -> None:
        page.get_by_role("textbox", name="Message to ITPulse").fill(words)
        page.keyboard.press("Enter")

    return said(page, type_it)


def said(page: Page, done: Callable[[], None]) -> Locator:
    """The card that comes of what is done."""
    cards = page.locator(".message.bot")
    before = cards.count()
    done()
    expect(cards).to_have_count(before + 1)
    return cards.last


def press(page: Page, label: str) -> None:
    page.locator(".message.bot").last.get_by_role("button", name=label, exact=True).click()


def opens(page: Page, label: str) -> Locator:
    press(page, label)
    form = page.get_by_role("dialog")
    expect(form).to_be_visible()
    return form


def sent(page: Page, form: Locator, label: str) -> Locator:
    return said(page, form.get_by_role("button", name=label, exact=True).click)


if __name__ == "__main__":
    main()
