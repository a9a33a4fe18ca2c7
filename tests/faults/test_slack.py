"""Slack in bad weather: forged and repeated requests, calls that fail, a death in mid-send."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.cards import Reply
from bot.events import Event
from tests.faults.crashes import OPENS, REMINDS, play
from tests.faults.dying import Crash
from tests.faults.dying_in_slack import live_in_slack, serving
from tests.slack import person
from tests.slack.office import FORM, Office, open_office, signed, texts
from tests.slack.workspace import Weather
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.fault

POST = "chat.postMessage"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, f"sqlite:///{tmp_path}/itpulse.sqlite") as opened:
        await opened.hire(*staff(20))
        await opened.ask(WEEKLY)
        await opened.at(OPENS)
        yield opened


def body_of(payload: dict[str, Any]) -> str:
    return urlencode({"payload": json.dumps(payload)})


@pytest.mark.parametrize(
    "forged",
    [
        lambda body: signed(body, secret="another"),
        lambda body: signed(body + "x"),
        lambda body: signed(body, at=int(time.time()) - 301),
        lambda body: signed(body, at=int(time.time()) + 301),
        lambda body: {**signed(body), "X-Slack-Signature": ""},
        lambda body: {**signed(body), "X-Slack-Request-Timestamp": "soon"},
        lambda _: {"X-Nothing": "signed"},
        lambda _: {**signed("", secret=""), "X-Slack-Signature": "v0="},
    ],
    ids=["secret", "body", "stale", "ahead", "empty", "no number", "missing", "bare"],
)
async def test_what_slack_did_not_sign_is_refused_and_changes_nothing(
    office: Office, forged: Callable[[str], dict[str, str]]
) -> None:
    heard = Heard()
    heard.listen(office)
    body = body_of(office.pressing("U1", "Satisfied"))
    status, _ = await office.post(body, FORM, **forged(body))
    assert status == 401
    assert heard.events == []
    status, _ = await office.post(body, FORM)
    assert (status, len(heard.events)) == (200, 1)


async def test_what_another_workspace_says_is_not_taken(office: Office) -> None:
    heard = Heard()
    heard.listen(office)
    office.slack.news()
    ours = office.pressing("U1", "Satisfied")
    theirs = {"id": "T0OTHER", "domain": "other"}
    away = {**ours, "team": theirs, "user": {**ours["user"], "team_id": "T0OTHER"}}
    await office.post(body_of(away), FORM)
    told = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "next"}
    said = {"type": "event_callback", "team_id": "T0OTHER", "event_id": "Ev66", "event": told}
    joined = {**said, "event": {"type": "team_join", "user": office.workspace.members["U1"]}}
    for envelope in (said, joined):
        await office.post(json.dumps(envelope), "application/json")
    word = {"command": "/itpulse", "text": "next", "user_id": "U1", "team_id": "T0OTHER"}
    await office.post(urlencode({**word, "trigger_id": "1.2"}), FORM)
    await office.slack.tasks.idle()
    assert (heard.events, office.slack.news()) == ([], [])


async def test_without_a_secret_nobody_is_heard_over_http(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    async with open_office(tmp_path, url, secret="", app_token="xapp-company") as office:
        body = body_of({"type": "block_actions"})
        status, _ = await office.post(body, FORM, **signed(body, secret=""))
        assert status == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{", "application/json"),
        ("[" * 100_000, "application/json"),
        ("payload=%7B", FORM),
        ('{"type": "event_callback", "event": 7}', "application/json"),
        ('{"type": "block_actions"}', "application/json"),
        (urlencode({"payload": '{"type": "block_actions", "actions": []}'}), FORM),
        (urlencode({"payload": '{"type": "view_submission", "view": 1}'}), FORM),
        (urlencode({"payload": "[1, 2]"}), FORM),
        ("\udcff", FORM),
        ("", FORM),
        ("nonsense", "text/plain"),
    ],
)
async def test_what_cannot_be_read_is_refused_and_breaks_nothing(
    office: Office, body: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = body.encode("utf-8", "surrogateescape").decode("latin-1")
    answer = await office.client.post(
        "/slack/events",
        data=body.encode("utf-8", "surrogateescape"),
        headers={"Content-Type": kind, **signed(told)},
    )
    assert 400 <= answer.status <= 500
    assert (await office.client.get("/healthz")).status == 200


async def test_a_request_said_again_within_its_time_changes_nothing(office: Office) -> None:
    first = office.pressing("U1", "Very dissatisfied")
    await office.interact(first)
    assert "What got in the way?" in office.text("U1")
    await office.interact({**office.pressing("U1", "Skip this one")})
    await office.interact(first)
    assert "recommend IT" in office.text("U1")


async def test_a_thousand_copies_at_once_are_one(office: Office) -> None:
    await office.write("U1", "The printer is on fire")
    payload = office.pressing("U1", "Send this with my name")
    body = body_of(payload)
    told = await asyncio.gather(*(office.post(body, FORM) for _ in range(1_000)))
    assert Counter(status for status, _ in told) == {200: 1_000}
    kept = await office.house.store.read(lambda tx: tx.named.grumbles(10))
    assert len(kept) == 1


async def test_a_message_that_slack_says_again_is_answered_once(office: Office) -> None:
    said = [office.write("U1", "next", event_id="Ev1") for _ in range(20)]
    assert set(await asyncio.gather(*said)) == {200}
    assert len(office.workspace.said("U1")) == 2


async def test_a_bug_is_told_with_a_number_and_nothing_of_what_was_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = False

    def around(handle: Callable[[Event], Any]) -> Callable[[Event], Any]:
        async def failing(event: Event) -> Reply:
            if broken:
                raise ValueError(f"canary {event}")
            return await handle(event)  # type: ignore[no-any-return]

        return failing

    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    async with open_office(tmp_path, url, around) as office:
        await office.hire(*staff(20))
        await office.ask(WEEKLY)
        await office.at(OPENS)
        for _ in range(2):
            await office.press("U1", "Skip this one")
        await office.press("U1", "Write")
        payload = office.pressing("U1", "Skip this one")
        broken = True
        sent = await office.send("U1", text="canary words")
        assert "number" in sent["errors"]["text"]
        status, _ = await office.post(body_of(payload), FORM)
        await office.slack.tasks.idle()
        assert status == 500
        assert "number" in texts(office.workspace.whispers[payload["response_url"]])
        assert "number" in texts((await office.command("U1", "help"))["ack"])
        assert await office.write("U1", "canary words", event_id="Ev9") == 500
        broken = False
        assert await office.write("U1", "canary words", event_id="Ev9") == 200
    assert "bug" in caplog.text
    assert "canary" not in caplog.text


def held_at(gate: asyncio.Event) -> Callable[[Callable[[Event], Any]], Callable[[Event], Any]]:
    """An engine that saves at once and says so when the gate opens."""

    def around(handle: Callable[[Event], Any]) -> Callable[[Event], Any]:
        async def held(event: Event) -> Reply:
            reply: Reply = await handle(event)
            await gate.wait()
            return reply

        return held

    return around


async def test_what_is_saved_too_late_is_shown_all_the_same(tmp_path: Path) -> None:
    """The engine is held up past Slack's patience; what it saved is then drawn."""
    gate = asyncio.Event()

    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    async with open_office(tmp_path, url, held_at(gate), patience=0.05) as office:
        await office.hire(*staff(20))
        await office.ask(WEEKLY)
        await office.at(OPENS)
        status, _ = await office.post(body_of(office.pressing("U1", "Satisfied")), FORM)
        assert status == 500
        assert "How satisfied" in office.text("U1")
        gate.set()
        await office.slack.tasks.idle()
        assert "What went well?" in office.text("U1")


