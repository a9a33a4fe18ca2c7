"""Who is shown together: blocks that leave nobody in a group too small, by who answered alone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Cell, Place
from bot.domain.pulse import K
from bot.domain.release import (
    Measure,
    Partition,
    Places,
    distinct,
    label,
    partition,
    shown_counts,
    tier_cells,
)
from tests.staff import Staff, staffs

groups_of = st.integers(K, 9)


def place(unit: str, role: str = "Staff", site: str = "HQ", division: str = "Business") -> Place:
    return Place(division, unit, role, site)


FINANCE: Final = place("Finance")
LEGAL: Final = place("Legal")
SALES: Final = place("Sales")


def all_answered(answered: Mapping[Place, int], k: int = K) -> Partition:
    return partition(answered, answered, k)


def people_in(staff: Staff, places: Places) -> int:
    return sum(staff.answered[place] for place in places)


def shown(parts: Partition) -> dict[Cell, tuple[int, ...]]:
    return dict(parts.groups)


def test_a_unit_of_five_is_shown_by_itself() -> None:
    parts = all_answered({FINANCE: 5, SALES: 5})
    assert {Cell(unit="Finance"), Cell(unit="Sales")} < set(shown(parts))


def test_a_unit_of_four_is_shown_only_with_others() -> None:
    parts = all_answered({FINANCE: 4, SALES: 20})
    assert parts.blocks == (frozenset({FINANCE, SALES}),)
    assert Cell(unit="Finance") not in shown(parts)


def test_a_unit_is_not_shown_where_it_would_leave_four_others_over() -> None:
    parts = all_answered({FINANCE: 20, SALES: 4})
    assert Cell(unit="Finance") not in shown(parts)


def test_what_is_left_over_stays_merged() -> None:
    parts = all_answered({FINANCE: 12, LEGAL: 3, SALES: 4})
    assert set(parts.blocks) == {frozenset({FINANCE}), frozenset({LEGAL, SALES})}


def test_with_fewer_than_five_answers_nothing_is_shown() -> None:
    assert all_answered({FINANCE: 2, SALES: 2}) == Partition((), ())


def test_people_without_a_role_are_no_group_of_their_own() -> None:
    parts = all_answered({place("Finance", ""): 10, place("Finance", "Lead"): 10, SALES: 6})
    assert shown(parts)[Cell(unit="Finance")] == (0, 1)
    assert len(shown(parts)) == len(parts.groups)


def test_larger_groups_than_five_can_be_asked_for() -> None:
    assert all_answered({FINANCE: 5, SALES: 9}, k=9).blocks == (frozenset({FINANCE, SALES}),)


def test_silent_places_belong_to_a_block_and_make_no_group() -> None:
    invited = {FINANCE: 8, SALES: 9, LEGAL: 3}
    parts = partition(invited, {FINANCE: 6, SALES: 7}, K)
    assert frozenset().union(*parts.blocks) == set(invited)
    assert len(parts.blocks) == 2
    assert Cell(unit="Legal") not in shown(parts)


@given(staffs(), groups_of)
def test_blocks_are_large_enough_and_hold_everybody_once(staff: Staff, k: int) -> None:
    blocks = partition(staff.invited, staff.answered, k).blocks
    enough = sum(staff.answered.values()) >= k
    assert sorted(place for block in blocks for place in block) == (
        sorted(staff.invited) if enough else []
    )
    assert all(people_in(staff, block) >= k for block in blocks)


@given(staffs(), groups_of)
def test_a_shown_group_is_the_sum_of_its_blocks(staff: Staff, k: int) -> None:
    parts = partition(staff.invited, staff.answered, k)
    assert len(shown(parts)) == len(parts.groups), "a group is there twice"
    for cell, numbers in parts.groups:
        inside = frozenset().union(*(parts.blocks[number] for number in numbers))
        theirs = {p for p in inside if staff.answered[p]}
        assert theirs == {p for p, n in staff.answered.items() if n and cell.holds(p)}
        assert people_in(staff, inside) == staff.who_answered(cell) >= k


@given(staffs(), groups_of)
def test_no_subtraction_of_shown_groups_leaves_fewer_than_allowed(staff: Staff, k: int) -> None:
    cells = list(shown(partition(staff.invited, staff.answered, k)))
    for one, other in combinations(cells, 2):
        for a, b in ((one, other), (other, one)):
            rest = sum(n for p, n in staff.answered.items() if a.holds(p) and not b.holds(p))
            assert rest == 0 or rest >= k


@given(staffs(), groups_of)
def test_a_group_is_refused_only_where_it_would_leave_too_few(staff: Staff, k: int) -> None:
    parts = partition(staff.invited, staff.answered, k)
    people = Measure(staff.answered, k)
    for cell, inside in (pair for tier in tier_cells(staff.invited) for pair in tier.items()):
        fits = people_in(staff, inside) >= k and all(people.allows(b, inside) for b in parts.blocks)
        assert (cell in shown(parts)) == (fits and bool(parts.blocks))


@given(staffs(), groups_of, st.data())
def test_the_order_of_the_people_list_changes_no_block(
    staff: Staff, k: int, data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(staff.invited.items()))))
    assert partition(shuffled, staff.answered, k) == partition(staff.invited, staff.answered, k)


@given(staffs(), groups_of, st.integers(2, 4), st.data())
def test_nothing_else_that_is_counted_is_split_too_small_either(
    staff: Staff, k: int, fewest: int, data: st.DataObject
) -> None:
    written = {p: data.draw(st.integers(0, n)) for p, n in staff.answered.items()}
    parts = partition(staff.invited, staff.answered, k, Measure(written, fewest))
    for block in parts.blocks:
        comments = sum(written[p] for p in block)
        assert people_in(staff, block) >= k
        assert comments == 0 or comments >= fewest
    if sum(written.values()) < fewest:
        assert parts == Partition((), ())


@given(st.lists(st.integers(0, 40), max_size=10), st.integers(0, 40))
def test_a_reason_is_counted_only_where_it_points_at_nobody(counts: list[int], n: int) -> None:
    hist = {f"reason-{i}": min(count, n) for i, count in enumerate(counts)}
    told = shown_counts(hist, n)
    assert list(told) == list(hist)
    for reason, count in hist.items():
        assert told[reason] == (count if 3 <= count <= n - 3 else "some")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ([FINANCE], "Finance, Staff"),
        ([FINANCE, place("Finance", "Lead")], "Finance, HQ"),
        ([FINANCE, place("Finance", "Lead", "Berlin")], "part of Finance"),
        ([FINANCE, place("Finance", "Lead"), place("Finance", "Lead", "Berlin")], "Finance"),
        ([LEGAL, SALES], "Legal + Sales"),
        ([SALES, LEGAL, FINANCE], "Finance, Staff + Legal + Sales"),
    ],
)
def test_a_block_is_labelled_by_the_units_in_it(block: list[Place], expected: str) -> None:
    everybody = [FINANCE, place("Finance", "Lead"), place("Finance", "Lead", "Berlin")]
    assert label(frozenset(block), [*everybody, LEGAL, SALES]) == expected


@given(staffs(), groups_of)
def test_a_label_names_every_unit_of_its_block_and_no_other(staff: Staff, k: int) -> None:
    for block in partition(staff.invited, staff.answered, k).blocks:
        named = label(block, staff.invited).split(" + ")
        units = [name.removeprefix("part of ").partition(",")[0] for name in named]
        assert sorted(units) == sorted({place.unit for place in block})
        for unit, name in zip(units, named, strict=True):
            split = any(p.unit == unit and p not in block for p in staff.invited)
            assert (name != unit) == split


awkward = st.sampled_from(["Legal", "Legal (2)", "Legal (2) (2)", "Legal (3)", "Sales"])


@given(st.lists(awkward, max_size=9))
def test_no_two_blocks_have_the_same_label(labels: list[str]) -> None:
    told = distinct(labels)
    assert len(set(told)) == len(told) == len(labels)
    assert all(name.startswith(before) for name, before in zip(told, labels, strict=True))
    if len(set(labels)) == len(labels):
        assert told == labels
