"""Writes a pulse as the TOML that `pulse_toml.read_pulse` takes, and tells two pulses apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bot.domain.pulse import Audience, Cadence, Choice, Pulse, Question

#: In the order of the file, however a mapping was stored.
BANDS: Final = ("low", "middle", "high")


class Change(NamedTuple):
    """One field of a pulse before and after, as TOML; empty where it was not or is no more."""

    field: str
    before: str
    after: str


def write_pulse(pulse: Pulse) -> str:
    """TOML; its version is not part of it."""
    head = {
        "id": text(pulse.id),
        "title": text(pulse.title),
        "manner": text(pulse.manner),
        "smallest_group": str(pulse.smallest_group),
        "audience": _inline(_audience(pulse.audience)),
        "cadence": _inline(_cadence(pulse.cadence)),
        "rotation": text(pulse.rotation),
        **_more(pulse),
    }
    asked = [f"\n[[questions]]\n{_lines(_question(q))}" for q in pulse.questions]
    bank = [f"\n[[bank]]\n{_lines(_question(q))}" for q in pulse.bank]
    return "".join([_lines(head), *asked, *bank])


def changes(before: Pulse | None, after: Pulse) -> list[Change]:
    """What became different, in the order of the file; the version does not count."""
    old = dict(_flat(before)) if before else {}
    new = dict(_flat(after))
    return [
        Change(field, old.get(field, ""), new.get(field, ""))
        for field in dict.fromkeys([*old, *new])
        if old.get(field) != new.get(field)
    ]


def _flat(pulse: Pulse) -> Iterator[tuple[str, str]]:
    yield "title", text(pulse.title)
    yield "manner", text(pulse.manner)
    yield "smallest_group", str(pulse.smallest_group)
    yield "audience", _inline(_audience(pulse.audience))
    for key, value in _cadence(pulse.cadence).items():
        yield f"cadence.{key}", value
    yield "rotation", text(pulse.rotation)
    yield from _more(pulse).items()
    for name, questions in (("questions", pulse.questions), ("bank", pulse.bank)):
        if questions:
            yield name, _list(text(question.id) for question in questions)
        for question in questions:
            for key, value in _question(question).items():
                yield f"{name}.{question.id}.{key}", value


def _more(pulse: Pulse) -> dict[str, str]:
    """What most pulses say nothing about."""
    above_cap = {"above_cap": "true"} if pulse.above_cap else {}
    return above_cap | ({"rotate": str(pulse.rotate)} if pulse.bank else {})


def _audience(audience: Audience) -> dict[str, str]:
    fields = {"everyone": "true"} if audience.everyone else {}
    lists = {
        "units": audience.units,
        "roles": audience.roles,
        "sites": audience.sites,
        "emails": audience.emails,
    }
    fields |= {key: _list(map(text, names)) for key, names in lists.items() if names}
    if audience.excluded:
        fields["except"] = _inline(_audience(audience.excluded))
    return fields


def _cadence(cadence: Cadence) -> dict[str, str]:
    return {
        "rule": text(cadence.rule),
        "starts": text(cadence.starts.isoformat()),
        "at": text(cadence.at.isoformat("minutes")),
        "open_working_days": str(cadence.open_working_days),
        "reminders": str(cadence.reminders),
    }


def _wording(question: Question) -> str:
    wordings = question.wordings
    if not wordings:
        return text(question.text)
    return _inline({band: text(wordings[band]) for band in BANDS if band in wordings})


def _question(question: Question) -> dict[str, str]:
    fields = {
        "id": text(question.id),
        "kind": text(question.kind),
        "text": _wording(question),
    }
    if question.options:
        fields["options"] = _list(map(_option, question.options))
    if question.follow_up:
        fields["follow_up"] = _inline(_question(question.follow_up))
    return fields


def _option(option: Choice) -> str:
    return _inline({"id": text(option.id), "label": text(option.label)})


def _lines(fields: Mapping[str, str]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in fields.items())


def _inline(fields: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{key} = {value}' for key, value in fields.items())} }}"


def _list(entries: Iterable[str]) -> str:
    return f"[{', '.join(entries)}]"


def text(value: str) -> str:
    """A TOML basic string. JSON's escapes are TOML's too, but it leaves DEL as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
