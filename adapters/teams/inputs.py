"""Inputs of an Adaptive Card: choices, words, and forms on the card or in a dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.teams import wire
from adapters.teams.wire import Json
from bot.cards import Field, Form, Option

#: The verb of every Action.Execute of ours; Teams hands it back.
VERB: Final = "itpulse"
#: Characters that a field of words takes; ours may be shorter.
LONGEST_INPUT: Final = 4_000
#: More options than these are folded into a list that opens.
LONGEST_LIST: Final = 7
#: Characters of a label or a title. A phone shows about forty in a line.
LONGEST_LABEL: Final = 300
#: Who can be picked in a field of kind person: everybody in the tenant's directory.
EVERYBODY: Final = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def label(text: str) -> str:
    return shortened(text, LONGEST_LABEL)


def execute(title: str, data: Json, with_inputs: bool = False) -> Json:
    """A button: Action.Execute, and for clients that do not know it Action.Submit.

    Without inputs nothing but the button's own data travels, so that words being written on the
    same card stay there.
    """
    said: Json = {"title": label(title), "data": data}
    if not with_inputs:
        said["associatedInputs"] = "none"
    submit = {"type": "Action.Submit", **said}
    return {"type": "Action.Execute", "verb": VERB, **said, "fallback": submit}


def actions(*buttons: Json) -> Json:
    return {"type": "ActionSet", "actions": list(buttons)}


def choice_set(id: str, title: str, options: Sequence[Option], many: bool = False) -> Json:
    choices = [{"title": label(o.label), "value": str(n)} for n, o in enumerate(options)]
    drawn: Json = {"type": "Input.ChoiceSet", "id": id, "label": label(title), "choices": choices}
    if many:
        drawn["isMultiSelect"] = True
    drawn["style"] = "expanded" if many or len(options) <= LONGEST_LIST else "compact"
    return drawn | {"wrap": True}


def inputs(
    group: str,
    fields: Sequence[Field],
    required: bool,
    longest: int = LONGEST_INPUT,
    wrong: Mapping[str, str] | None = None,
) -> list[Json]:
    """One input a field; `required` lets the client see to it that nothing needed is left empty,
    which holds up every button of a card, and `wrong` is what was wrong about a field."""
    drawn: list[Json] = []
    for position, field in enumerate(fields):
        one = _input(field, wire.input_id(group, position), longest)
        if required and field.required and field.kind != "choices":
            one |= {"isRequired": True, "errorMessage": "Please fill this in."}
        drawn.append(one)
        if said := (wrong or {}).get(field.id):
            drawn.append(_note(said, color="Attention"))
        elif field.hint:
            drawn.append(_note(field.hint, isSubtle=True))
    return drawn


def dialog(form: Form, wrong: Mapping[str, str] | None = None) -> Json:
    """The card that stands in a dialog; sent by Action.Submit, as dialogs ask for."""
    data = wire.whole(form, "1")
    send = {"type": "Action.Submit", "title": label(form.send), "data": data}
    fields = inputs("1", form.fields, required=True, wrong=wrong)
    unplaced = [said for id, said in (wrong or {}).items() if id not in {f.id for f in form.fields}]
    body = [*(_note(said, color="Attention") for said in unplaced), *fields]
    return {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": [send]}


def opener(form: Form) -> Json:
    """A button that opens the form in a dialog."""
    data = {"msteams": {"type": "task/fetch"}, **wire.whole(form, "1")}
    return {"type": "Action.Submit", "title": label(form.title), "data": data}


def _note(text: str, **style: object) -> Json:
    run = {"type": "TextRun", "text": text, "size": "Small", **style}
    return {"type": "RichTextBlock", "inlines": [run], "spacing": "None"}


def _input(field: Field, id: str, longest: int) -> Json:
    common: Json = {"id": id, "label": label(field.label)}
    match field.kind:
        case "choice" | "choices" | "yes_no":
            return _choices(field, id)
        case "person":
            picker = {"style": "compact", "choices": [], "choices.data": EVERYBODY}
            return {"type": "Input.ChoiceSet", **common, **picker}
        case "date" | "time" | "number":
            given = {} if field.value is None else {"value": field.value}
            return {"type": f"Input.{field.kind.title()}", **common, **given}
        case "text" | "long_text":
            given = {} if field.value is None else {"value": field.value}
            lines = {"isMultiline": True} if field.kind == "long_text" else {}
            return {"type": "Input.Text", **common, "maxLength": longest, **lines, **given}


def _choices(field: Field, id: str) -> Json:
    options = wire.options_of(field)
    drawn = choice_set(id, field.label, options, many=field.kind == "choices")
    given = field.value if isinstance(field.value, tuple) else (field.value,)
    # 1 and True are equal in Python, and are two different answers.
    chosen = [
        str(n)
        for n, option in enumerate(options)
        if any(type(v) is type(option.value) and v == option.value for v in given)
    ]
    return drawn | ({"value": ",".join(chosen)} if chosen else {})
