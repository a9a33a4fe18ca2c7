"""Card -> the text and blocks of a Slack message. Pure; limits are those of `limits.py`.

Buttons carry `ref|value`. Ticks carry their value alone and stand in an element whose action_id is
the ref; they say nothing until the button beside them is pressed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from adapters.slack import figures, limits, wire
from adapters.slack.figures import TEXT, Look
from adapters.slack.limits import short
from adapters.slack.texts import Json, escaped, plain, rich, run, section
from bot import cards
from bot.cards import Card, Choices, Form, FreeText, Option, Part, Scale

DONE: Final = "Done"
WRITE: Final = "Write"
FILL_IN: Final = "Fill in"
CHOOSE: Final = "Choose one"
CHOOSE_SOME: Final = "Choose any number"
SHORTENED: Final = "Slack shows no more of this in one message."
#: Options of a choice that are shown as buttons; more are a menu. A scale is always buttons.
BUTTONS_OF_A_CHOICE: Final = 5
#: Parts that a message always holds, as the product writes them.
FEW: Final = 8
#: The field of a form that stands for words of one's own.
WORDS: Final = "text"


def draw(card: Card, look: Look = TEXT) -> Json:
    """`{"text", "blocks"}`. No word is cut away for a picture."""
    blocks = draw_parts(card.parts, look)
    if look.picture and not _fits(blocks):
        blocks = draw_parts(card.parts, Look(look.native))
    return {"text": text_of(card), "blocks": _cut(blocks)}


def fits(card: Card) -> bool:
    """Whether the whole of it is shown in one message; a window holds more."""
    return len(card.parts) <= FEW or _fits(draw_parts(card.parts))


def text_of(card: Card) -> str:
    """What notifications and screen readers say."""
    return short(escaped(card.summary), limits.TEXT_OF_A_MESSAGE)


def draw_parts(parts: Iterable[Part], look: Look = TEXT) -> list[Json]:
    blocks: list[Json] = []
    charts = limits.CHARTS_OF_A_MESSAGE if look.native else 0
    for part in parts:
        drawn = draw_part(part, Look(charts > 0, look.picture))
        charts -= sum(block["type"] == figures.NATIVE for block in drawn)
        blocks += drawn
    return _named(blocks)


def draw_part(part: Part, look: Look) -> list[Json]:  # noqa: C901  # one arm a part
    match part:
        case cards.Heading(text):
            return [{"type": "header", "text": plain(text, limits.HEADER)}] if text else []
        case cards.Prose(text):
            return [section(text, limits.SECTION)] if text else []
        case cards.Fineprint(text):
            return [_fine(text)] if text else []
        case cards.Quote(text, about):
            quote = rich(run(short(text or "–", limits.RICH_TEXT)), kind="rich_text_quote")
            return [quote, _fine(about)] if about else [quote]
        case cards.Facts(rows):
            return _facts(rows)
        case Scale() | Choices():
            return [_question(part.text), *_options(part)]
        case FreeText():
            return _asking(part.text, WRITE, words(part), part.longest)
        case Form():
            return _asking(part.title, FILL_IN, part, limits.TYPED)
        case cards.Buttons(buttons):
            return _actions([_button(b.label, wire.button(b.ref, b.value)) for b in buttons])
        case cards.Bars():
            return figures.bars(part)
        case cards.Chart():
            return figures.chart(part, look)
        case _:
            assert_never(part)


def words(part: FreeText) -> Form:
    """Words of one's own are a form with one field."""
    field = cards.Field(WORDS, "long_text", part.text)
    return Form(part.ref, part.text, (field,))


def menu_option(option: Option) -> Json:
    return {
        "text": plain(option.label, limits.OPTION_TEXT),
        "value": wire.option(option.value),
    }


def _options(part: Scale | Choices) -> list[Json]:
    if isinstance(part, Choices) and part.many:
        return _ticks(part)
    most = limits.ACTIONS if isinstance(part, Scale) else BUTTONS_OF_A_CHOICE
    if len(part.options) > most:
        return _actions([_menu(part, "static_select", CHOOSE)])
    buttons = [_button(o.label, wire.button(part.ref, o.value)) for o in part.options]
    return _actions(buttons)


