"""Plays the Teams client: what it posts when somebody uses a control of a card."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from adapters.teams import answers, inbound
from tests.contract.platform_suite import FILLED, TYPED

Json = dict[str, Any]

SERVICE: Final = "https://smba.trafficmanager.net/emea/"
TENANT: Final = "tenant-1"
BOT: Final = "28:11111111-2222-3333-4444-555555555555"
AT: Final = "2026-11-24T09:00:00.1234567Z"
IDS: Final = count(1)


def activity(kind: str, user: str = "29:mia", service: str = SERVICE, **more: Any) -> Json:
    """One of somebody's own chat with us."""
    return {
        "type": kind,
        "id": f"1:{next(IDS)}",
        "timestamp": AT,
        "channelId": "msteams",
        "serviceUrl": service,
        "from": {"id": user, "name": "Mia Bauer", "aadObjectId": f"aad-{user}"},
        "conversation": {"id": f"a:{user}", "conversationType": "personal", "tenantId": TENANT},
        "recipient": {"id": BOT, "name": "ITPulse"},
        "channelData": {"tenant": {"id": TENANT}},
        **more,
    }


def typed(text: str, **more: Any) -> Json:
    zone = {"localTimezone": "Europe/Berlin", "locale": "de-DE"}
    return activity("message", text=text, textFormat="plain", **{**zone, **more})


def invoke(name: str, value: Json, **more: Any) -> Json:
    return activity("invoke", name=name, value=value, **more)


def executed(action: Json, filled: Json, **more: Any) -> Json:
    """The button is pressed, with what stands in the inputs it takes along."""
    told = {"type": "Action.Execute", "verb": action["verb"], "data": _taken(action, filled)}
    return invoke(inbound.EXECUTE, {"action": told, "trigger": "manual"}, **more)


def submitted(action: Json, filled: Json, **more: Any) -> Json:
    """The same by a client that does not know Action.Execute."""
    return activity("message", value=_taken(action["fallback"], filled), **more)


def fetched(action: Json, **more: Any) -> Json:
    assert action["data"]["msteams"] == {"type": "task/fetch"}
    return invoke(inbound.FETCH, {"data": {**action["data"], "type": "task/fetch"}}, **more)


def sent(card: Json, filled: Json, **more: Any) -> Json:
    """A dialog is sent."""
    [action] = card["actions"]
    return invoke(inbound.SUBMIT, {"data": {**action["data"], **filled}}, **more)


def _taken(action: Json, filled: Json) -> Json:
    return {**action["data"], **({} if action.get("associatedInputs") == "none" else filled)}


def elements(drawn: object) -> Iterator[Json]:
    """Every object within what was drawn, fallbacks left out: a client shows one or the other."""
    if isinstance(drawn, dict):
        if "type" in drawn:
            yield drawn
        for name, inner in drawn.items():
            if name not in ("fallback", "data"):
                yield from elements(inner)
    elif isinstance(drawn, list):
        for inner in drawn:
            yield from elements(inner)


def actions(drawn: Json) -> list[Json]:
    return [e for e in elements(drawn) if str(e["type"]).startswith("Action.")]


def button(drawn: Json, title: str) -> Json:
    return next(action for action in actions(drawn) if action["title"] == title)


def inputs(drawn: Json) -> list[Json]:
    return [e for e in elements(drawn) if str(e["type"]).startswith("Input.")]


def seen(drawn: Json) -> str:
    """What a person can read, a line each."""
    return "\n".join(
        told
        for element in elements(drawn)
        for name in ("text", "title", "label", "value")
        if isinstance(told := element.get(name), str)
    ) + "\n".join(
        told for element in [*_plain(drawn)] for told in element.values() if isinstance(told, str)
    )


def uses(drawn: Json) -> Iterator[tuple[Json, Json]]:
    """Every action with what may stand in the inputs that belong to it."""
    for action in actions(drawn):
        told = action["data"]["itpulse"]
        mine = [i for i in inputs(drawn) if i["id"].split(".")[1] == told.get("of")]
        if "pick" in told:
            places = [str(place) for place in range(len(told["pick"]))]
            every = ["", *places, ",".join(places)] if told["many"] else places
            yield from ((action, {mine[0]["id"]: chosen}) for chosen in every)
        else:
            yield action, filled_in(mine)


def filled_in(fields: list[Json]) -> Json:
    return {field["id"]: _typed_into(field) for field in fields}


def dialog_of(action: Json) -> Json:
    """The card that stands in the dialog which a button opens."""
    doing = inbound.read(fetched(action))
    assert isinstance(doing, inbound.Opening)
    card: Json = answers.to_fetch(doing.form)["task"]["value"]["card"]["content"]
    return card


def payloads(drawn: Json) -> Iterator[Json]:
    for action, filled in uses(drawn):
        if action["type"] == "Action.Execute":
            yield executed(action, filled)
        else:
            card = dialog_of(action)
            yield sent(card, filled_in(inputs(card)))


def _plain(drawn: Json) -> Iterator[Json]:
    """Facts and choices have no type of their own."""
    for element in elements(drawn):
        yield from element.get("facts", ())
        yield from element.get("choices", ())
    yield {"": drawn.get("fallbackText", "")}


def _typed_into(field: Json) -> object:
    match field["type"], field.get("choices") or []:
        case "Input.ChoiceSet", []:
            return "29:somebody"
        case "Input.ChoiceSet", choices:
            values = [choice["value"] for choice in choices]
            return ",".join(values) if field.get("isMultiSelect") else values[0]
        case "Input.Text", _:
            return TYPED if field.get("isMultiline") else FILLED["text"]
        case kind, _:
            return str(FILLED[str(kind).removeprefix("Input.").lower()])
