"""What Slack's servers refuse: their limits on their own page each, and the SDK's models.

Written beside the product's own table and not from it, so that one can find a slip in the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]

MESSAGE: Final = "message"
MODAL: Final = "modal"
HOME: Final = "home"

MOST_BLOCKS: Final = {MESSAGE: 50, MODAL: 100, HOME: 100}
#: Types by surface; what stands in none is unknown.
SURFACES: Final = {
    "actions": {MESSAGE, MODAL, HOME},
    "context": {MESSAGE, MODAL, HOME},
    "data_visualization": {MESSAGE},
    "divider": {MESSAGE, MODAL, HOME},
    "header": {MESSAGE, MODAL, HOME},
    "image": {MESSAGE, MODAL, HOME},
    "input": {MESSAGE, MODAL, HOME},
    "rich_text": {MESSAGE, MODAL, HOME},
    "section": {MESSAGE, MODAL, HOME},
}
#: Which elements a block may hold.
HELD: Final = {
    "actions": {"button", "checkboxes", "radio_buttons", "static_select", "datepicker"},
    "section": {"button", "checkboxes", "multi_static_select", "radio_buttons", "static_select"},
    "input": {
        "checkboxes",
        "datepicker",
        "multi_static_select",
        "number_input",
        "plain_text_input",
        "radio_buttons",
        "static_select",
        "timepicker",
        "users_select",
    },
}
#: The SDK knows these in no version yet.
UNMODELLED: Final = frozenset({"data_visualization"})


def faults(blocks: object, surface: str = MESSAGE) -> list[str]:
    """What Slack would say; nothing where it takes the blocks."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks are a list of objects"]
    found = list(_whole(blocks, surface))
    for number, block in enumerate(blocks):
        found += [f"{number}: {fault}" for fault in _block(block, surface)]
    return found


def view_faults(view: Json) -> list[str]:
    """A modal or an App Home."""
    surface = str(view.get("type"))
    if surface not in (MODAL, HOME):
        return [f"type {surface}"]
    found = faults(view.get("blocks"), surface)
    if len(json.dumps(view)) > 250_000:
        found.append("view_too_large")
    if surface == MODAL:
        texts = [("title", 24), ("submit", 24), ("close", 24)]
        found += [f for name, most in texts if name in view for f in _text(view[name], most, name)]
        for name, most in (("callback_id", 255), ("private_metadata", 3000)):
            found += [name] if len(view.get(name, "")) > most else []
        has_input = any(block["type"] == "input" for block in view["blocks"])
        found += ["submit is wanted with inputs"] if has_input and "submit" not in view else []
    return [*found, *_models(lambda: View(**view).validate_json())]


def _whole(blocks: list[Json], surface: str) -> Iterator[str]:
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks"
    if surface == MESSAGE and len(json.dumps(blocks, ensure_ascii=False)) > 13_200:
        yield "msg_blocks_too_long"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) != len(ids):
        yield "block_id twice"
    if sum(block.get("type") == "data_visualization" for block in blocks) > 2:
        yield "three charts"


def _block(block: Json, surface: str) -> Iterator[str]:
    kind = str(block.get("type"))
    if surface not in SURFACES.get(kind, ()):
        yield f"{kind} in a {surface}"
        return
    if len(block.get("block_id", "")) > 255:
        yield "block_id"
    yield from BLOCKS[kind](block)
    if kind not in UNMODELLED:
        yield from _models(lambda: _parsed(block))


def _parsed(block: Json) -> None:
    found = Block.parse(block)
    assert found is not None, "no model"
    found.validate_json()
    for element in (*getattr(found, "elements", ()), getattr(found, "accessory", None),
                    getattr(found, "element", None)):  # fmt: skip
        if hasattr(element, "validate_json"):
            element.validate_json()


def _models(validate: Callable[[], object]) -> Iterator[str]:
    try:
        validate()
    except (SlackObjectFormationError, AssertionError) as error:
        yield f"the SDK says {error}"


