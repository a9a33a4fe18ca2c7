"""Modals and the App Home: a form to fill in, or cards to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, assert_never

from adapters.slack import limits
from adapters.slack.figures import TEXT, Look
from adapters.slack.limits import short
from adapters.slack.render import draw_parts, menu_option, size
from adapters.slack.stands import Stand
from adapters.slack.texts import Json, plain, section
from bot.cards import Card, Field, Form, Option, Part, Prose

NAME: Final = "ITPulse"
CLOSE: Final = "Close"
CANCEL: Final = "Cancel"
PICK: Final = "Please choose"
YES_NO: Final = (Option(True, "Yes"), Option(False, "No"))


def form_view(form: Form, stand: Stand, longest: int = limits.TYPED) -> Json:
    """A modal to fill in; `stand` is where its answer is shown afterwards."""
    inputs = [_input(field, longest) for field in form.fields]
    fits = len(form.title) <= limits.VIEW_TITLE
    alone = [field.label for field in form.fields] == [form.title]
    blocks = inputs if fits or alone else [section(form.title, limits.SECTION), *inputs]
    return {
        "type": "modal",
        "callback_id": form.ref.wire(),
        "private_metadata": stand.wire(),
        "title": plain(form.title if fits else NAME, limits.VIEW_TITLE),
        "submit": plain(form.send, limits.VIEW_BUTTON),
        "close": plain(CANCEL, limits.VIEW_BUTTON),
        "blocks": blocks,
    }


def card_view(cards: Sequence[Card]) -> Json:
    """A modal that shows cards; what is pressed in it is answered in it."""
    return {
        "type": "modal",
        "callback_id": "cards",
        "title": plain(NAME, limits.VIEW_TITLE),
        "close": plain(CLOSE, limits.VIEW_BUTTON),
        "blocks": _within(_stacked(cards)),
    }


def sentence_view(sentence: str) -> Json:
    return card_view([Card(sentence, (Prose(sentence),))])


def home_view(cards: Sequence[Card], look: Look = TEXT) -> Json:
    """Slack's own charts stand in messages only."""
    return {"type": "home", "blocks": _within(_stacked(cards, Look(picture=look.picture)))}


def _stacked(cards: Sequence[Card], look: Look = TEXT) -> list[Json]:
    # Drawn together: every block of a view needs an id of its own.
    parts: list[Part | None] = []
    for card in cards:
        parts += [*([None] if parts else []), *card.parts]
    return _with_lines(parts, look)


def _with_lines(parts: Iterable[Part | None], look: Look) -> list[Json]:
    blocks: list[Json] = []
    for number, part in enumerate(parts):
        drawn = [{"type": "divider"}] if part is None else draw_parts([part], look)
        blocks += [{**b, "block_id": f"{number}-{b.get('block_id', '')}"} for b in drawn]
    return blocks


def _within(blocks: list[Json]) -> list[Json]:
    kept = blocks[: limits.BLOCKS_OF_A_VIEW]
    while kept and size(kept) > limits.SIZE_OF_A_VIEW:
        kept = kept[:-1]
    return kept or [section(NAME, limits.SECTION)]


def _input(field: Field, longest: int) -> Json:
    drawn: Json = {
        "type": "input",
        "block_id": field.id,
        "label": plain(field.label, limits.INPUT_LABEL),
        "element": {**_element(field, longest), "action_id": field.kind},
        "optional": not field.required,
    }
    return {**drawn, "hint": plain(field.hint, limits.INPUT_HINT)} if field.hint else drawn


def _element(field: Field, longest: int) -> Json:  # noqa: C901  # one arm a kind
    match field.kind:
        case "text" | "long_text":
            lines = field.kind == "long_text"
            typed: Json = {"type": "plain_text_input", "multiline": lines}
            typed["max_length"] = min(longest, limits.TYPED)
            return _standing(typed, "initial_value", _words(field.value, longest))
        case "number":
            number: Json = {"type": "number_input", "is_decimal_allowed": True}
            return _standing(number, "initial_value", _words(field.value, longest))
        case "date":
            return _standing({"type": "datepicker"}, "initial_date", field.value)
        case "time":
            return _standing({"type": "timepicker"}, "initial_time", field.value)
        case "person":
            return _standing({"type": "users_select"}, "initial_user", field.value)
        case "choice":
            return _one_of(field, field.options)
        case "yes_no":
            return _one_of(field, YES_NO)
        case "choices":
            return _some_of(field)
        case _:
            assert_never(field.kind)


def _standing(element: Json, name: str, value: Any) -> Json:
    """The element with what stands in it when it opens."""
    return element if value in (None, "") else {**element, name: value}


def _words(value: object, longest: int) -> str | None:
    return None if value is None else short(str(value), longest)


def _one_of(field: Field, options: Sequence[Option]) -> Json:
    few = len(options) <= limits.BOXES
    element: Json = {"type": "radio_buttons" if few else "static_select"}
    if not few:
        element["placeholder"] = plain(PICK, limits.PLACEHOLDER)
    element["options"] = [menu_option(option) for option in options[: limits.OPTIONS]]
    chosen = [o for o in options[: limits.OPTIONS] if field.value is not None and _is(o, field)]
    return {**element, "initial_option": menu_option(chosen[0])} if chosen else element


def _is(option: Option, field: Field) -> bool:
    # 1 and True are equal in Python and two answers here.
    return type(option.value) is type(field.value) and option.value == field.value


def _some_of(field: Field) -> Json:
    few = len(field.options) <= limits.BOXES
    element: Json = {"type": "checkboxes" if few else "multi_static_select"}
    if not few:
        element["placeholder"] = plain(PICK, limits.PLACEHOLDER)
    options = field.options[: limits.OPTIONS]
    element["options"] = [menu_option(option) for option in options]
    ticked = field.value if isinstance(field.value, tuple) else ()
    chosen = [menu_option(option) for option in options if option.value in ticked]
    return {**element, "initial_options": chosen} if chosen else element
