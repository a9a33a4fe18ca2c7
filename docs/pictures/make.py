"""Takes the pictures of the documents: a prepared demo, a real browser, desktop and phone.

Run it as `.venv/bin/python docs/pictures/make.py`; it needs a Chromium. The demo's clock starts at
a fixed instant and its company is drawn by a seed, so a picture changes only with the product.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from palette import smaller
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

HERE: Final = Path(__file__).parent
ITPULSE: Final = Path(sys.executable).with_name("itpulse")
CHROMIUM: Final = Path("/usr/bin/chromium")
SWITCHES: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
NOW: Final = "2026-11-18T15:00:00+00:00"
CLERK: Final = "Silke Martens"
LEAD: Final = "Jonas Rehder"
ADMIN: Final = "Annika Sörensen"
COMMENT: Final = "The scanner at gate 3 loses its connection every hour."
#: Bytes, of one and of all; more would make the documents slow to open.
LARGEST: Final = 200_000
MOST: Final = 1_500_000


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for take in (on_a_desktop, on_a_phone):
            with demo() as address:
                take(browser, address)
        browser.close()
    sizes = {path.name: path.stat().st_size for path in HERE.glob("*.png")}
    large = [name for name, size in sizes.items() if size > LARGEST]
    if large or sum(sizes.values()) > MOST:
        sys.exit(f"Too large: {sum(sizes.values()):,} bytes in all; {', '.join(large)}")


@contextmanager
def demo() -> Iterator[str]:
    """The address of a prepared demo, served until the pictures are taken."""
    with tempfile.TemporaryDirectory() as folder:
        program, here = str(ITPULSE), ["--data", folder]
        prepare = [program, "demo", "--prepare", "--now", NOW, *here]
        subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
        serve = [program, "demo", "--port", "0", *here]
        server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            yield server.stdout.readline().removeprefix("ITPulse is at ").strip()
        finally:
            server.terminate()
            server.wait()


def on_a_desktop(browser: Browser, address: str) -> None:
    page = opened(browser, address, {"width": 1280, "height": 800}, 1)
    show(page, "welcome-desktop")
    page.get_by_role("button", name="side by side").click()
    clerk, lead = seats(page)
    say(lead, "trend")
    show(page, "side-by-side-desktop")
    card = answered(clerk, "2 Dissatisfied")
    say(lead, "summary")
    show(page, "follow-up-desktop", card)
    say(clerk, "privacy")
    say(lead, "summary Legal")
    show(page, "too-few-desktop")
    push(page, "closed:")
    say(clerk, "help")
    say(lead, "summary")
    show(page, "closed-desktop")
    push(page, "“Getting help from IT” opened")
    push(page, f"A message for {CLERK}")
    say(lead, "summary getting-help")
    show(page, "getting-help-desktop")
    page.get_by_role("button", name="Dark").click()
    say(lead, "trend Warehouse")
    show(page, "dark-desktop")
    be(page, LEAD, ADMIN)
    admin = page.locator(".seat").nth(1)
    say(admin, "audit")
    show(page, "audit-desktop")
    page.context.close()


def on_a_phone(browser: Browser, address: str) -> None:
    page = opened(browser, address, {"width": 390, "height": 844}, 1.5)
    show(page, "welcome-phone")
    page.get_by_role("button", name="side by side").click()
    clerk, lead = seats(page)
    show(page, "card-phone", newest(clerk))
    show(page, "thanks-phone", answered_all(clerk))
    page.get_by_role("button", name=LEAD, exact=True).click()
    for word in ("summary", "trend", "voices"):
        show(page, f"{word}-phone", say(lead, word))
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("button", name="Dark").click()
    show(page, "dark-phone", say(lead, "compare Finance, Sales"))
    page.context.close()


def opened(browser: Browser, address: str, size: ViewportSize, scale: float) -> Page:
    context = browser.new_context(viewport=size, device_scale_factor=scale, color_scheme="light")
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name="side by side")).to_be_visible()
    expect(page.locator("#rounds")).not_to_be_empty()
    return page


def seats(page: Page) -> tuple[Locator, Locator]:
    """The clerk's and the lead's, both loaded."""
    taken = page.locator(".seat")
    for seat in (clerk := taken.nth(0), lead := taken.nth(1)):
        expect(seat.locator(".message.bot")).not_to_have_count(0)
    return clerk, lead


def be(page: Page, one: str, other: str) -> None:
    page.get_by_role("button", name=f"Change from {one}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(other)
    dialog.get_by_role("button", name=other).click()
    expect(page.get_by_role("heading", name=f"Chat of {other}")).to_be_visible()
    expect(page.locator(".seat").nth(1).locator(".message.bot")).not_to_have_count(0)


def answered(seat: Locator, label: str) -> Locator:
    card = newest(seat)
    card.get_by_role("button", name=label, exact=True).click()
    expect(card).to_contain_text("Question 2 of 4")
    return card


def answered_all(seat: Locator) -> Locator:
    card = answered(seat, "2 Dissatisfied")
    card.get_by_label("Reliability").check()
    card.get_by_role("button", name="Send").click()
    card.get_by_role("button", name="4", exact=True).click()
    card.get_by_role("textbox").fill(COMMENT)
    card.get_by_role("button", name="Send").click()
    expect(card).to_contain_text("Thank you")
    return card


def say(seat: Locator, word: str) -> Locator:
    cards = seat.locator(".message.bot")
    before = cards.count()
    seat.get_by_role("button", name=word, exact=True).click()
    expect(cards).to_have_count(before + 1)
    return newest(seat)


def push(page: Page, until: str) -> None:
    """To the next thing that happens, until it is the one."""
    for _ in range(5):
        page.get_by_role("button", name="To the next thing").click()
        expect(page.locator("#clock-said")).to_contain_text("It is now", timeout=60_000)
        if until in page.locator("#clock-said").inner_text():
            return
    raise AssertionError(f"never happened: {until}")


def newest(seat: Locator) -> Locator:
    return seat.locator(".message.bot").last


def show(page: Page, name: str, card: Locator | None = None) -> None:
    """A picture of the whole screen, with the card's beginning in it; the page itself without."""
    if card:
        card.evaluate("card => card.scrollIntoView({ block: 'start' })")
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    blank = page.context.new_page()
    (HERE / f"{name}.png").write_bytes(smaller(page.screenshot(), blank))
    blank.close()


if __name__ == "__main__":
    main()