async def test_a_window_sent_again_because_we_were_too_slow_is_saved_once(
    tmp_path: Path,
) -> None:
    gate = asyncio.Event()
    gate.set()

    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    async with open_office(tmp_path, url, held_at(gate), patience=0.5) as office:
        await office.hire(*staff(20))
        await office.shortcut("U1", "grumble")
        await office.press_in_window("U1", "Write")
        view = office.workspace.windows["U1"][-1]
        sent = person.submission("U1", view, person.written(view, text="The printer burns"))
        gate.clear()
        _, told = await office.post(body_of(sent), FORM)
        assert "took too long" in told["errors"]["text"]
        gate.set()
        await office.slack.tasks.idle()
        again = {**sent, "trigger_id": person.trigger()}
        assert await office.post(body_of(again), FORM) == (200, "")
        other = person.submission("U1", view, person.written(view, text="And the Wi-Fi"))
        assert await office.post(body_of(other), FORM) == (200, "")
        kept = await office.house.store.read(lambda tx: tx.named.grumbles(10))
        assert sorted(one.body for one in kept) == ["And the Wi-Fi", "The printer burns"]


async def test_a_redraw_that_slack_failed_at_is_drawn_in_the_end(office: Office) -> None:
    bad = iter([Weather("429", wait="0.01"), Weather("cut", done=True)])
    office.workspace.sky = lambda method, _: next(bad, None) if method == "chat.update" else None
    await office.press("U1", "Satisfied")
    assert "What went well?" in office.text("U1")


