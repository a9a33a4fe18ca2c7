"""Forms in Slack: a form answered by a form goes on in the same window."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cards import Card, Field, Form, Prose, Reply
from bot.errors import BadValue
from bot.events import Commanded, Event, Pressed, Submitted
from bot.refs import Ref
from tests.slack.limits import view_faults
from tests.slack.office import Office, open_office, texts
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.story

REF = Ref("answers", "wizard")
Handle = Callable[[Event], Any]


def step(number: int) -> Reply:
    field = Field("name", "text", f"Name number {number}")
    return Reply(open=Form(REF, f"Step {number} of two, in full words", (field,), "Go on"))


def wizard(handle: Handle) -> Handle:
    """An engine with a wizard of two steps: behind a word, and behind a button."""

    async def asked(event: Event) -> Reply:
        if isinstance(event, Submitted) and event.ref == REF:
            return sent(event.values["name"])
        pressed = isinstance(event, Pressed) and event.ref.verb == "review"
        if pressed or (isinstance(event, Commanded) and event.words == "wizard"):
            return step(1)
        return await handle(event)  # type: ignore[no-any-return]

    return asked


def sent(name: object) -> Reply:
    if name == "wrong":
        return Reply(errors={"name": BadValue("Another one, please.")})
    return Reply(redraw=Card("Done", (Prose("Done it is"),))) if name == "last" else step(2)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, f"sqlite:///{tmp_path}/itpulse.sqlite", wizard) as opened:
        await opened.hire(*staff(20))
        await opened.ask(WEEKLY)
        await opened.at("2026-11-24T10:00:00+00:00")
        yield opened


async def test_a_word_opens_a_window_that_goes_on_to_the_next(office: Office) -> None:
    told = await office.command("U1", "wizard")
    assert "Step 1 of two" in texts(office.workspace.windows["U1"])
    assert (await office.send("U1", name="wrong"))["errors"] == {"name": "Another one, please."}
    going_on = await office.send("U1", name="first")
    assert going_on["response_action"] == "update"
    assert view_faults(going_on["view"]) == []
    office.workspace.windows["U1"] = [{**going_on["view"], "id": "V99"}]
    await office.send("U1", name="last")
    assert "Done it is" in texts(office.workspace.whispers[told["respond_to"]])


async def test_a_button_opens_a_window_whose_end_is_drawn_where_the_button_stood(
    office: Office,
) -> None:
    for label in ("Skip this one", "Skip this one", "Skip this one", "Change an answer"):
        await office.press("U1", label)
    await office.send("U1", name="last")
    assert "Done it is" in office.text("U1")
    assert len(office.workspace.said("U1")) == 1
