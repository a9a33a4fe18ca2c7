"""Whole payloads as Slack sends them, and what the tests' own people send, beside each other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.inbound import Malformed, SomebodyElses, read, readable
from adapters.slack.stands import Stand, stood
from bot.errors import UnknownControl
from bot.events import Address, Commanded, Pressed, Submitted, Wrote
from bot.refs import Ref
from tests.slack import person

RECORDED = Path(__file__).parents[1] / "slack" / "recorded"
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
MIA = Address("slack", "T0COMPANY", "U061F7AUR")
ROUND = "it-weekly@2026-11-24"


def recorded(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return told


def test_a_press() -> None:
    payload = recorded("block_actions")
    event = read(payload, AT)
    assert event == Pressed("1337.4242.0a1b2c3d4e", MIA, AT, Ref("answer", ROUND, "overall"), 4)
    assert event.who.reach == "D061F7AUR"
    address = "https://hooks.slack.com/actions/T0COMPANY/4242/abc"
    assert stood(payload) == Stand("D061F7AUR", "1795536000.000100", address)


def test_a_window_sent() -> None:
    payload = recorded("view_submission")
    ref = Ref("answer", ROUND, "words")
    assert read(payload, AT) == Submitted(
        f"V0WINDOW|1795536050.AbCdEf|{ref.wire()}", MIA, AT, ref, {"text": "The VPN & I"}
    )
    stand = Stand.read(payload["view"]["private_metadata"])
    assert stand == Stand("D061F7AUR", "1795536000.000100")


def test_a_message_sent_on() -> None:
    words = "grumble VPN is <down>, see status"
    assert read(recorded("message_action"), AT) == Commanded("1337.4444.0a1b2c3d4e", MIA, AT, words)


def test_a_message_typed() -> None:
    event = read(recorded("event_callback"), AT)
    assert event == Wrote("Ev0MESSAGE", MIA, AT, "next")
    assert event.who.reach == "D061F7AUR"


def test_a_word() -> None:
    event = read(recorded("slash_command"), AT)
    assert event == Commanded("1337.4545.0a1b2c3d4e", MIA, AT, "summary Finance")
    assert event.who.reach == ""


def test_the_people_of_the_tests_send_what_slack_sends() -> None:
    """Every field they send is one of Slack's, of the same type."""
    element = {"type": "button", "action_id": "1", "text": {"text": "x"}, "value": "v"}
    where = person.in_message("D1", "1.2", "https://hooks.slack.com/actions/1")
    pressed = person.press("U1", element, {"block_id": "b"}, where)
    view = {
        "type": "modal",
        "id": "V1",
        "blocks": [],
        "callback_id": "a|b|c",
        "private_metadata": "",
    }
    sent = person.submission("U1", view, {})
    assert odd(pressed, recorded("block_actions")) == []
    assert odd(sent, recorded("view_submission")) == []


def odd(ours: Any, theirs: Any, path: str = "") -> list[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if path.endswith(".values") or not theirs:
            return []
        missing = [f"{path}.{name}" for name in ours if name not in theirs]
        shared = (odd(ours[n], theirs[n], f"{path}.{n}") for n in ours if n in theirs)
        return [*missing, *(fault for faults in shared for fault in faults)]
    if isinstance(ours, list) and isinstance(theirs, list) and ours and theirs:
        return odd(ours[0], theirs[0], f"{path}[]")
    return [] if type(ours) is type(theirs) else [f"{path} is {type(ours).__name__}"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5 &lt; 6 &amp;&amp; 7", "5 < 6 && 7"),
        ("&amp;lt;", "&lt;"),
        ("see <https://example.com>", "see https://example.com"),
        ("<https://example.com|the page>", "the page"),
        ("<@U1> and <#C1|general>", "@U1 and general"),
        ("a < b", "a < b"),
    ],
)
def test_marks_are_read_as_their_author_saw_them(text: str, shown: str) -> None:
    assert readable(text) == shown


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions"},
        {"type": "block_actions", "actions": ["x"]},
        {"type": "block_actions", "actions": [{"type": "button", "value": "a|b|c|1"}], "user": 1},
        {"type": "view_submission", "view": []},
        {"command": "/itpulse", "text": 7},
    ],
)
def test_what_slack_never_sends_is_told(payload: dict[str, Any]) -> None:
    with pytest.raises((Malformed, UnknownControl)):
        read(payload, AT)


def test_nobody_speaks_for_somebody_else() -> None:
    payload = recorded("message_action")
    payload["message"]["user"] = "U2"
    with pytest.raises(SomebodyElses):
        read(payload, AT)


def test_what_means_nothing_to_us_is_left() -> None:
    for payload in ({"type": "view_closed"}, {"type": "shortcut", "callback_id": "another"}, {}):
        assert read({**payload, "user": {"id": "U1"}, "team": {"id": "T1"}}, AT) is None
