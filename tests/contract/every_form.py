"""Every form of an admin, as it opens in a small company."""

from __future__ import annotations

from pathlib import Path

from bot.cards import Form
from bot.domain.pulse import Question
from bot.forms.all import STEPS
from bot.refs import Ref
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
}
BANK = (Question("kind", "agree", "IT is kind."),)


async def every_form(folder: Path) -> list[Form]:
    async with open_company(folder, database(folder)) as company:
        await company.hire(*staff(25))
        await company.grant(ADMIN, "admin")
        await company.ask(WEEKLY, later(WEEKLY, id="draft", title="A draft", bank=BANK, rotate=1))
        await company.house.store.run(lambda tx: tx.pulses.set_state("draft", "draft"))
        await company.at("2026-11-24T12:00:00+00:00")
        speaker = Speaker(company)
        forms = []
        for name in STEPS:
            reply = await speaker.presses(ADMIN, Ref("form", item=f"{name}:{ABOUT.get(name, '')}"))
            assert reply.open, name
            forms.append(reply.open)
        return forms
