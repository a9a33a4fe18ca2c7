"""Rotation: everybody is asked once in four rounds, with enough of their own unit beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Person
from bot.domain.pulse import K
from bot.domain.slices import CYCLE, SMALLEST_SLICE, slots, turn


def people(units: Mapping[str, range]) -> list[Person]:
    return [
        Person(f"{id}@example.com", "P", unit, id=id) for unit, ids in units.items() for id in ids
    ]


def sizes(given: Mapping[int, int], ids: range) -> list[int]:
    return sorted(Counter(given[id] for id in ids).values())


unit_sizes = st.lists(st.integers(1, 90), min_size=1, max_size=8)


def company(sizes: list[int]) -> dict[str, range]:
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    return {f"Unit {n}": range(end - sizes[n], end) for n, end in enumerate(ends)}


@pytest.mark.parametrize(
    ("size", "slices"),
    [(3, [3]), (19, [19]), (20, [10, 10]), (35, [11, 12, 12]), (90, [22, 22, 23, 23])],
)
def test_a_unit_is_cut_into_tens_and_at_most_four(size: int, slices: list[int]) -> None:
    units = {"Finance": range(size)}
    assert sizes(slots(people(units), {}), units["Finance"]) == slices


@given(unit_sizes)
def test_everybody_has_one_turn_and_units_are_spread_over_all(counts: list[int]) -> None:
    units = company(counts)
    given_slots = slots(people(units), {})
    assert set(given_slots) == {id for ids in units.values() for id in ids}
    assert set(given_slots.values()) <= set(range(CYCLE))
    for ids in units.values():
        most = min(max(len(ids) // SMALLEST_SLICE, 1), CYCLE)
        assert len(sizes(given_slots, ids)) == most


@given(unit_sizes)
def test_a_turn_once_given_stays(counts: list[int]) -> None:
    staff = people(company(counts))
    first = slots(staff, {})
    assert slots(staff, first) == first


@given(unit_sizes, st.integers(1, 20))
def test_newcomers_join_the_slices_of_their_unit(counts: list[int], newcomers: int) -> None:
    units = company(counts)
    first = slots(people(units), {})
    grown = people({**units, "Unit 0": range(counts[0])}) + people(
        {"Unit 0": range(1_000, 1_000 + newcomers)}
    )
    after = slots(grown, first)
    assert {id: after[id] for id in first} == first
    theirs = {after[id] for id in range(1_000, 1_000 + newcomers)}
    assert theirs <= {first[id] for id in units["Unit 0"]}


def test_whoever_changes_units_takes_a_turn_of_the_new_one() -> None:
    before = {"Finance": range(44), "Legal": range(100, 108)}
    first = slots(people(before), {})
    legal = first[100]
    mover = next(id for id in before["Finance"] if first[id] != legal)
    staff = [p for p in people(before) if p.id != mover] + people(
        {"Legal": range(mover, mover + 1)}
    )
    assert slots(staff, first)[mover] == legal


def test_a_unit_that_shrinks_has_fewer_turns() -> None:
    first = slots(people({"Finance": range(44)}), {})
    left = range(12)
    after = slots(people({"Finance": left}), first)
    assert sizes(after, left) == [12]


@given(unit_sizes, st.data())
def test_no_slice_of_a_large_unit_is_ever_a_handful(counts: list[int], data: st.DataObject) -> None:
    """Whatever turns people bring along."""
    units = company(counts)
    fixed = {
        id: data.draw(st.integers(0, CYCLE - 1))
        for ids in units.values()
        for id in ids
        if data.draw(st.booleans())
    }
    after = slots(people(units), fixed)
    for ids in units.values():
        found = sizes(after, ids)
        assert len(found) <= max(len(ids) // SMALLEST_SLICE, 1)
        assert min(found) >= min(K, len(ids))


def test_a_date_on_which_a_slice_could_not_be_asked_is_no_turn_of_it() -> None:
    everyone = set(range(CYCLE))
    assert [turn([True] * n, everyone) for n in range(5)] == [0, 1, 2, 3, 0]
    assert turn([True, False, False], everyone) == 1
    assert turn([True, False, False, True], everyone) == 2


@given(st.lists(st.booleans(), max_size=30), st.sets(st.integers(0, CYCLE - 1)))
def test_a_slice_too_small_for_a_round_keeps_no_other_waiting(
    could: list[bool], able: set[int]
) -> None:
    """Nor does anybody's turn come more often for it."""
    dates: list[bool] = []
    whose: list[int] = []
    for each in could:
        now = turn(dates, able)
        dates.append(each and now in able)
        whose.append(now)
    asked = [slot for slot, opened in zip(whose, dates, strict=True) if opened]
    order = sorted(able)
    assert asked == [order[n % len(order)] for n in range(len(asked))]
