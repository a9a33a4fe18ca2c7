"""How large a card may be, and what becomes of one that is larger."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.render import LARGEST, MOST_BUTTONS, draw
from bot import cards
from bot.cards import Button, Card, Option, Part
from bot.refs import Ref
from tests.contract import teams_client as client

REF = Ref("answer", "it-weekly@2026-11-24", "overall")
STEPS = tuple(Option(n, str(n)) for n in range(11))


def size(drawn: Any) -> int:
    return len(json.dumps(drawn, ensure_ascii=False).encode())


def test_long_texts_are_shortened_before_anything_is_left_out() -> None:
    quotes = tuple(cards.Quote(f"{n} " + "ü" * 4_000, "Sales") for n in range(20))
    drawn = draw(Card("Voices", quotes))
    assert size(drawn) <= LARGEST
    seen = client.seen(drawn)
    assert all(f"{n} üü" in seen for n in range(20))
    assert "…" in seen


def test_what_still_does_not_fit_is_left_out_from_the_end_and_that_is_said() -> None:
    facts = tuple(cards.Facts(((f"row {n}", "x" * 150),)) for n in range(400))
    drawn = draw(Card("Many", facts))
    assert size(drawn) <= LARGEST
    seen = client.seen(drawn)
    assert "row 0" in seen
    assert "row 399" not in seen
    assert "…" in seen


def test_no_control_is_left_out_however_much_is_asked() -> None:
    questions: list[Part] = []
    for n in range(40):
        ref = Ref("answer", "it-weekly@2026-11-24", f"q{n}")
        questions.append(cards.Scale(ref, f"q{n}", f"How likely is {n}?", STEPS))
    drawn = draw(Card("Many", (*questions, cards.Prose("x" * 20_000))))
    refs = {action["data"]["itpulse"]["ref"] for action in client.actions(drawn)}
    assert len(refs) == 40


def test_a_few_questions_are_answered_by_one_press_and_many_from_lists() -> None:
    one = cards.Scale(REF, "q", "How likely?", STEPS)
    few, many = draw(Card("Few", (one,) * 2)), draw(Card("Many", (one,) * 12))
    assert client.inputs(few) == []
    assert len(client.inputs(many)) == 12
    assert size(many) <= LARGEST


def test_no_row_of_buttons_is_longer_than_teams_shows() -> None:
    buttons = cards.Buttons(tuple(Button(REF, str(n), n) for n in range(20)))
    rows = [e for e in client.elements(draw(Card("B", (buttons,)))) if e["type"] == "ActionSet"]
    assert sum(len(row["actions"]) for row in rows) == 20
    assert all(len(row["actions"]) <= MOST_BUTTONS for row in rows)


def test_lines_stay_lines() -> None:
    drawn = draw(Card("L", (cards.Prose("one\n\ntwo"),)))
    runs = [e["text"] for e in client.elements(drawn) if e["type"] == "TextRun"]
    assert runs == ["one", " ", "two"]


def test_a_required_field_holds_up_no_other_button() -> None:
    free = cards.FreeText(REF, "q", "What?", 100)
    other = cards.FreeText(Ref("answer", "r", "x"), "x", "Else?", 100)
    both = client.inputs(draw(Card("Two", (free, other))))
    assert [field.get("isRequired") for field in both] == [None, None]
    [alone] = client.inputs(draw(Card("One", (cards.Prose("?"), free))))
    assert (alone["isRequired"], alone["maxLength"]) == (True, 100)


@pytest.mark.parametrize(("share", "full"), [(0.0, 1), (0.004, 1), (0.34, 34), (1.0, 99)])
def test_a_bar_is_as_long_as_its_share(share: float, full: int) -> None:
    drawn = draw(Card("B", (cards.Bars("Bars", (cards.Bar("x", share, "y"),)),)))
    styled = [e for e in client.elements(drawn) if e["type"] == "Column" and "style" in e]
    assert [column["width"] for column in styled] == [full, 100 - full]
    assert (styled[0]["style"] == "accent") is (share > 0)


def test_a_chart_says_what_is_not_shown() -> None:
    series = (cards.Series("All", (1.0, None)), cards.Series("Legal", (2.5, 3.0)))
    chart = cards.Chart("Mean", ("a", "b"), series, 1, 5, "Words.")
    [drawn] = [e for e in client.elements(draw(Card("C", (chart,)))) if e["type"] == "Chart.Line"]
    assert [line["values"] for line in drawn["data"]] == [
        [{"x": "a", "y": 1.0}],
        [{"x": "a", "y": 2.5}, {"x": "b", "y": 3.0}],
    ]
    facts = drawn["fallback"]["items"][1]["facts"]
    assert [fact["value"] for fact in facts] == ["1 · 2.5", "not shown · 3"]


TEXTS = st.text(max_size=3_000)
PARTS = st.one_of(
    TEXTS.map(cards.Prose),
    TEXTS.map(cards.Heading),
    TEXTS.map(cards.Quote),
    TEXTS.map(cards.Fineprint),
    TEXTS.map(lambda text: cards.Facts(((text, text),))),
    TEXTS.map(lambda text: cards.FreeText(REF, "q", text, 1_000)),
    TEXTS.map(lambda text: cards.Scale(REF, "q", text, STEPS)),
)


@settings(max_examples=40)
@given(st.lists(PARTS, min_size=1, max_size=25))
def test_a_card_is_never_too_large(parts: list[Part]) -> None:
    assert size(draw(Card("Any", tuple(parts)))) <= LARGEST
