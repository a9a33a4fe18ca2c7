"""Reply -> what an invoke is answered with. Pure.

The shapes are those of adaptiveCard/action (a card, or a sentence shown under it) and of dialogs
(a card that stays open, or a sentence that closes it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.teams.inbound import FETCH, SUBMIT
from adapters.teams.inputs import dialog
from adapters.teams.render import CONTENT_TYPE, attachment, draw
from adapters.teams.wire import Json
from bot.cards import Card, Form, Reply

SAYING: Final = "application/vnd.microsoft.activity.message"
TITLE_LONGEST: Final = 64
#: Said where something was done that shows elsewhere.
DONE: Final = "Done."


def to_execute(reply: Reply) -> Json:
    """A card in place of the one that was used, or what is wrong.

    A form that asks for more is only in this answer: what stands in it stays out of the chat.
    """
    card = Card(reply.open.title, (reply.open,)) if reply.open else reply.redraw
    if card:
        return {"statusCode": 200, "type": CONTENT_TYPE, "value": draw(card)}
    return {"statusCode": 200, "type": SAYING, "value": wrong(reply) or DONE}


def to_fetch(form: Form) -> Json:
    return _open(form, {})


def to_submit(reply: Reply, form: Form | None) -> Json:
    """`form` is the one that was sent, which stays open where something in it is wrong."""
    if reply.errors and form:
        return _open(form, {field: str(refusal) for field, refusal in reply.errors.items()})
    if reply.open:
        return _open(reply.open, {})
    return {"task": {"type": "message", "value": wrong(reply) or DONE}}


def wrong(reply: Reply) -> str:
    """Every sentence of what was refused; empty where nothing was."""
    refused = [reply.refusal] if reply.refusal else [*reply.errors.values()]
    return " ".join(dict.fromkeys(str(each) for each in refused))


def _open(form: Form, errors: dict[str, str]) -> Json:
    shown: Json = {
        "title": form.title[:TITLE_LONGEST],
        "height": "large" if len(form.fields) > 5 else "medium",
        "width": "medium",
        "card": attachment(dialog(form, errors)),
    }
    return {"task": {"type": "continue", "value": shown}}


def later(sentence: str, activity: Mapping[str, object]) -> Json:
    """Where the answer is not there yet."""
    if activity.get("name") in (FETCH, SUBMIT):
        return {"task": {"type": "message", "value": sentence}}
    return {"statusCode": 200, "type": SAYING, "value": sentence}
