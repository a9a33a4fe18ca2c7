"""Groups that will never be shown by themselves, told from head counts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Cell, Place
from bot.domain.release import partition
from bot.domain.shape import hidden, told
from tests.stories.company import WEEKLY

units = st.sampled_from(["Legal", "Sales", "Finance", "Board"])
places = st.dictionaries(
    st.builds(Place, st.sampled_from(["A", "B"]), units, st.sampled_from(["Lead", "Staff"]),
              st.just("HQ")),
    st.integers(1, 30),
    max_size=6,
)  # fmt: skip


def test_a_small_group_and_what_is_left_without_it_are_told() -> None:
    found = hidden(
        WEEKLY,
        {
            Place("Business", "Sales", "", "HQ"): 17,
            Place("Business", "Legal", "", "HQ"): 3,
            Place("Staff", "Finance", "", "HQ"): 9,
        },
    )
    units = [(group.cell, group.invited) for group in found if not group.cell.site]
    assert units == [(Cell(unit="Sales"), 17), (Cell(unit="Legal"), 3)]
    assert told(found).startswith("Shown only as part of a larger group, even if all answer")
    assert told([]) == ""


def test_a_larger_smallest_group_hides_more_and_names_hide_nothing() -> None:
    places = {Place("D", "Sales", "", ""): 9, Place("E", "Legal", "", ""): 9}
    assert hidden(WEEKLY, places) == []
    assert len(hidden(replace(WEEKLY, smallest_group=10), places)) == 4
    assert hidden(replace(WEEKLY, smallest_group=10, manner="named"), places) == []
    assert hidden(WEEKLY, {}) == []


@given(places, st.data())
def test_what_is_hidden_when_all_answer_is_hidden_when_fewer_than_five_are_in_it(
    places: dict[Place, int], data: st.DataObject
) -> None:
    small = {group.cell for group in hidden(WEEKLY, places) if group.invited < 5}
    answered = {place: data.draw(st.integers(0, n)) for place, n in places.items()}
    assert small.isdisjoint(cell for cell, _ in partition(places, answered, 5).groups)
