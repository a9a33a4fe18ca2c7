"""What our controls carry through Teams and back: written by `render`, read by `inbound`.

An action's data is `{"itpulse": {…}}`; the values of inputs come merged beside it, under the ids
they were drawn with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.cards import Field, FieldKind, Form, FreeText, Option, Value
from bot.errors import UnknownControl
from bot.refs import Ref

Json = dict[str, Any]

KEY: Final = "itpulse"
#: The id of the one field of a FreeText.
TEXT: Final = "text"
YES_NO: Final = (Option(True, "Yes"), Option(False, "No"))


@dataclass(frozen=True, slots=True)
class Press:
    ref: Ref
    value: object


@dataclass(frozen=True, slots=True)
class Submission:
    ref: Ref
    values: Mapping[str, object]
    #: What was filled in, with what was filled in; None where it did not stand in a dialog.
    form: Form | None = None


def press(ref: Ref, value: Value) -> Json:
    return {KEY: {"ref": ref.wire()} | ({} if value is None else {"value": value})}


def pick(ref: Ref, group: str, options: Sequence[Option], many: bool) -> Json:
    """Choices come back by their position: a value may hold the comma that Teams joins them by."""
    values = [option.value for option in options]
    return {KEY: {"ref": ref.wire(), "of": group, "pick": values, "many": many}}


def ask(ref: Ref, group: str, fields: Sequence[Field]) -> Json:
    """How the inputs of a form are to be read: id, kind, and the values of options."""
    asked = [[field.id, field.kind, [o.value for o in options_of(field)]] for field in fields]
    return {KEY: {"ref": ref.wire(), "of": group, "ask": asked}}


def whole(form: Form, group: str) -> Json:
    """A form with all it says: from this a dialog is drawn, and drawn again where something in it
    was wrong, so that nothing need be remembered in between."""
    fields = [_told(field) for field in form.fields]
    return {KEY: {"ref": form.ref.wire(), "of": group, "form": [form.title, form.send, fields]}}


def _told(field: Field) -> list[object]:
    options = [[option.value, option.label] for option in field.options]
    return [field.id, field.kind, field.label, field.required, options, field.value, field.hint]


def input_id(group: str, position: int) -> str:
    return f"{KEY}.{group}.{position}"


def options_of(field: Field) -> tuple[Option, ...]:
    return YES_NO if field.kind == "yes_no" else field.options


def free_text(part: FreeText) -> Field:
    return Field(TEXT, "long_text", part.text)


def is_ours(data: object) -> bool:
    return isinstance(data, dict) and KEY in data


def read(data: Mapping[str, object]) -> Press | Submission:
    """What a control meant; raises UnknownControl for anything we did not write."""
    told = data.get(KEY)
    if not isinstance(told, dict):
        raise UnknownControl
    ref = Ref.read(told.get("ref"))
    try:
        group = str(told.get("of", ""))
        if "form" in told:
            return _submission(data, group, _form(ref, *told["form"]))
        if "pick" in told:
            return Press(ref, _picked(data.get(input_id(group, 0)), told["pick"], told["many"]))
        if "ask" in told:
            return Submission(ref, _values(data, group, told["ask"]))
    except (TypeError, ValueError, LookupError):
        raise UnknownControl from None
    return Press(ref, told.get("value"))


def _submission(data: Mapping[str, object], group: str, form: Form) -> Submission:
    asked = [[f.id, f.kind, [o.value for o in options_of(f)]] for f in form.fields]
    values = _values(data, group, asked)
    filled = tuple(_filled(field, values[field.id]) for field in form.fields)
    return Submission(form.ref, values, replace(form, fields=filled))


def _filled(field: Field, given: Any) -> Field:
    if given in (None, "", []):
        return field
    return replace(field, value=tuple(given) if isinstance(given, list) else given)


def _form(ref: Ref, title: str, send: str, fields: list[Any]) -> Form:
    return Form(ref, str(title), tuple(_field(*field) for field in fields), str(send))


def _field(
    id: str, kind: FieldKind, label: str, required: bool, options: list[Any], value: Any, hint: str
) -> Field:
    if kind not in _READERS:
        raise ValueError
    offered = tuple(Option(each, str(told)) for each, told in options)
    given = tuple(value) if isinstance(value, list) else value
    return Field(str(id), kind, str(label), bool(required), offered, given, str(hint))


def _values(data: Mapping[str, object], group: str, asked: list[Any]) -> dict[str, object]:
    values: dict[str, object] = {}
    for position, (id, kind, options) in enumerate(asked):
        values[str(id)] = _READERS[kind](data.get(input_id(group, position)), options)
    return values


def _picked(given: object, options: list[Value], many: bool) -> object:
    return _many(given, options) if many else _one(given, options)


def _one(given: object, options: list[Value]) -> object:
    return None if given in (None, "") else options[_position(given, options)]


def _many(given: object, options: list[Value]) -> object:
    # None of many is an answer; Teams leaves such an input out or sends it empty.
    chosen = given.split(",") if isinstance(given, str) and given else []
    return [options[_position(each, options)] for each in chosen]


def _position(given: object, options: Sequence[object]) -> int:
    number = int(str(given))
    if not 0 <= number < len(options):
        raise ValueError
    return number


def _words(given: object, _options: list[Value]) -> object:
    return "" if given is None else given


def _plain(given: object, _options: list[Value]) -> object:
    return None if given in (None, "") else given


def _number(given: object, _options: list[Value]) -> object:
    """Teams sends a number as text or as a number; what is neither is for the engine to refuse."""
    if given in (None, ""):
        return None
    try:
        number = json.loads(str(given), parse_constant=str)
    except ValueError:
        return given
    whole = isinstance(number, float) and number.is_integer()
    return int(number) if whole else number


_READERS: Final = {
    "text": _words,
    "long_text": _words,
    "choice": _one,
    "choices": _many,
    "date": _plain,
    "time": _plain,
    "person": _plain,
    "number": _number,
    "yes_no": _one,
}