def _ticks(part: Choices) -> list[Json]:
    done = _button(DONE, wire.button(part.ref, wire.PICKED), "primary")
    if len(part.options) > limits.BOXES:
        menu = _menu(part, "multi_static_select", CHOOSE_SOME)
        return [{**section(CHOOSE_SOME, limits.SECTION), "accessory": menu}, *_actions([done])]
    boxes = {
        "type": "checkboxes",
        "action_id": part.ref.wire(),
        "options": [menu_option(option) for option in part.options],
    }
    return _actions([boxes, done])


def _menu(part: Scale | Choices, kind: str, asking: str) -> Json:
    return {
        "type": kind,
        "action_id": part.ref.wire(),
        "placeholder": plain(asking, limits.PLACEHOLDER),
        "options": [menu_option(option) for option in part.options[: limits.OPTIONS]],
    }


def _question(text: str) -> Json:
    return rich(run(short(text or "–", limits.RICH_TEXT), "bold"))


def _asking(text: str, label: str, form: Form, longest: int) -> list[Json]:
    """A question whose answer is written in a window."""
    button = _button(label, wire.opening(form, longest))
    # Several such buttons are told apart by what they ask, also by those who do not see them.
    button["accessibility_label"] = short(f"{label}: {text}", limits.BUTTON_TEXT)
    return [_question(text), *_actions([button])]


def _button(label: str, value: str, style: str = "") -> Json:
    drawn = {"type": "button", "text": plain(label, limits.BUTTON_TEXT), "value": value}
    return {**drawn, "style": style} if style else drawn


def _actions(elements: Sequence[Json]) -> list[Json]:
    """Blocks of buttons; one whose value Slack would refuse is left out rather than all of them."""
    sound = [e for e in elements if len(e.get("value", "")) <= limits.BUTTON_VALUE]
    rows = [sound[i : i + limits.ACTIONS] for i in range(0, len(sound), limits.ACTIONS)]
    return [
        {
            "type": "actions",
            "elements": [{"action_id": str(i), **element} for i, element in enumerate(row)],
        }
        for row in rows
    ]


def _facts(rows: Sequence[tuple[str, str]]) -> list[Json]:
    blocks: list[Json] = []
    for at in range(0, len(rows), 10):
        pieces: list[Json] = []
        for label, value in rows[at : at + 10]:
            before = "\n" if pieces else ""
            pieces.append(run(f"{before}{short(label, 300)}", "bold"))
            pieces.append(run(f"  {short(value, 1_000)}"))
        blocks.append(rich(*pieces))
    return blocks


def _fine(text: str) -> Json:
    return {"type": "context", "elements": [plain(text, limits.CONTEXT)]}


def _named(blocks: list[Json]) -> list[Json]:
    """Each block's id tells its place and all that stands above it: a client keeps ticks by ids,
    and what is asked anew in other words must not come ticked."""
    named, told = [], hashlib.sha256()
    for number, block in enumerate(blocks):
        told.update(json.dumps(block, sort_keys=True).encode())
        named.append({**block, "block_id": f"{number}-{told.hexdigest()[:12]}"})
    return named


def _fits(blocks: list[Json]) -> bool:
    return len(blocks) <= limits.BLOCKS_OF_A_MESSAGE and size(blocks) <= limits.SIZE_OF_A_MESSAGE


def size(blocks: object) -> int:
    return len(json.dumps(blocks, ensure_ascii=False))


def _cut(blocks: list[Json]) -> list[Json]:
    if _fits(blocks):
        return blocks
    last = {**_fine(SHORTENED), "block_id": "shortened"}
    kept = blocks[: limits.BLOCKS_OF_A_MESSAGE - 1]
    while kept and size([*kept, last]) > limits.SIZE_OF_A_MESSAGE:
        kept = kept[:-1]
    return [*kept, last]