async def test_of_many_presses_on_one_card_the_last_is_what_it_shows(office: Office) -> None:
    """The first redraw is held up; what comes after it must not be drawn over."""
    held = iter([Weather("429", wait="0.05")])
    office.workspace.sky = lambda method, _: next(held, None) if method == "chat.update" else None
    presses = [office.pressing("U1", label) for label in ("Very dissatisfied", "Satisfied")]
    for payload in presses:
        status, _ = await office.post(body_of(payload), FORM)
        assert status == 200
    await office.slack.tasks.idle()
    assert "What went well?" in office.text("U1")


async def test_five_hundred_cards_through_bad_weather(tmp_path: Path) -> None:
    numbers = count(1)

    def sky(method: str, _given: object) -> Weather | None:
        if method != POST:
            return None
        number = next(numbers)
        kinds = {
            37: Weather("429", wait="0.02"),
            61: Weather("500"),
            67: Weather("500", done=True),
            71: Weather("cut", done=True),
            73: Weather("cut"),
            79: Weather("html", done=True),
        }
        return next((w for each, w in kinds.items() if number % each == 0), None)

    async with open_office(tmp_path, f"sqlite:///{tmp_path}/itpulse.sqlite") as office:
        await office.hire(*staff(500))
        await office.ask(WEEKLY)
        office.workspace.sky = sky
        await office.at(OPENS)
        cards = Counter(len(office.workspace.said(user)) for user in office.workspace.members)
        found = await office.house.store.read(
            lambda tx: tx.deliveries.of_round("it-weekly@2026-11-24")
        )
        states = Counter(delivery.state for delivery in found)
        assert set(cards) <= {0, 1}
        assert set(states) == {"sent", "perhaps"}
        assert cards[0] == states["perhaps"] <= 8
        office.workspace.sky = lambda *_: None
        await office.at(REMINDS)
        assert all(office.workspace.said(user) for user in office.workspace.members)


@pytest.mark.parametrize(
    "crash",
    [
        Crash("after platform.deliver", 30),
        Crash("before deliveries.settle", 1),
    ],
    ids=str,
)
async def test_killed_between_a_post_and_its_receipt_nobody_is_asked_twice(
    tmp_path: Path, crash: Crash
) -> None:
    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    with serving() as (workspace, api):
        for number in range(1, 61):
            workspace.join(f"U{number}", f"p{number:03}@example.com")
        assert play(live_in_slack, tmp_path, url, api, crash, OPENS) == -9
        assert 0 < sum(len(said) for said in workspace.messages.values()) < 60
        assert play(live_in_slack, tmp_path, url, api, None, OPENS) == 0
        assert {len(said) for said in workspace.messages.values()} == {1}
        assert len(workspace.messages) == 60


class Heard:
    """Notes what reaches the engine."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def listen(self, office: Office) -> None:
        before = office.house.handle

        async def noted(event: Event) -> Reply:
            self.events.append(event)
            return await before(event)

        office.house.handle = noted
