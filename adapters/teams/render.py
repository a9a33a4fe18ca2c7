"""Card -> Adaptive Card 1.5, the newest that Teams shows from bots.

Words that are not our own stand in TextRuns, which know no markdown: they are shown as they were
written. Limits are Teams' documented ones, or below.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final, assert_never

from adapters.teams import wire
from adapters.teams.fitting import with_short_texts, without_last
from adapters.teams.inputs import actions, choice_set, execute, inputs, label, opener, shortened
from adapters.teams.wire import Json
from bot import cards
from bot.cards import Bar, Card, Option, Part

#: Bytes of a card. Messages are refused above about 100 KB in UTF-16, by older clients above 28 KB
#: (learn.microsoft.com, Format your bot messages).
LARGEST: Final = 25_000
#: Actions that an ActionSet shows; more are hidden behind "…" or left out (cards reference).
MOST_BUTTONS: Final = 6
#: Characters of buttons that stand beside each other on a phone.
CHARACTERS_A_ROW: Final = 28
#: Steps of a scale that stand beside each other on a phone.
STEPS_A_ROW: Final = 6
#: Fields that stand on the card itself; a longer form opens in a dialog.
FIELDS_ON_A_CARD: Final = 3
#: Characters of one text, tried one after the other until the card is small enough.
TEXT_LENGTHS: Final = (8_000, 1_500, 500, 160)
#: Characters of the line that notifications show.
LONGEST_SUMMARY: Final = 500
CONTENT_TYPE: Final = "application/vnd.microsoft.card.adaptive"

Groups = Iterator[int]


def draw(card: Card) -> Json:
    """The Adaptive Card, at most LARGEST bytes.

    Where it is too large, longer texts are shortened, then scales become lists, then parts
    without a control are left out from the end, and that is said.
    """
    drawn = _card(card, compact=False)
    for longest in TEXT_LENGTHS:
        if _fits(drawn):
            return drawn
        card = with_short_texts(card, longest)
        drawn = _card(card, compact=True)
    while not _fits(drawn) and (smaller := without_last(card)) != card:
        card = smaller
        drawn = _card(Card(card.summary, (*card.parts, cards.Fineprint("…"))), compact=True)
    return drawn


def attachment(drawn: Json) -> Json:
    return {"contentType": CONTENT_TYPE, "content": drawn}


def _card(card: Card, compact: bool) -> Json:
    groups = count(1)
    body = [element for part in card.parts for element in _part(part, groups, compact, card)]
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": shortened(card.summary, LONGEST_SUMMARY),
        "body": body,
    }


def _fits(drawn: Json) -> bool:
    return len(json.dumps(drawn, ensure_ascii=False).encode()) <= LARGEST


def _part(part: Part, groups: Groups, compact: bool, card: Card) -> list[Json]:  # noqa: C901  # one arm a part, nothing else
    match part:
        case cards.Heading(text):
            return [_text(text, style="heading", size="Large", weight="Bolder")]
        case cards.Prose(text):
            return _runs(text)
        case cards.Fineprint(text):
            return _runs(text, size="Small", isSubtle=True)
        case cards.Quote(text, about):
            said = _runs(text, italic=True) + (_runs(about, isSubtle=True) if about else [])
            return [{"type": "Container", "style": "emphasis", "items": said}]
        case cards.Facts(rows):
            facts = [{"title": title, "value": value} for title, value in rows]
            return [{"type": "FactSet", "facts": facts}]
        case cards.Scale():
            return _list(part, groups) if compact else _scale(part)
        case cards.Choices():
            few = len(part.options) <= MOST_BUTTONS and not compact
            return _buttons_for(part) if few and not part.many else _list(part, groups)
        case cards.FreeText():
            return _free_text(part, groups, _is_alone(part, card))
        case cards.Buttons(buttons):
            drawn = [execute(b.label, wire.press(b.ref, b.value)) for b in buttons]
            return [
                actions(*drawn[n : n + MOST_BUTTONS]) for n in range(0, len(drawn), MOST_BUTTONS)
            ]
        case cards.Form():
            return _form(part, groups, _is_alone(part, card))
        case cards.Bars():
            return [_text(part.title, weight="Bolder"), *map(_bar, part.bars)]
        case cards.Chart():
            return [*_chart(part), *_runs(part.text, size="Small", isSubtle=True)]
        case _:
            assert_never(part)


def _text(text: str, **style: object) -> Json:
    return {"type": "TextBlock", "text": text, "wrap": True, **style}


def _runs(text: str, **style: object) -> list[Json]:
    """A block for each line: a line break inside a run is a space."""
    lines = text.split("\n")
    blocks: list[Json] = []
    for line in lines:
        run = {"type": "TextRun", "text": line or " ", **style}
        spacing = {"spacing": "None"} if blocks else {}
        blocks.append({"type": "RichTextBlock", "inlines": [run], **spacing})
    return blocks


def _buttons(buttons: tuple[cards.Button, ...]) -> list[Json]:
    """As many beside each other as fit on a phone."""
    rows: list[list[cards.Button]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        width = sum(len(each.label) for each in (*row, button))
        if not row or len(row) == MOST_BUTTONS or width > CHARACTERS_A_ROW:
            rows.append(row := [])
        row.append(button)
    drawn = [actions(*(execute(b.label, wire.press(b.ref, b.value)) for b in row)) for row in rows]
    # Apart from the answers above, of which they are none.
    return [{**row, "spacing": "Small" if n else "Large"} for n, row in enumerate(drawn)]


def _scale(part: cards.Scale) -> list[Json]:
    """Long words stand below one another; a scale of numbers stands in rows, with the words of
    its ends below."""
    if len(part.options) <= MOST_BUTTONS and not _numbered(part.options):
        return _buttons_for(part)
    rows = [
        part.options[start : start + STEPS_A_ROW]
        for start in range(0, len(part.options), STEPS_A_ROW)
    ]
    steps: list[Json] = []
    for row in rows:
        empty = [{"type": "Column", "width": "stretch"}] * (STEPS_A_ROW - len(row) if steps else 0)
        columns = [_step(part, option) for option in row]
        steps.append({"type": "ColumnSet", "columns": columns + empty, "spacing": "Small"})
    words = [f"{o.value} = {o.label}" for o in part.options if o.label != str(o.value)]
    return [
        *_question(part.text),
        *steps,
        *(_runs(", ".join(words), size="Small") if words else []),
    ]


def _numbered(options: Iterable[Option]) -> bool:
    return any(option.label == str(option.value) for option in options)


def _step(part: cards.Scale, option: Option) -> Json:
    told, name = str(option.value), _named(option)
    return {
        "type": "Column",
        "width": "stretch",
        "style": "emphasis",
        "items": [{"type": "TextBlock", "text": told, "horizontalAlignment": "Center"}],
        "selectAction": execute(name, wire.press(part.ref, option.value)),
    }


def _named(option: Option) -> str:
    """Its number, and what that means."""
    told = str(option.value)
    return option.label if option.label.startswith(told) else f"{told} · {option.label}"


def _buttons_for(part: cards.Scale | cards.Choices) -> list[Json]:
    """One press answers."""
    buttons = [execute(o.label, wire.press(part.ref, o.value)) for o in part.options]
    stacked = [actions(button) | {"spacing": "Small"} for button in buttons]
    return [*_question(part.text), *stacked]


def _list(part: cards.Scale | cards.Choices, groups: Groups) -> list[Json]:
    """Pick, then send."""
    group = str(next(groups))
    many = isinstance(part, cards.Choices) and part.many
    data = wire.pick(part.ref, group, part.options, many)
    listed = choice_set(wire.input_id(group, 0), part.text, part.options, many)
    return [listed, actions(execute("Send", data, with_inputs=True))]


def _question(text: str) -> list[Json]:
    return _runs(text, weight="Bolder")


def _free_text(part: cards.FreeText, groups: Groups, alone: bool) -> list[Json]:
    group, fields = str(next(groups)), (wire.free_text(part),)
    data = wire.ask(part.ref, group, fields)
    drawn = inputs(group, fields, required=alone, longest=part.longest)
    return [*drawn, actions(execute("Send", data, with_inputs=True))]


def _form(part: cards.Form, groups: Groups, alone: bool) -> list[Json]:
    if len(part.fields) > FIELDS_ON_A_CARD:
        return [actions(opener(part))]
    group = str(next(groups))
    send = execute(part.send, wire.ask(part.ref, group, part.fields), with_inputs=True)
    return [*_question(part.title), *inputs(group, part.fields, required=alone), actions(send)]


def _is_alone(part: Part, card: Card) -> bool:
    """A required input holds up every other button that sends inputs, so only the one group of
    inputs on a card may have them."""
    sending = cards.FreeText | cards.Form | cards.Choices | cards.Scale
    return [each for each in card.parts if isinstance(each, sending)] == [part]


def _bar(bar: Bar) -> Json:
    """Label, bar and figure in one row."""
    full = max(1, min(99, round(bar.share * 100)))
    filled = _stretch(full, "accent" if bar.share else "emphasis")
    line = {"type": "ColumnSet", "columns": [filled, _stretch(100 - full, "emphasis")]}
    columns = [
        {"type": "Column", "width": 4, "items": [_text(bar.label)]},
        {"type": "Column", "width": 4, "items": [line]},
        {"type": "Column", "width": 2, "items": [_text(bar.text)]},
    ]
    aligned = [column | {"verticalContentAlignment": "Center"} for column in columns]
    return {"type": "ColumnSet", "columns": aligned, "spacing": "Small"}


def _stretch(width: int, style: str) -> Json:
    return {"type": "Column", "width": width, "style": style, "spacing": "None"}


def _chart(part: cards.Chart) -> list[Json]:
    """Teams draws the line; a client without charts shows the figures, and both the words."""
    lines = [
        {
            "legend": label(series.label),
            "values": [
                {"x": x, "y": y}
                for x, y in zip(part.categories, series.values, strict=True)
                if y is not None
            ],
        }
        for series in part.series
    ]
    rows = [
        {"title": x, "value": " · ".join(_figure(series.values[n]) for series in part.series)}
        for n, x in enumerate(part.categories)
    ]
    names = " · ".join(series.label for series in part.series)
    items = [_text(names), {"type": "FactSet", "facts": rows}]
    drawn = {
        "type": "Chart.Line",
        "data": lines,
        "yMin": part.low,
        "yMax": part.high,
        "fallback": {"type": "Container", "items": items},
    }
    # Not every client shows a chart's own title.
    return [_text(part.title, weight="Bolder"), drawn]


def _figure(value: float | None) -> str:
    return "not shown" if value is None else f"{value:g}"
