"""An error is written down by where it happened, never with what it held."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.faults import told

CANARY = "my leader never answers tickets"


def caught(error: BaseException, cause: BaseException | None = None) -> BaseException:
    """An error as somebody catches it: raised, perhaps from another one that was raised before."""
    try:
        raise error from (caught(cause) if cause else None)
    except type(error) as found:
        return found


def test_the_kind_and_the_place_of_an_error_are_told() -> None:
    line = told(caught(KeyError("overall")))
    assert line.startswith("KeyError at test_faults_told.py:")
    assert "overall" not in line


def test_a_cause_is_told_with_its_own_place() -> None:
    line = told(caught(RuntimeError("outer"), ValueError("inner")))
    outer, inner = line.split("; caused by ")
    assert outer.startswith("RuntimeError at ")
    assert inner.startswith("ValueError at ")


@pytest.mark.parametrize("kind", [ValueError, KeyError, RuntimeError, AssertionError])
@given(answer=st.text(min_size=1).map(lambda text: f"«{text}»"))
def test_no_answer_in_an_error_is_told(kind: type[Exception], answer: str) -> None:
    assert answer not in told(caught(kind(answer), kind(answer)))


def test_a_library_that_quotes_its_input_tells_nothing_of_it() -> None:
    nobody: dict[str, str] = {}
    quoting: list[Callable[[], object]] = [
        lambda: json.loads(f'{{"{CANARY}": '),
        lambda: int(CANARY),
        lambda: nobody[CANARY],
    ]
    for broken in quoting:
        with pytest.raises((ValueError, KeyError)) as raised:
            broken()
        assert CANARY in f"{raised.value} {getattr(raised.value, 'doc', '')}"
        assert CANARY not in told(raised.value)


def test_notes_and_locals_of_an_error_are_not_told() -> None:
    error = ValueError("x")
    error.add_note(CANARY)
    words = CANARY  # a local of the frame that raises
    assert words not in told(caught(error))


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert told(ValueError(CANARY)) == "ValueError at ?"


def test_a_long_chain_of_causes_stays_one_line() -> None:
    error: BaseException = ValueError(CANARY)
    for _ in range(50):
        error = caught(RuntimeError(CANARY), error)
    line = told(error)
    assert len(line) < 1_000
    assert "\n" not in line
