"""A pile gives back everything in a random order, and lies on disk only sealed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pile import Pile

SECRET = "wombat.kestrel"

values = st.lists(st.lists(st.text(), max_size=4), max_size=40)


@given(values, st.integers(0, 400))
def test_what_was_put_in_comes_out_once_however_little_memory_there_is(
    given_: list[list[str]], most: int
) -> None:
    pile = Pile(most)
    ids = {pile.add(value): value for value in given_}
    assert len(ids) == len(given_)
    for _ in range(2):
        out = list(pile)
        assert dict(out) == ids
        assert [id for id, _ in out] == sorted(ids)


@pytest.mark.parametrize("most", [0, 10_000_000])
def test_the_order_is_another_each_time(most: int) -> None:
    def order() -> list[Any]:
        pile = Pile(most)
        for number in range(200):
            pile.add(number)
        return [number for _, number in pile]

    orders = [order() for _ in range(5)]
    assert all(sorted(numbers) == list(range(200)) for numbers in orders)
    assert len({tuple(numbers) for numbers in orders}) == 5


def test_what_lies_on_disk_has_no_name_and_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pile = Pile(100)
    for _ in range(50):
        pile.add(SECRET)
    assert os.listdir(tmp_path) == []
    assert pile._file
    pile._file.seek(0)
    content = pile._file.read()
    assert len(content) > 50 * len(SECRET)
    assert SECRET.encode() not in content
    assert [value for _, value in pile] == [SECRET] * 50
