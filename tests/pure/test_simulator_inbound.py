"""What clients of the simulator send, well-formed and not."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.simulator.inbound import Malformed, Payload, parse, read, read_push, stood_on
from bot.errors import UnknownControl
from bot.events import Address, Commanded, Event, Pressed, Submitted, Wrote
from bot.refs import Ref

MIA = Address("simulator", "demo", "u1")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
REF = Ref("answer", "it-weekly@2026-11-24", "overall")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["text", "press", "value", "submit", "values", "command", "event_id", "message"]
)


def heard(payload: Payload) -> Event:
    return read(payload, MIA, NOW)


def test_a_press_brings_its_ref_and_its_value_as_json_had_it() -> None:
    for value in (3, True, "speed", ["speed", "other"], None, {"odd": 1}):
        event = heard({"press": REF.wire(), "value": value})
        assert event == Pressed("", MIA, NOW, REF, value)


def test_a_button_without_a_value_needs_none() -> None:
    assert heard({"press": "skip|r|q"}) == Pressed("", MIA, NOW, Ref("skip", "r", "q"), None)


def test_a_form_brings_its_values() -> None:
    event = heard({"submit": REF.wire(), "values": {"text": "Slow.", "n": 3}})
    assert event == Submitted("", MIA, NOW, REF, {"text": "Slow.", "n": 3})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/itpulse", ""),
        ("/itpulse summary", "summary"),
        ("  /ITPulse   summary Finance ", "summary Finance"),
        ("/itpulse\tnext", "next"),
    ],
)
def test_a_typed_slash_command_is_a_command(typed: str, words: str) -> None:
    assert heard({"text": typed}) == Commanded("", MIA, NOW, words)
    assert heard({"command": typed}) == Commanded("", MIA, NOW, words)


@pytest.mark.parametrize("typed", ["summary", "/itpulsesummary", "/help", "see /itpulse"])
def test_other_typed_words_are_a_message(typed: str) -> None:
    assert heard({"text": f" {typed} "}) == Wrote("", MIA, NOW, typed)


def test_a_command_needs_no_slash() -> None:
    assert heard({"command": " summary Finance "}) == Commanded("", MIA, NOW, "summary Finance")
    assert heard({"command": ""}) == Commanded("", MIA, NOW, "")


def test_the_event_keeps_the_platforms_own_id() -> None:
    assert heard({"text": "hi", "event_id": "e-1"}).id == "e-1"
    assert heard({"text": "hi", "event_id": None}).id == ""


def test_the_message_that_a_control_stood_on_may_be_named() -> None:
    assert stood_on({"press": REF.wire(), "message": "17"}) == "17"
    assert stood_on({"press": REF.wire()}) == ""


@pytest.mark.parametrize("ref", ["", "answer", "answer|a", "answer|a|b|c", "drop|a|b", "x" * 300])
def test_a_ref_that_we_never_wrote_is_refused_kindly(ref: str) -> None:
    with pytest.raises(UnknownControl):
        heard({"press": ref, "value": 1})
    with pytest.raises(UnknownControl):
        heard({"submit": ref, "values": {}})


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"value": 3},
        {"text": "hi", "command": "next"},
        {"press": REF.wire(), "submit": REF.wire(), "values": {}},
        {"text": None},
        {"text": 5},
        {"text": ["hi"]},
        {"text": " \n "},
        {"press": 7, "value": 1},
        {"press": None},
        {"submit": REF.wire()},
        {"submit": REF.wire(), "values": []},
        {"submit": REF.wire(), "values": "text"},
        {"submit": {}, "values": {}},
        {"command": ["summary"]},
        {"text": "hi", "event_id": 7},
        {"text": "hi", "event_id": "e" * 256},
    ],
)
def test_a_wrong_shape_is_told_in_a_sentence(payload: Payload) -> None:
    with pytest.raises(Malformed, match=r"\.$"):
        heard(payload)


@given(st.dictionaries(NAMES, JSON, max_size=4))
def test_whatever_comes_is_an_event_or_is_told(payload: dict[str, object]) -> None:
    with suppress(Malformed, UnknownControl):
        assert heard(payload).who == MIA


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"{",
        b'{"text": NaN}',
        b'{"text": Infinity}',
        b"\xff\xfe",
        b'{"text": "\\ud83d"}',
        b"[" * 100_000,
        b'{"value": ' + b"9" * 5000 + b"}",
        b"[]",
        b'"text"',
        b"null",
        b"3",
    ],
)
def test_a_body_that_is_no_json_object_is_told(body: bytes) -> None:
    with pytest.raises(Malformed, match="JSON"):
        parse(body)


@given(st.binary())
def test_any_bytes_are_an_object_or_are_told(body: bytes) -> None:
    with suppress(Malformed):
        assert isinstance(parse(body), dict)


def test_a_body_of_json_is_read() -> None:
    said = {"text": "naïve 😀", "event_id": "e"}
    assert parse(json.dumps(said).encode()) == said
    assert parse(json.dumps(said, ensure_ascii=False).encode()) == said


@pytest.mark.parametrize(
    ("span", "on"),
    [
        ("2d3h", timedelta(days=2, hours=3)),
        ("90m", timedelta(minutes=90)),
        ("1w2d", timedelta(days=9)),
        ("1w1d1h1m", timedelta(days=8, hours=1, minutes=1)),
        ("0m", timedelta()),
        ("3660d", timedelta(days=3660)),
    ],
)
def test_the_clock_is_advanced_by_a_span(span: str, on: timedelta) -> None:
    assert read_push({"advance": span}, NOW) == NOW + on


@pytest.mark.parametrize(
    "to",
    [
        "2026-12-01T10:00:00+00:00",
        "2026-12-01T10:00Z",
        "2026-12-01T10:00",
        "2026-12-01T11:00+01:00",
    ],
)
def test_the_clock_is_pushed_to_an_instant(to: str) -> None:
    instant = read_push({"to": to}, NOW.astimezone(timezone(timedelta(hours=5))))
    assert instant == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert instant.tzinfo is UTC


def test_the_clock_may_be_pushed_to_where_it_stands() -> None:
    assert read_push({"to": NOW.isoformat()}, NOW) == NOW


def test_next_leaves_the_instant_open() -> None:
    assert read_push({"to": "next"}, NOW) is None


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"advance": "1d", "to": "next"},
        {"advance": ""},
        {"advance": "d"},
        {"advance": "1"},
        {"advance": "-1d"},
        {"advance": "1h1d"},
        {"advance": "1.5h"},
        {"advance": "1 d"},
        {"advance": "1s"},
        {"advance": "١d"},
        {"advance": 3},
        {"advance": None},
        {"advance": "9999999999d"},
        {"advance": "999999999w"},
        {"advance": "3661d"},
        {"to": None},
        {"to": 1764000000},
        {"to": ""},
        {"to": "soon"},
        {"to": "2026-13-01"},
        {"to": "9999-12-31T23:59:59-12:00"},
        {"to": "9999-12-31"},
    ],
)
def test_a_push_that_makes_no_sense_is_told(payload: Payload) -> None:
    with pytest.raises(Malformed, match=r"\.$"):
        read_push(payload, NOW)


@pytest.mark.parametrize("to", ["2026-11-24T08:59:59Z", "2026-11-24T09:30+01:00", "0001-01-01"])
def test_the_clock_is_not_pushed_back(to: str) -> None:
    with pytest.raises(Malformed, match="never goes back"):
        read_push({"to": to}, NOW)
