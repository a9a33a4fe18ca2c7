"""Card -> JSON parts, as the page and other clients of the simulator's routes read them.

A page of our own sets no limits, so nothing is shortened here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from bot import cards
from bot.cards import Card, Field, Option, Part

Json = dict[str, Any]


def draw(card: Card) -> Json:
    """`{"summary", "parts"}`."""
    return {"summary": card.summary, "parts": [draw_part(part) for part in card.parts]}


def words(text: str) -> Json:
    """What somebody typed, drawn like a card."""
    return {"summary": text, "parts": [{"type": "prose", "text": text}]}


def draw_part(part: Part) -> Json:  # noqa: C901  # one arm a part, nothing else
    match part:
        case cards.Heading(text):
            return {"type": "heading", "text": text}
        case cards.Prose(text):
            return {"type": "prose", "text": text}
        case cards.Fineprint(text):
            return {"type": "fineprint", "text": text}
        case cards.Quote(text, about):
            return {"type": "quote", "text": text, "about": about}
        case cards.Facts(rows):
            lines = [{"label": label, "value": value} for label, value in rows]
            return {"type": "facts", "rows": lines}
        case cards.Scale() | cards.Choices():
            return _question(part)
        case cards.FreeText():
            return _free_text(part)
        case cards.Buttons(buttons):
            return {"type": "buttons", "buttons": [_button(button) for button in buttons]}
        case cards.Form():
            return _form(part)
        case cards.Bars():
            return _bars(part)
        case cards.Chart():
            return _chart(part)
        case _:
            assert_never(part)


def _question(part: cards.Scale | cards.Choices) -> Json:
    return {
        "type": "scale" if isinstance(part, cards.Scale) else "choices",
        "ref": part.ref.wire(),
        "question": part.question,
        "text": part.text,
        "options": _options(part.options),
        "many": isinstance(part, cards.Choices) and part.many,
    }


def _free_text(part: cards.FreeText) -> Json:
    return {
        "type": "free_text",
        "ref": part.ref.wire(),
        "question": part.question,
        "text": part.text,
        "fields": [{"id": "text", "kind": "long_text", "label": part.text, "required": True}],
        "longest": part.longest,
    }


def _button(button: cards.Button) -> Json:
    return {"ref": button.ref.wire(), "label": button.label, "value": button.value}


def _form(part: cards.Form) -> Json:
    return {
        "type": "form",
        "ref": part.ref.wire(),
        "text": part.title,
        "fields": [_field(field) for field in part.fields],
        "send": part.send,
    }


def _field(field: Field) -> Json:
    drawn: Json = {
        "id": field.id,
        "kind": field.kind,
        "label": field.label,
        "required": field.required,
    }
    if field.options:
        drawn["options"] = _options(field.options)
    if field.value is not None:
        drawn["value"] = list(field.value) if isinstance(field.value, tuple) else field.value
    if field.hint:
        drawn["hint"] = field.hint
    return drawn


def _options(options: Iterable[Option]) -> list[Json]:
    return [{"value": option.value, "label": option.label} for option in options]


def _bars(part: cards.Bars) -> Json:
    bars = [{"label": bar.label, "share": bar.share, "text": bar.text} for bar in part.bars]
    return {"type": "bars", "text": part.title, "bars": bars}


def _chart(part: cards.Chart) -> Json:
    return {
        "type": "chart",
        "text": part.text,
        "title": part.title,
        "categories": list(part.categories),
        "series": [{"label": line.label, "values": list(line.values)} for line in part.series],
        "low": part.low,
        "high": part.high,
    }