def _text(
    text: object, most: int, name: str, kinds: tuple[str, ...] = ("plain_text",)
) -> list[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        return [f"{name} is no text of its kind"]
    length = len(text.get("text") or "")
    return [] if 0 < length <= most else [f"{name} has {length} characters"]


def _header(block: Json) -> Iterator[str]:
    yield from _text(block.get("text"), 150, "header")


def _section(block: Json) -> Iterator[str]:
    yield from _text(block.get("text"), 3000, "section", ("plain_text", "mrkdwn"))
    if accessory := block.get("accessory"):
        yield from _element(accessory, "section")


def _context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield "context elements"
    for text in block["elements"]:
        yield from _text(text, 2000, "context", ("plain_text", "mrkdwn"))


def _actions(block: Json) -> Iterator[str]:
    elements = block["elements"]
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements"
    ids = [element.get("action_id") for element in elements]
    if len(set(ids)) != len(ids):
        yield "action_id twice"
    for element in elements:
        yield from _element(element, "actions")


def _input(block: Json) -> Iterator[str]:
    yield from _text(block.get("label"), 2000, "label")
    if "hint" in block:
        yield from _text(block["hint"], 2000, "hint")
    yield from _element(block["element"], "input")


def _rich(block: Json) -> Iterator[str]:
    for part in block["elements"]:
        if not part["elements"]:
            yield "an empty piece of rich text"
        length = sum(len(piece["text"]) for piece in part["elements"])
        if length > 12_000 or not all(piece["text"] for piece in part["elements"]):
            yield f"rich text of {length} characters, or an empty run"


def _chart(block: Json) -> Iterator[str]:
    if not 0 < len(block["title"]) <= 50:
        yield "chart title"
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    if not 1 <= len(categories) <= 20 or any(len(label) > 20 for label in categories):
        yield "categories"
    names = [series["name"] for series in chart["series"]]
    if not 1 <= len(names) <= 6 or len(set(names)) != len(names):
        yield "series"
    for series in chart["series"]:
        if [point["label"] for point in series["data"]] != categories or len(series["name"]) > 20:
            yield "points"
        if not all(isinstance(point["value"], int | float) for point in series["data"]):
            yield "values"


def _image(block: Json) -> Iterator[str]:
    if not 0 < len(block.get("alt_text") or "") <= 2000:
        yield "alt_text"
    if not block["image_url"].startswith("https://") or len(block["image_url"]) > 3000:
        yield "image_url"


def _element(element: Json, block: str) -> Iterator[str]:
    kind = str(element.get("type"))
    if kind not in HELD[block]:
        yield f"{kind} in {block}"
        return
    if not 0 < len(element.get("action_id", "")) <= 255:
        yield "action_id"
    if kind == "button":
        yield from _text(element.get("text"), 75, "button")
        if len(element.get("value", "")) > 2000 or len(element.get("accessibility_label", "")) > 75:
            yield "a button's value or label"
    if "options" in element:
        yield from _options(element, 10 if kind in ("checkboxes", "radio_buttons") else 100)
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "placeholder")


def _options(element: Json, most: int) -> Iterator[str]:
    options = element["options"]
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from _text(option.get("text"), 75, "option", ("plain_text", "mrkdwn"))
        if not 0 < len(option.get("value", "")) <= 150:
            yield "an option's value"
    chosen = [*element.get("initial_options", ())]
    chosen += [element["initial_option"]] if "initial_option" in element else []
    if any(one not in options for one in chosen):
        yield "what is chosen is no option"


BLOCKS: Final[dict[str, Callable[[Json], Iterator[str]]]] = {
    "actions": _actions,
    "context": _context,
    "data_visualization": _chart,
    "divider": lambda _block: iter(()),
    "header": _header,
    "image": _image,
    "input": _input,
    "rich_text": _rich,
    "section": _section,
}
