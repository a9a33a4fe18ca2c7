"""What a control carries: `ref|value` in a button, the value alone in an option.

A value is JSON with `&`, `<` and `>` escaped, because Slack hands texts back as HTML here and there
and as they were elsewhere. Two objects are instructions to ourselves: `{"picked": true}` takes what
is ticked beside the button, `{"form": …}` opens a form.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from adapters.slack import limits
from bot.cards import Field, Form, Option
from bot.errors import UnknownControl
from bot.refs import Ref

PICKED: Final = {"picked": True}
#: Bytes; a form of ten fields with their options is far below, and nobody else's archive unpacks
#: into more.
LARGEST_FORM: Final = 100_000


def option(value: object) -> str:
    """What an option of a menu carries."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return told.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def button(ref: Ref, value: object) -> str:
    return f"{ref.wire()}|{option(value)}"


def opening(form: Form, longest: int) -> str:
    """What a button carries that opens a form; hints go first where it is too long."""
    told = button(form.ref, {"form": _pack(form, longest)})
    if len(told) <= limits.BUTTON_VALUE:
        return told
    return button(form.ref, {"form": _pack(_without_hints(form), longest)})


def read_button(told: object) -> tuple[Ref, Any]:
    """Raises UnknownControl for anything we did not write."""
    if not isinstance(told, str) or told.count("|") < 3:
        raise UnknownControl
    *wire, value = told.split("|", 3)
    return Ref.read("|".join(wire)), read_option(value)


def read_option(told: object) -> Any:
    try:
        return json.loads(told) if isinstance(told, str) else _unknown()
    except (ValueError, RecursionError):
        raise UnknownControl from None


def form_of(ref: Ref, value: object) -> tuple[Form, int] | None:
    """The form a button opens, and how long its words may be; None where it opens none."""
    if not isinstance(value, Mapping) or "form" not in value:
        return None
    try:
        packed = base64.urlsafe_b64decode(value["form"])
        told = zlib.decompressobj().decompress(packed, LARGEST_FORM)
        title, send, longest, fields = json.loads(told)
        return Form(ref, title, tuple(_field(**field) for field in fields), send), longest
    except (ValueError, TypeError, KeyError, zlib.error):
        raise UnknownControl from None


def _unknown() -> Any:
    raise UnknownControl


def _pack(form: Form, longest: int) -> str:
    fields = [_told(field) for field in form.fields]
    told = json.dumps([form.title, form.send, longest, fields], separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(told.encode(), 9)).decode()


def _told(field: Field) -> dict[str, Any]:
    """What differs from an empty field."""
    plain = asdict(Field(field.id, field.kind, field.label))
    told = {name: value for name, value in asdict(field).items() if value != plain[name]}
    return {"id": field.id, "kind": field.kind, "label": field.label, **told}


def _field(**told: Any) -> Field:
    options = tuple(Option(**each) for each in told.pop("options", ()))
    value = told.pop("value", None)
    value = tuple(value) if isinstance(value, list) else value
    return Field(**told, options=options, value=value)


def _without_hints(form: Form) -> Form:
    return replace(form, fields=tuple(replace(field, hint="") for field in form.fields))
