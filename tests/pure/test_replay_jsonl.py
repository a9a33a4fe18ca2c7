"""A file of answers to be played."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.files.replay_jsonl import Line, read_lines
from bot.errors import Fault

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANSWERED: dict[str, Any] = {
    "at": "2026-11-24T10:00:00+01:00",
    "person": "Ann@example.com",
    "pulse": "it-weekly",
    "answers": {"overall": 4, "why": ["speed"], "words": None},
}


def told(raw: str) -> str:
    with pytest.raises(Fault) as caught:
        read_lines(f"\n{json.dumps(ANSWERED)}\n{raw}\n")
    [line] = caught.value.lines
    return line


def attempt(text: str) -> tuple[list[Line], list[str]]:
    try:
        return read_lines(text), []
    except Fault as wrong:
        return [], wrong.lines


def with_(**fields: object) -> str:
    return json.dumps(ANSWERED | fields)


def test_a_line_is_one_submission_of_a_round() -> None:
    assert read_lines(json.dumps(ANSWERED)) == [
        Line(
            1,
            AT,
            "ann@example.com",
            "it-weekly",
            {"overall": 4, "why": ["speed"], "words": None},
        )
    ]


def test_a_grumble_has_no_answers_and_is_confidential_unless_it_says_otherwise() -> None:
    grumble = {"at": "2026-11-24T09:00:00Z", "person": "ann@example.com", "grumble": "VPN again"}
    first, second = read_lines(
        f"{json.dumps(grumble)}\n{json.dumps(grumble | {'manner': 'named'})}"
    )
    assert first == Line(1, AT, "ann@example.com", grumble="VPN again")
    assert (second.number, second.manner, second.answers) == (2, "named", None)


def test_an_instant_without_a_zone_is_utc() -> None:
    assert read_lines(with_(at="2026-11-24T09:00"))[0].at == AT


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    text = "\ufeff" + json.dumps(ANSWERED) + "\r\n\r\n" + json.dumps(ANSWERED)
    assert [line.number for line in read_lines(text)] == [1, 3]


def test_a_line_separator_within_a_text_does_not_end_the_line() -> None:
    line = json.dumps(ANSWERED | {"answers": {"words": "a\u2028b\x85c"}}, ensure_ascii=False)
    assert read_lines(line)[0].answers == {"words": "a\u2028b\x85c"}


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("{", "line 3, column 2: is no JSON (Expecting property name enclosed in double quotes)"),
        ("[1]", "line 3: a list is no object; write {…} on each line"),
        ("7", "line 3: 7 is no object; write {…} on each line"),
        ("[" * 100_000, "line 3: is nested too deeply"),
        (with_(at="yesterday"), "line 3, at: “yesterday” is no instant; write it like"),
        (with_(at="0001-01-01T00:00+23:00"), "line 3, at: “0001-01-01T00:00+23:00” is no instant"),
        (with_(at="9999-12-31T23:00-23:00"), "line 3, at: “9999-12-31T23:00-23:00” is no instant"),
        (with_(at=7), "line 3, at: 7 is no text; write it in quotes"),
        (with_(person=None), "line 3, person: null is no text; write it in quotes"),
        (with_(pulse=""), "line 3, pulse: “” is no text; write it in quotes"),
        (with_(answers=[]), "line 3, answers: a list is no object; write {question: value}"),
        (with_(colour=1), "line 3, “colour”: unknown; known are at, person, pulse, answers"),
        (with_(manner="named"), "line 3, “manner”: unknown; known are at, person, pulse, answers"),
        (
            '{"at": "2026-11-24", "person": "a@b.c", "pulse": "p"}',
            "line 3, answers: is missing; a line has at, person, pulse, answers (or at, person,",
        ),
        (
            '{"at": "2026-11-24", "person": "a@b.c", "grumble": "x", "manner": "loud"}',
            "line 3, manner: “loud” is unknown; use confidential or named",
        ),
        ('{"at": 1, "at": 2}', "line 3, “at”: stands there twice; keep one of the two"),
        (with_(answers={"q": float("nan")}), "line 3: NaN is no JSON; write null for no answer"),
        (with_(answers={"q": "\ud800"}), "line 3: holds half of a character; write both halves"),
        (with_(answers={"q": 1}).replace("1}", "1" * 5000 + "}"), "line 3: a number is too long"),
    ],
)
def test_a_malformed_line_is_named_and_nothing_is_read(raw: str, fault: str) -> None:
    assert told(raw).startswith(fault)


def test_twenty_faults_are_told_and_the_rest_counted() -> None:
    with pytest.raises(Fault) as caught:
        read_lines("x\n" * 50)
    assert caught.value.lines[-1] == "and 30 more"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
lines = st.text() | st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("at", "person", "pulse", "answers", "grumble", "manner"), json_values),
).map(lambda fields: json.dumps(ANSWERED | fields))


@given(st.lists(lines, max_size=4))
def test_any_text_gives_lines_or_faults(raw: list[str]) -> None:
    found, told = attempt("\n".join(raw))
    assert all(line.at.tzinfo is UTC for line in found)
    assert len(told) <= 21
    assert not any("\n" in line for line in told)
