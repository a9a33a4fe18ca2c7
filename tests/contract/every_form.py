"""Every form of an admin, as it opens in a small company."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cards import Form
from bot.domain.pulse import Question
from bot.forms.all import STEPS
from bot.refs import Ref
from tests.contract.samples import RELEASED, TEXTS
from tests.contract.speakers import ADMIN, Speaker, database
from tests.stories.company import WEEKLY, later, open_company, staff

#: Form -> what it is about; the others are about nothing.
ABOUT = {
    **dict.fromkeys(
        ("duplicate", "title", "audience", "cadence", "add", "rotate", "launch"), "draft"
    ),
    **dict.fromkeys(("close", "recall"), "it-weekly"),
    **dict.fromkeys(("person", "gone"), "1"),
    "question": "draft:overall",
    "tone": TEXTS[0].id,
}
BANK = (Question("kind", "agree", "IT is kind."),)


@asynccontextmanager
async def in_a_small_company(folder: Path, **draft: Any) -> AsyncIterator[Speaker]:
    """With a round that is open, a draft, and comments of one that has closed."""
    async with open_company(folder, database(folder)) as company:
        await company.hire(*staff(25), *staff(2, first=201, zone="America/New_York"))
        await company.grant(ADMIN, "admin")
        pulse = later(WEEKLY, **draft)
        await company.ask(WEEKLY, pulse)
        await company.house.store.run(lambda tx: tx.pulses.set_state(pulse.id, "draft"))
        await company.at("2026-11-24T12:00:00+00:00")
        await company.house.store.run(lambda tx: tx.releases.publish(RELEASED, [], [], TEXTS, []))
        yield Speaker(company)


async def every_form(folder: Path) -> list[Form]:
    draft = {"id": "draft", "title": "A draft", "bank": BANK, "rotate": 1}
    async with in_a_small_company(folder, **draft) as speaker:
        forms = []
        for name in STEPS:
            reply = await speaker.presses(ADMIN, Ref("form", item=f"{name}:{ABOUT.get(name, '')}"))
            assert reply.open, name
            forms.append(reply.open)
        return forms
