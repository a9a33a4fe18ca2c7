"""The checks of files, as what they find is said at the field of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.files.pulse_text import write_pulse
from bot.domain.files.pulse_toml import read_pulse
from bot.domain.pulse import Pulse
from bot.errors import Fault
from bot.forms.step import Wrong

#: How a fault begins that goes on about the value.
_ABOUT_IT: Final = re.compile(r"(is|are|holds|hold|must|cannot|names|has) ")


def checked(pulse: Pulse, fields: Mapping[str, str], otherwise: str) -> Pulse:
    """The pulse as a file of it would be read; raises Wrong. `fields` are where a fault's path
    begins -> the field it is said at; any other is said `otherwise`.
    """
    try:
        return read_pulse(write_pulse(pulse))
    except Fault as fault:
        raise at_fields(fault.lines, fields, otherwise) from None


def at_fields(faults: Iterable[str], fields: Mapping[str, str], otherwise: str) -> Wrong:
    told: dict[str, str] = {}
    for line in faults:
        path, _, what = line.partition(": ")
        field = next((f for start, f in fields.items() if path.startswith(start)), otherwise)
        told.setdefault(field, sentence(what or path))
    return Wrong(**told)


def sentence(fault: str) -> str:
    """“is 400 characters long; 75 fit” -> “This is 400 characters long; 75 fit.”"""
    said = f"This {fault}" if _ABOUT_IT.match(fault) else fault
    return f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith((".", "…")) else ".")
