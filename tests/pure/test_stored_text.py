"""Texts are made storable, and errors of a database told without values."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from storage.columns import storable
from storage.errors import told


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_one_that_both_databases_take(text: str) -> None:
    stored = storable(text)
    assert "\0" not in stored
    assert stored.encode().decode() == stored
    assert storable(stored) == stored


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_that_both_databases_take_stays_as_it_is(text: str) -> None:
    assert storable(text) == text


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("INSERT INTO ballot (round, tag) VALUES (?, ?)", "IntegrityError at INSERT INTO ballot"),
        ("\nUPDATE ballot SET body=?", "IntegrityError at UPDATE ballot"),
        ("SELECT a, b \nFROM round WHERE id = ?", "IntegrityError at FROM round"),
        ("DELETE FROM note", "IntegrityError at DELETE FROM note"),
        ("BEGIN IMMEDIATE", "IntegrityError at BEGIN IMMEDI"),
    ],
)
def test_an_error_names_its_statement_and_nothing_else(sql: str, said: str) -> None:
    error = IntegrityError(sql, ("secret",), sqlite3.IntegrityError("secret"))
    assert str(told(error)) == said


def test_an_error_before_any_statement_says_why_there_is_no_way_in() -> None:
    refused = OperationalError(None, None, Exception("connection refused\nDETAIL: secret"))
    assert str(told(refused)) == "Exception: connection refused"
    other = IntegrityError(None, None, Exception("secret"))
    assert str(told(other)) == "Exception"


def test_a_mistake_in_our_own_values_is_told_by_its_kind() -> None:
    error = StatementError("secret", "INSERT INTO note (name) VALUES (?)", ("secret",), None)
    assert str(told(error)) == "StatementError at INSERT INTO note"
