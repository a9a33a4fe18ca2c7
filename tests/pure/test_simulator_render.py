"""A card as JSON: exactly the fields that clients of the simulator may rely on."""

from __future__ import annotations

import json

import pytest

from adapters.simulator.render import draw, draw_part, words
from bot import cards
from bot.cards import Button, Card, Field, Form, Option, Part
from bot.refs import Ref

REF = Ref("answer", "it-weekly@2026-11-24", "overall")
WIRE = "answer|it-weekly@2026-11-24|overall"
TWO = (Option(1, "Poor"), Option("x", "Good"))
TWO_DRAWN = [{"value": 1, "label": "Poor"}, {"value": "x", "label": "Good"}]


@pytest.mark.parametrize(
    ("part", "drawn"),
    [
        (cards.Heading("IT"), {"type": "heading", "text": "IT"}),
        (cards.Prose("Hello."), {"type": "prose", "text": "Hello."}),
        (cards.Fineprint("Small."), {"type": "fineprint", "text": "Small."}),
        (cards.Quote("Slow.", "Legal"), {"type": "quote", "text": "Slow.", "about": "Legal"}),
        (
            cards.Facts((("Mean", "3.9"),)),
            {"type": "facts", "rows": [{"label": "Mean", "value": "3.9"}]},
        ),
        (
            cards.Scale(REF, "overall", "How satisfied?", TWO),
            {
                "type": "scale",
                "ref": WIRE,
                "question": "overall",
                "text": "How satisfied?",
                "options": TWO_DRAWN,
                "many": False,
            },
        ),
        (
            cards.Choices(REF, "overall", "What?", TWO, many=True),
            {
                "type": "choices",
                "ref": WIRE,
                "question": "overall",
                "text": "What?",
                "options": TWO_DRAWN,
                "many": True,
            },
        ),
        (
            cards.FreeText(REF, "overall", "What else?", 1000),
            {
                "type": "free_text",
                "ref": WIRE,
                "question": "overall",
                "text": "What else?",
                "fields": [
                    {"id": "text", "kind": "long_text", "label": "What else?", "required": True}
                ],
                "longest": 1000,
            },
        ),
        (
            cards.Buttons((Button(REF, "Skip"), Button(REF, "Yes", True))),
            {
                "type": "buttons",
                "buttons": [
                    {"ref": WIRE, "label": "Skip", "value": None},
                    {"ref": WIRE, "label": "Yes", "value": True},
                ],
            },
        ),
        (
            cards.Bars("Shares", (cards.Bar("Good", 0.5, "5 of 10"),)),
            {
                "type": "bars",
                "text": "Shares",
                "bars": [{"label": "Good", "share": 0.5, "text": "5 of 10"}],
            },
        ),
        (
            cards.Chart("Mean", ("a", "b"), (cards.Series("All", (1.0, None)),), 1, 5, "Words."),
            {
                "type": "chart",
                "text": "Words.",
                "title": "Mean",
                "categories": ["a", "b"],
                "series": [{"label": "All", "values": [1.0, None]}],
                "low": 1,
                "high": 5,
            },
        ),
    ],
    ids=lambda part: type(part).__name__ if not isinstance(part, dict) else "",
)
def test_a_part_is_drawn_with_its_fields(part: Part, drawn: dict[str, object]) -> None:
    assert draw_part(part) == drawn
    assert json.loads(json.dumps(drawn)) == drawn


def test_a_form_tells_only_what_its_fields_have() -> None:
    plain = Field("note", "text", "A note", required=False)
    full = Field("why", "choices", "Why?", options=TWO, value=(1, "x"), hint="Any number.")
    assert draw_part(Form(REF, "All at once", (plain, full), "Done")) == {
        "type": "form",
        "ref": WIRE,
        "text": "All at once",
        "fields": [
            {"id": "note", "kind": "text", "label": "A note", "required": False},
            {
                "id": "why",
                "kind": "choices",
                "label": "Why?",
                "required": True,
                "options": TWO_DRAWN,
                "value": [1, "x"],
                "hint": "Any number.",
            },
        ],
        "send": "Done",
    }


def test_a_field_that_opens_with_false_or_nought_says_so() -> None:
    fields = (Field("a", "yes_no", "A?", value=False), Field("b", "number", "B?", value=0))
    drawn = draw_part(Form(REF, "Two", fields))
    assert [field["value"] for field in drawn["fields"]] == [False, 0]


def test_a_card_is_its_summary_and_its_parts_in_order() -> None:
    card = Card("Short.", (cards.Heading("One"), cards.Prose("Two")))
    drawn = draw(card)
    assert drawn["summary"] == "Short."
    assert [part["text"] for part in drawn["parts"]] == ["One", "Two"]


def test_typed_words_look_like_a_card_of_prose() -> None:
    assert words("hi") == {"summary": "hi", "parts": [{"type": "prose", "text": "hi"}]}
