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
from typing import Final, NamedTuple

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

HERE: Final = Path(__file__).parent
ITPULSE: Final = Path(sys.executable).with_name("itpulse")
CHROMIUM: Final = Path("/usr/bin/chromium")
SWITCHES: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
NOW: Final = "2026-11-18T15:00:00+00:00"
LEAD: Final = "Jonas Rehder"
COMMENT: Final = "The scanner at gate 3 loses its connection every hour."
#: Bytes; more would make the documents slow to open.
LARGEST: Final = 200_000


class Screen(NamedTuple):
    name: str
    size: ViewportSize
    scale: float
    #: Another one on each screen, for whom the card is still untouched.
    clerk: str


SCREENS: Final = (
    Screen("desktop", {"width": 1280, "height": 800}, 1, "Agnieszka Wójcik"),
    Screen("phone", {"width": 390, "height": 844}, 1.5, "Ahmet Koç"),
)


def main() -> None:
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for screen in SCREENS:
            take_all(browser, address, screen)
        browser.close()
    large = [p.name for p in HERE.glob("*.png") if p.stat().st_size > LARGEST]
    if large:
        sys.exit(f"Larger than {LARGEST:,} bytes: {', '.join(large)}")


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


def take_all(browser: Browser, address: str, screen: Screen) -> None:
    context = browser.new_context(
        viewport=screen.size, device_scale_factor=screen.scale, color_scheme="light"
    )
    page = context.new_page()
    page.goto(address)
    show(come_as(page, screen.clerk), f"card-{screen.name}")
    show(press(page, "2 Dissatisfied"), f"follow-up-{screen.name}")
    show(answer_the_rest(page), f"thanks-{screen.name}")
    come_as(page, LEAD)
    for word in ("summary", "trend"):
        show(say(page, word), f"{word}-{screen.name}")
    context.close()


def come_as(page: Page, name: str) -> Locator:
    """The newest card of somebody's chat."""
    change = page.locator("#change")
    if change.is_visible() and change.get_attribute("aria-expanded") == "false":
        change.click()
    page.get_by_role("searchbox").fill(name)
    with page.expect_response("**/simulator/chat/*") as loaded:
        page.locator(".person", has_text=name).click()
    messages = loaded.value.json()["messages"]
    expect(page.locator("#messages > li")).to_have_count(len(messages))
    expect(page.locator("#chat-title")).to_contain_text(name)
    return newest(page)


def press(page: Page, label: str) -> Locator:
    newest(page).get_by_role("button", name=label, exact=True).click()
    expect(newest(page)).to_contain_text("Question 2 of 4")
    return newest(page)


def answer_the_rest(page: Page) -> Locator:
    card = newest(page)
    card.get_by_label("Reliability").check()
    card.get_by_role("button", name="Send").click()
    card.get_by_role("button", name="4", exact=True).click()
    card.get_by_role("textbox").fill(COMMENT)
    card.get_by_role("button", name="Send").click()
    expect(card).to_contain_text("Thank you")
    return card


def say(page: Page, word: str) -> Locator:
    before = page.locator(".message.bot").count()
    page.get_by_role("textbox", name="Message to ITPulse").fill(word)
    page.keyboard.press("Enter")
    expect(page.locator(".message.bot")).to_have_count(before + 1)
    return newest(page)


def newest(page: Page) -> Locator:
    return page.locator(".message.bot").last


def show(card: Locator, name: str) -> None:
    """A picture of the whole screen, with the card's beginning in it."""
    card.evaluate("card => card.scrollIntoView({ block: 'start' })")
    card.page.mouse.move(0, 0)
    card.page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    main()
