"""Somebody with Slack open: what their client sends when they use what they see.

The payloads have the shape of those on docs.slack.dev/reference/interaction-payloads, of which one
of each kind is kept whole in `recorded/`; a test compares the two.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.contract.platform_suite import FILLED, TYPED

Json = dict[str, Any]

TEAM: Final = "T0COMPANY"
APP: Final = "A0ITPULSE"

_COUNT = itertools.count(1)


def trigger() -> str:
    """Each is good for one window."""
    return f"1337.{next(_COUNT)}.abc"


def envelope(kind: str, user: str, team: str = TEAM) -> Json:
    return {
        "type": kind,
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": team},
        "api_app_id": APP,
        "token": "verification-token",
        "team": {"id": team, "domain": "company"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": trigger(),
    }


def press(
    user: str,
    element: Json,
    block: Json,
    where: Json,
    state: Json | None = None,
    chosen: Json | None = None,
) -> Json:
    """One element of one block used; `where` is what `in_message`, `in_home`… say."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": f"1764000000.{next(_COUNT):06}",
    }
    if "text" in element:
        action["text"] = element["text"]
    if "value" in element:
        action["value"] = element["value"]
    if chosen is not None:
        action["selected_option"] = chosen
    told = {**envelope("block_actions", user), **where, "actions": [action]}
    return {**told, "state": {"values": state or {}}}


def in_message(channel: str, ts: str, respond_to: str, message: Json | None = None) -> Json:
    return {
        "container": {
            "type": "message",
            "message_ts": ts,
            "channel_id": channel,
            "is_ephemeral": False,
        },
        "channel": {"id": channel, "name": "directmessage"},
        "response_url": respond_to,
        "message": message or {},
    }


def in_ephemeral(channel: str, ts: str, respond_to: str) -> Json:
    """Slack does not say what such a message holds."""
    box = {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": True}
    return {"container": box, "channel": {"id": channel}, "response_url": respond_to}


def in_view(view: Json) -> Json:
    return {"container": {"type": "view", "view_id": view.get("id", "V1")}, "view": view}


def submission(user: str, view: Json, values: Mapping[str, Json]) -> Json:
    """A modal sent; `values` is block_id -> what stands in its element."""
    inputs = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    state = {
        block: {inputs[block]["action_id"]: {"type": inputs[block]["type"], **given}}
        for block, given in values.items()
    }
    sent = {**view, "id": view.get("id", "V1"), "hash": _hash(view), "state": {"values": state}}
    return {**envelope("view_submission", user), "view": sent, "response_urls": []}


def _hash(view: Json) -> str:
    """Another one as soon as another form stands in the window."""
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()[:8]


def written(view: Json, **texts: str) -> dict[str, Json]:
    """Words for the fields of a modal."""
    return {block: {"value": text} for block, text in texts.items()}


def filled_in(view: Json, somebody: str) -> dict[str, Json]:
    """Every field as the contract suite fills it in."""
    return {
        block["block_id"]: _filled(block["element"], somebody)
        for block in view["blocks"]
        if block["type"] == "input"
    }


def _filled(element: Json, somebody: str) -> Json:
    match element["type"]:
        case "plain_text_input":
            return {"value": TYPED if element["multiline"] else FILLED["text"]}
        case "number_input":
            return {"value": str(FILLED["number"])}
        case "datepicker":
            return {"selected_date": FILLED["date"]}
        case "timepicker":
            return {"selected_time": FILLED["time"]}
        case "users_select":
            return {"selected_user": somebody}
        case "radio_buttons" | "static_select":
            return {"selected_option": element["options"][0]}
        case "checkboxes" | "multi_static_select":
            return {"selected_options": element["options"]}
        case kind:
            raise AssertionError(f"nobody knows how to fill in {kind}")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every control with its block."""
    for block in blocks:
        held = block.get("elements", ()) if block["type"] == "actions" else ()
        for element in (*held, *([block["accessory"]] if "accessory" in block else ())):
            yield block, element


def every_use(user: str, blocks: list[Json], where: Json) -> Iterator[Json]:
    """What comes in when each control is used once; of ticks: none, each alone, all."""
    for block, element in elements(blocks):
        match element["type"]:
            case "static_select":
                for option in element["options"]:
                    yield press(user, element, block, where, chosen=option)
            case "checkboxes" | "multi_static_select":
                yield press(user, element, block, where)  # a tick, which says nothing yet
            case _:
                for ticked in _ticks(blocks, element):
                    yield press(user, element, block, where, state=ticked)


def _ticks(blocks: list[Json], button: Json) -> Iterator[Json]:
    """What may be ticked in the elements a button takes along."""
    beside = [
        (block, e)
        for block, e in elements(blocks)
        if e["type"] in ("checkboxes", "multi_static_select")
        and button.get("value", "").startswith(f"{e['action_id']}|")
        and "picked" in button["value"]
    ]
    if not beside:
        yield {}
        return
    block, boxes = beside[0]
    options = boxes["options"]
    for ticked in ([], *([option] for option in options), options):
        told = {"type": boxes["type"], "selected_options": ticked}
        yield {block["block_id"]: {boxes["action_id"]: told}}


def button(blocks: list[Json], label: str) -> tuple[Json, Json]:
    """The button of that label, with its block."""
    for block, element in elements(blocks):
        if element["type"] == "button" and element["text"]["text"] == label:
            return block, element
    raise AssertionError(f"there is no button {label!r}")
