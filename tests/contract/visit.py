"""Somebody in front of the simulator's page, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.events import Event
from tests.contract.played import Scripted, played

CHROMIUM: Final = Path("/usr/bin/chromium")
SWITCHES: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

MARKS: Final = [
    pytest.mark.contract,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]


@dataclass
class Visit:
    page: Page
    scripted: Scripted

    async def come_as(self, name: str) -> None:
        """Takes the only seat there is, in the place of whoever sits in it."""
        change = self.page.get_by_role("button", name="to somebody else")
        if await change.is_visible():
            await change.click()
        await self.page.get_by_role("searchbox").fill(name)
        await self.page.locator(".person", has_text=name).click()
        box = self.page.get_by_role("textbox", name=f"Message to ITPulse as {name}")
        await expect(box).to_be_focused()

    async def say(self, words: str) -> Locator:
        """Sends words and gives the newest message of the bot once it is there."""
        before = await self.page.locator(".message.bot").count()
        await self.page.get_by_role("textbox", name="Message to ITPulse").fill(words)
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator(".message.bot")).to_have_count(before + 1)
        return self.page.locator(".message.bot").last

    def last_heard(self) -> Event:
        return self.scripted.heard[-1]


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        await browser.close()


@asynccontextmanager
async def visiting(browser: Browser, folder: Path) -> AsyncIterator[Visit]:
    """The page just opened; whatever the browser complains about fails the test."""
    app, scripted = played(folder)
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
