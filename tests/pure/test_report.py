"""What can be asked of releases: a shown group, a union of blocks, or what it is a part of."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.answer import Released, Shown, ShownOnlyAs, UnknownUnit, answer
from bot.domain.ballot import Answers
from bot.domain.exports import summary_wire
from bot.domain.people import Cell, Place
from bot.domain.publishing import Release
from bot.domain.pulse import K
from bot.domain.report import NothingYet, history, report
from bot.errors import Refusal, UnknownPulse
from tests.asking import WORDINGS, follow_up_of, pulse_of
from tests.staff import (
    EVERYBODY,
    FINANCE,
    LEGAL,
    OVERALL,
    PULSE,
    SALES,
    SCORE,
    WORDS,
    Said,
    Staff,
    answered,
    asked,
    counts,
    every_cut,
    published,
    released,
    round_of,
    seeds,
    some_answers,
    staffs,
)


def told(found: Release, cell: Cell) -> Shown | ShownOnlyAs | None:
    """What anybody is told of a cut; None where there is nobody of that name."""
    tx = published(found)
    try:
        return answer(Released.of(tx, [found.round]), "overall", cell)
    except UnknownUnit:
        return None


def test_a_unit_is_shown_with_how_many_answered_of_how_many() -> None:
    tx = published(answered({FINANCE: [1, 2, 4, 4, 5], SALES: [5] * 7}))
    finance = asked(tx, Cell(unit="Finance"))
    assert counts(finance) == {"1": 1, "2": 1, "4": 2, "5": 1}
    assert (finance.n, finance.invited) == (5, 5)
    assert finance.figure
    assert finance.figure.value == pytest.approx(3.2)


def test_a_group_too_small_is_shown_only_as_part_of_its_division() -> None:
    found = report(
        published(answered({FINANCE: [3, 4, 3, 4], SALES: [2, 3] * 5, LEGAL: [4, 5] * 4})),
        None,
        Cell(unit="Finance"),
    )
    assert found.shown_only_as == "Business"
    assert not found.questions


def test_a_group_is_named_as_part_only_of_what_holds_all_of_it() -> None:
    """Three leads sit in Sales; leads of the division sit in Finance too."""
    lead = SALES._replace(role="Lead")
    staff = {SALES: [3, 4] * 5, lead: [3, 4, 5], FINANCE._replace(role="Lead"): [3, 4] * 5}
    found = answered(staff)
    one, both = Cell(unit="Sales", role="Lead"), Cell(division="Business", role="Lead")
    assert told(found, one) == ShownOnlyAs(Cell(unit="Sales"))
    assert told(found, both) == ShownOnlyAs(Cell(division="Business"))


def test_a_unit_in_two_divisions_is_no_part_of_one_of_them() -> None:
    here, there = FINANCE, FINANCE._replace(division="Corporate")
    found = answered({here: [3, 4], there: [3, 4], SALES: [3, 4] * 5, LEGAL: [3, 4] * 5})
    assert told(found, Cell(unit="Finance")) == ShownOnlyAs(EVERYBODY)


def test_a_union_of_whole_blocks_is_shown_though_nobody_tried_it_at_close() -> None:
    berlin = SALES._replace(site="Berlin")
    found = told(
        answered({FINANCE: [3, 4] * 3, SALES: [4] * 5, berlin: [5, 4] * 3}), Cell(site="HQ")
    )
    assert isinstance(found, Shown)
    assert found.n == 11


def test_an_unknown_group_is_refused_by_its_name() -> None:
    tx = published(answered({FINANCE: [3, 4] * 5}))
    with pytest.raises(UnknownUnit, match=r"“Nowhere”\. Those asked were in Finance\."):
        report(tx, None, Cell(unit="Nowhere"))
    for ask in (report, history):
        with pytest.raises(UnknownUnit, match=r"“finanse”\. Did you mean “Finance”\?"):
            ask(tx, None, Cell(unit="finanse"), 1)


def test_before_the_first_release_there_is_nothing_to_show() -> None:
    with pytest.raises(NothingYet):
        report(published(), None, EVERYBODY)
    with pytest.raises(NothingYet):
        report(published(), PULSE.id, EVERYBODY)


def test_an_unknown_pulse_is_refused_by_its_name() -> None:
    with pytest.raises(UnknownPulse, match="“monthly”"):
        report(published(answered({FINANCE: [3, 4] * 5})), "monthly", EVERYBODY)


def test_a_division_is_the_sum_of_what_was_stored_of_its_units() -> None:
    found = answered({FINANCE: [5] * 6, SALES: [5] * 6})
    tx = published(found)
    assert counts(asked(tx, Cell(unit="Finance"))) == {"4": 1, "5": 5}
    assert counts(asked(tx, Cell(division="Business"))) == {"4": 2, "5": 10}


def test_a_sum_says_so_where_a_reason_may_have_been_given_more_often() -> None:
    def why(n: int, speed: int) -> list[Answers]:
        return [{"overall": 3, "overall-why": ["speed"] if i < speed else []} for i in range(n)]

    said: Said = [(FINANCE, a) for a in why(10, 5)] + [(SALES, a) for a in why(10, 2)]
    staff = Staff({FINANCE: 10, SALES: 10}, {FINANCE: 10, SALES: 10})
    tx = published(released(round_of(staff), said))
    sales = report(tx, None, Cell(unit="Sales")).by_question("overall-why")
    assert sales
    assert sales.hist["speed"] == "some"
    both = report(tx, None, EVERYBODY).by_question("overall-why")
    assert both
    assert both.hist["speed"] == 5
    assert "speed" in both.doubtful
    assert both.n == 20


@pytest.mark.parametrize("kind", ["several", "choice"])
@given(data=st.data())
def test_reasons_can_be_read_however_few_of_them_may_be_shown(
    kind: str, data: st.DataObject
) -> None:
    why = follow_up_of(SCORE, kind)
    given_reasons = data.draw(st.lists(st.sampled_from(["speed", "help", "other"]), max_size=14))
    reasons = [[reason] if kind == "several" else reason for reason in given_reasons]
    said: Said = [(FINANCE, {"overall": 3, why.id: reason}) for reason in reasons]
    said += [(FINANCE, {"overall": 4, why.id: None})] * (14 - len(said))
    pulse = pulse_of(replace(SCORE, follow_up=why))
    staff = Staff({FINANCE: 14}, {FINANCE: 14})
    tx = published(released(round_of(staff, pulse), said), pulses=[pulse])
    shown = report(tx, None, EVERYBODY).by_question(why.id)
    assert shown
    for reason, count in shown.hist.items():
        true = given_reasons.count(reason)
        assert count == (true if 3 <= true <= 11 else "some")
    assert not shown.doubtful


def test_comments_are_read_only_for_whole_text_blocks() -> None:
    said: Said = [(FINANCE, {"overall": 3, "words": f"Finance {n}"}) for n in range(12)]
    said += [(SALES, {"overall": 3, "words": f"Sales {n}" if n < 2 else None}) for n in range(12)]
    said += [(LEGAL, {"overall": 3, "words": f"Legal {n}"}) for n in range(12)]
    count = {FINANCE: 12, SALES: 12, LEGAL: 12}
    tx = published(released(round_of(Staff(count, count)), said))

    def read(cell: Cell) -> set[str]:
        return {text.body.split()[0] for text in report(tx, None, cell).texts}

    assert read(EVERYBODY) == {"Finance", "Sales", "Legal"}
    assert read(Cell(division="Business")) == {"Finance", "Sales"}
    assert read(Cell(division="Corporate")) == {"Legal"}
    assert read(Cell(unit="Sales")) == read(Cell(unit="Finance")) == set()


def test_themes_are_of_everybody_or_of_nobody() -> None:
    said: Said = [(place, {"words": "VPN is slow"}) for place in (FINANCE, SALES) * 6]
    count = {FINANCE: 6, SALES: 6}
    tx = published(released(round_of(Staff(count, count)), said))
    assert [t.theme for t in report(tx, None, EVERYBODY).themes] == ["vpn"]
    assert report(tx, None, EVERYBODY).sentiment["negative"] == 12


def test_where_only_words_were_asked_for_a_unit_gets_a_kind_refusal() -> None:
    pulse = pulse_of(WORDS)
    said: Said = [(place, {"words": "VPN is slow"}) for place in (FINANCE, SALES) * 6]
    count = {FINANCE: 6, SALES: 6}
    tx = published(released(round_of(Staff(count, count), pulse), said), pulses=[pulse])
    assert len(report(tx, None, EVERYBODY).texts) == 12
    for name in ("Finance", "Nowhere"):
        with pytest.raises(Refusal, match=f"“{name}”"):
            report(tx, None, Cell(unit=name))


def test_people_read_the_words_that_were_asked() -> None:
    round = round_of(Staff({FINANCE: 10}, {FINANCE: 10}))
    said: Said = [(FINANCE, {"overall": 2, "overall-why": ["speed"]})] * 10
    tx = published(released(round, said), rounds=[round])
    score, why = report(tx, None, EVERYBODY).questions
    assert score.text == OVERALL.text
    assert score.labels["2"] == "Dissatisfied"
    assert why.text == f"{WORDINGS['low']} / {WORDINGS['high']}"
    assert why.labels["speed"] == "Speed"


@settings(max_examples=50)
@given(staffs(), seeds)
def test_a_cut_is_shown_whole_or_named_as_part_of_one_that_is(staff: Staff, random: Random) -> None:
    said = some_answers(staff, random)
    scored = Staff(staff.invited, _who_scored(staff, said))
    assume(sum(scored.answered.values()) >= K)
    found = released(round_of(staff), said)
    for cell in every_cut():
        match told(found, cell):
            case Shown() as shown:
                assert shown.n == scored.who_answered(cell) >= K
                assert sum(int(count) for count in shown.hist.values()) == shown.n
                assert shown.invited == sum(n for p, n in staff.invited.items() if cell.holds(p))
            case ShownOnlyAs(wider):
                assert isinstance(told(found, wider), Shown)
                assert wider != cell
                assert all(wider.holds(place) for place in staff.invited if cell.holds(place))
            case None:
                assert not staff.holds(cell)


@settings(max_examples=50)
@given(staffs(), seeds)
def test_no_two_answers_give_away_a_group_too_small_by_subtraction(
    staff: Staff, random: Random
) -> None:
    said = some_answers(staff, random)
    scored = _who_scored(staff, said)
    assume(sum(scored.values()) >= K)
    found = released(round_of(staff), said)
    shown = [cell for cell in every_cut() if isinstance(told(found, cell), Shown)]
    for one, other in combinations(shown, 2):
        for a, b in ((one, other), (other, one)):
            rest = sum(n for p, n in scored.items() if a.holds(p) and not b.holds(p))
            assert rest == 0 or rest >= K


def _who_scored(staff: Staff, said: Said) -> dict[Place, int]:
    none = dict.fromkeys(staff.invited, 0)
    for place, answers in said:
        none[place] += answers["overall"] is not None
    return none


def test_a_share_of_comments_stays_true_after_an_author_has_taken_one_back() -> None:
    said: Said = [(FINANCE, {"overall": 3, "words": f"VPN is slow {n}"}) for n in range(12)]
    staff = Staff({FINANCE: 12}, {FINANCE: 12})
    found = released(round_of(staff), said)
    left = replace(found, texts=list(found.texts)[:5])
    for one in (found, left):
        (theme,) = summary_wire(published(one), None, None, 1)["themes"]
        assert (theme["mentions"], theme["share"]) == (12, 1.0)
