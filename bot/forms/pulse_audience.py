"""Whom a pulse asks: everybody, or whoever lists name, and who is left out again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot import wording
from bot.cards import Field, Reply
from bot.domain.files.faults import shown
from bot.domain.people import Person
from bot.domain.pulse import Audience
from bot.forms.pulse_facets import save, titled_of
from bot.forms.pulse_shown import editable
from bot.forms.step import Step, Values, Wrong, lines
from bot.turn import Turn

#: Characters of a list that every platform can show in a field. A longer one is changed by a file:
#: cut short in its field it would be cut short for good.
LONGEST_SHOWN: Final = 2_500
#: Names listed in a hint.
MOST_LISTED: Final = 12
#: Names nobody has, listed in a sentence.
MOST_UNKNOWN: Final = 10
#: Field -> where it stands in an audience, and of what a person has.
PLACES: Final[Mapping[str, Callable[[Person], str]]] = {
    "units": lambda person: person.unit,
    "roles": lambda person: person.role,
    "sites": lambda person: person.site,
    "emails": lambda person: person.email,
}
LABELS: Final = {"units": "Units", "roles": "Roles", "sites": "Sites", "emails": "E-mails"}
EXCEPT: Final = "except_"
PASTE: Final = "Paste a list: one a line, or with commas between."
_BETWEEN: Final = re.compile(r"[\s,;<>\"']+")


def _fields(turn: Turn, id: str) -> tuple[Field, ...]:
    audience = editable(turn, id).audience
    people = turn.tx.people.all()
    excluded = audience.excluded or Audience()
    everyone = Field(
        "everyone", "yes_no", "Ask everybody?", value=audience.everyone,
        hint=f"Or say no, and list below who is asked: one a line.{_too_long(audience, excluded)}",
    )  # fmt: skip
    return (
        everyone,
        *_lists(audience, "", "{} that are asked", people),
        *_lists(excluded, EXCEPT, "{} left out", people),
    )


def _lists(audience: Audience, start: str, label: str, people: list[Person]) -> Iterable[Field]:
    for name, has in PLACES.items():
        text = "\n".join(getattr(audience, name))
        if len(text) > LONGEST_SHOWN:
            continue
        hint = PASTE if name == "emails" else _listed({has(person) for person in people})
        yield Field(
            start + name, "long_text", label.format(LABELS[name]), False, value=text, hint=hint
        )


def _too_long(*audiences: Audience) -> str:
    """Which lists are left as they are."""
    every = [getattr(audience, name) for audience in audiences for name in PLACES]
    long = sum(len(names) for names in every if len("\n".join(names)) > LONGEST_SHOWN)
    return f" A list of {long} is too long to be shown here; a file changes it." if long else ""


def _listed(names: set[str]) -> str:
    found = sorted(filter(None, names))
    more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
    return f"There are {', '.join(found[:MOST_LISTED])}{more}." if found else ""


def _take(turn: Turn, id: str, values: Values) -> Reply:
    pulse = editable(turn, id)
    people = turn.tx.people.all()
    before = pulse.audience.excluded or Audience()
    asked, excluded = (
        _named(audience, people, values, start)
        for audience, start in ((pulse.audience, ""), (before, EXCEPT))
    )
    listed = next((name for name in PLACES if getattr(asked, name)), "")
    if values["everyone"] and listed:
        field = listed if listed in values else "everyone"
        raise Wrong(**{field: "Everybody is asked already. Empty this, or say no to everybody."})
    if not values["everyone"] and not listed:
        raise Wrong(everyone="This asks nobody. Say yes, or list below who is asked.")
    audience = replace(
        asked,
        everyone=bool(values["everyone"]),
        excluded=excluded if excluded != Audience(excluded=excluded.excluded) else None,
    )
    if not any(map(audience.invites, people)):
        raise Wrong(everyone="This asks nobody: everybody named is left out again.")
    fields = {f"audience.except.{f}": EXCEPT + f for f in PLACES}
    fields |= {f"audience.{f}": f for f in PLACES}
    fields = {path: field for path, field in fields.items() if field in values}
    return save(turn, replace(pulse, audience=audience), fields, "everyone")


def _named(before: Audience, people: list[Person], values: Values, start: str) -> Audience:
    """The lists as they stand in the form, spelled as in the people list; those too long for it
    stay as they were. Raises Wrong for a name that nobody has.
    """
    named: dict[str, Any] = {
        name: known_names(
            (addresses if name == "emails" else lines)(values[start + name]),
            {has(p) for p in people},
            start + name,
        )
        for name, has in PLACES.items()
        if start + name in values
    }
    return replace(before, **named)


def addresses(text: str) -> list[str]:
    """The e-mails of a pasted list, whichever way a program writes one: `a@x.org; b@x.org`, or
    `Berg, Anna <a@x.org>`.
    """
    found: list[str] = []
    for line in lines(text):
        words = [word for word in _BETWEEN.split(line) if word]
        # Beside an address in brackets stands somebody's name.
        named = [word for word in words if "@" in word] if "<" in line else []
        found += named or words
    return list(dict.fromkeys(found))


def known_names(given: list[str], known: Iterable[str], field: str) -> tuple[str, ...]:
    """As they are spelled in the people list; raises Wrong for those nobody has."""
    spelled = {name.casefold(): name for name in known if name}
    unknown = [name for name in given if name.casefold() not in spelled]
    if unknown:
        raise Wrong(**{field: _unknown(unknown, len(given))})
    return tuple(dict.fromkeys(spelled[name.casefold()] for name in given))


def _unknown(names: list[str], given: int) -> str:
    said = ", ".join(map(shown, names[:MOST_UNKNOWN]))
    more = len(names) - MOST_UNKNOWN
    said += f" and {wording.count(more, 'other', 'others')}" if more > 0 else ""
    found = f" {given - len(names)} of {given} were found." if given > 1 else ""
    return f"Nobody in the people list has {said}.{found} Check the spelling, or leave them out."


STEPS: Final = {"audience": Step("editor", titled_of("Whom it asks"), _fields, _take)}
