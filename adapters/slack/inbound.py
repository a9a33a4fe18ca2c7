"""What Slack sends -> an Event, or a form to open. Pure: signatures were checked before."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from adapters.slack import wire
from adapters.slack.render import WORDS
from bot.cards import Form
from bot.errors import Refusal, UnknownControl
from bot.events import Address, Commanded, Event, Pressed, Submitted, Wrote
from bot.refs import Ref

PLATFORM: Final = "slack"
#: The shortcuts of the manifest.
GRUMBLE: Final = "grumble"
FEEDBACK: Final = "feedback"
#: Elements that say nothing by themselves: what is ticked counts when the button is pressed.
SILENT: Final = frozenset({"checkboxes", "multi_static_select"})

Payload = Mapping[str, Any]


class Malformed(Exception):
    """That is nothing Slack sends."""


class SomebodyElses(Refusal):
    """Only your own messages can be sent on. You can ask its author to do so."""

    reason = "somebody_elses"


def read(payload: Payload, at: datetime) -> Event | None:
    """What somebody did; None for what means nothing to the engine.

    Raises Malformed, or a Refusal, such as UnknownControl for a control we never drew.
    """
    kind = payload.get("type")
    if kind == "block_actions":
        return _pressed(payload, at)
    if kind == "view_submission":
        return _submitted(payload, at)
    if kind in ("shortcut", "message_action"):
        return _shortcut(payload, at)
    if kind == "event_callback":
        return _told(payload, at)
    if "command" in payload:
        words = _text(payload, "text").strip()
        return Commanded(_text(payload, "trigger_id"), who(payload), at, words)
    return None


def opens(payload: Payload) -> tuple[Form, int] | None:
    """The form that a press opens, and how many characters its words may have."""
    action = _action(payload)
    if action.get("type") != "button":
        return None
    return wire.form_of(*wire.read_button(action.get("value")))


def who(payload: Payload) -> Address:
    """Who did it; where they were is how they are reached if it was their chat with us."""
    user, team = payload.get("user"), payload.get("team")
    user_id = _text(user, "id") if isinstance(user, Mapping) else _text(payload, "user_id")
    home = user.get("team_id") if isinstance(user, Mapping) else None
    space = _text(team, "id") if isinstance(team, Mapping) else str(payload.get("team_id") or home)
    return Address(PLATFORM, space, user_id, reached(payload))


def reached(payload: Payload) -> str:
    """The conversation with us in which a message of ours was used; empty anywhere else.

    Words, shortcuts and what only its reader sees are also used where two people talk to each
    other, and Slack does not say which of all direct conversations it is.
    """
    box = payload.get("container") or {}
    found = "" if box.get("is_ephemeral") else box.get("channel_id")
    return found if isinstance(found, str) and found.startswith("D") else ""


def _pressed(payload: Payload, at: datetime) -> Pressed | None:
    action = _action(payload)
    kind = action.get("type")
    if kind in SILENT:
        return None
    id = _text(payload, "trigger_id") or str(action.get("action_ts") or "")
    if kind == "static_select":
        ref = Ref.read(action.get("action_id"))
        return Pressed(id, who(payload), at, ref, _option(action.get("selected_option")))
    ref, value = wire.read_button(action.get("value"))
    if value == wire.PICKED:
        value = _picked(payload, ref)
    elif isinstance(value, Mapping):
        raise UnknownControl
    return Pressed(id, who(payload), at, ref, value)


def _picked(payload: Payload, ref: Ref) -> list[Any]:
    """What is ticked in the element of this ref, beside the button."""
    state = payload.get("state") or (payload.get("view") or {}).get("state") or {}
    for block in (state.get("values") or {}).values():
        if ref.wire() in block:
            return [_option(o) for o in block[ref.wire()].get("selected_options") or ()]
    return []


def _submitted(payload: Payload, at: datetime) -> Submitted:
    view = payload.get("view")
    if not isinstance(view, Mapping) or not view.get("id"):
        raise Malformed
    ref = Ref.read(view.get("callback_id"))
    blocks = (view.get("state") or {}).get("values") or {}
    values = {
        field: _given(kind, element)
        for field, block in blocks.items()
        for kind, element in block.items()
    }
    if set(values) == {WORDS} and values[WORDS] is None:
        values[WORDS] = ""
    # A window that stayed open because we were too slow is sent again under another trigger.
    id = f"{view.get('id')}|{view.get('hash')}|{ref.wire()}"
    return Submitted(id, who(payload), at, ref, values)


def _given(kind: str, element: Payload) -> Any:
    """A field's value, None where it was left empty; `kind` is the field's own."""
    if kind in ("choice", "yes_no"):
        chosen = element.get("selected_option")
        return None if chosen is None else _option(chosen)
    if kind == "choices":
        return [_option(option) for option in element.get("selected_options") or ()]
    if kind == "number":
        return _number(element.get("value"))
    name = {"date": "selected_date", "time": "selected_time", "person": "selected_user"}
    return element.get(name.get(kind, "value"))


def _number(told: object) -> Any:
    """Slack sends numbers as text; what is none is left for the engine to refuse."""
    if not isinstance(told, str) or not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", told, re.ASCII):
        return told
    return float(told) if "." in told else int(told)


def _option(option: object) -> Any:
    if not isinstance(option, Mapping):
        raise UnknownControl
    return wire.read_option(option.get("value"))


def _shortcut(payload: Payload, at: datetime) -> Commanded | None:
    id, by = _text(payload, "trigger_id"), who(payload)
    if payload.get("callback_id") == GRUMBLE:
        return Commanded(id, by, at, "grumble")
    if payload.get("callback_id") != FEEDBACK:
        return None
    message = payload.get("message")
    if not isinstance(message, Mapping) or message.get("user") != by.user:
        raise SomebodyElses
    return Commanded(id, by, at, f"grumble {readable(str(message.get('text') or ''))}")


def _told(payload: Payload, at: datetime) -> Wrote | None:
    """A message typed to us; what bots say and what was edited is nobody's word to us."""
    event = payload.get("event")
    if not isinstance(event, Mapping) or event.get("type") != "message":
        return None
    typed = event.get("channel_type") == "im" and not event.get("bot_id")
    if not typed or event.get("subtype") not in (None, "file_share") or not event.get("user"):
        return None
    space = _text(payload, "team_id")
    by = Address(PLATFORM, space, _text(event, "user"), _text(event, "channel"))
    return Wrote(_text(payload, "event_id"), by, at, readable(str(event.get("text") or "")))


def readable(text: str) -> str:
    """Slack's marks as their author saw them: `<https://a.b|label>` is label, `&amp;` is &."""
    shown = re.sub(r"<(?:[^<>|]*\|)?([^<>|]*)>", lambda found: found.group(1), text)
    return html.unescape(shown)


def _action(payload: Payload) -> Payload:
    actions = payload.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], Mapping):
        raise Malformed
    return actions[0]


def _text(payload: Payload, name: str) -> str:
    found = payload.get(name)
    if found is not None and not isinstance(found, str):
        raise Malformed
    return found or ""
