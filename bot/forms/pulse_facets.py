"""A pulse is changed facet by facet: its title and manner, whom it asks, when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.cards import Field, Option, Reply
from bot.controls.applying import put
from bot.domain.cadence import local_day
from bot.domain.cadence_words import EXAMPLE, said_dates, understood
from bot.domain.people import Person
from bot.domain.pulse import MOST_REMINDERS, Audience, Pulse
from bot.domain.rule_words import date_said
from bot.errors import BadValue, Fault
from bot.forms.checks import at_fields, checked
from bot.forms.pulse_shown import card, editable, pulse_of
from bot.forms.step import Step, Values, Wrong, lines, said
from bot.turn import Turn

#: Characters of a list that every platform can show in a field. A longer one is changed by a file:
#: cut short in its field it would be cut short for good.
LONGEST_SHOWN: Final = 2_500
#: Names listed in a hint.
MOST_LISTED: Final = 12
MANNERS: Final = (
    Option("confidential", "Confidential: counted in groups only"),
    Option("named", "With names: those who ask can read them"),
)
#: Field -> where it stands in an audience, and of what a person has.
PLACES: Final[Mapping[str, Callable[[Person], str]]] = {
    "units": lambda person: person.unit,
    "roles": lambda person: person.role,
    "sites": lambda person: person.site,
    "emails": lambda person: person.email,
}
LABELS: Final = {"units": "Units", "roles": "Roles", "sites": "Sites", "emails": "E-mails"}
EXCEPT: Final = "except_"


def save(turn: Turn, pulse: Pulse, fields: Mapping[str, str], otherwise: str) -> Reply:
    """Checks and stores it as the next version; raises Wrong."""
    fit = checked(pulse, fields, otherwise)
    try:
        put(turn.tx, fit, turn.person.email, turn.at)
    except Fault as fault:
        raise at_fields(fault.lines, fields, otherwise) from None
    return said(card(turn, pulse_of(turn, pulse.id)))


def _of(what: str) -> Callable[[Turn, str], str]:
    return lambda turn, id: f"{what}: {editable(turn, id).title}"


def _title_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    pulse = editable(turn, id)
    return (
        Field("title", "text", "What is it called?", value=pulse.title),
        Field("manner", "choice", "How are answers kept?", options=MANNERS, value=pulse.manner),
        Field(
            "smallest_group", "number", "Smallest group shown", value=pulse.smallest_group,
            hint="5 or more. A figure is shown only where at least so many answered.",
        ),
    )  # fmt: skip


def _take_title(turn: Turn, id: str, values: Values) -> Reply:
    pulse = replace(editable(turn, id), **values)
    fields = {key: key for key in ("title", "manner", "smallest_group")}
    return save(turn, pulse, fields, "title")


def _audience_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    audience = editable(turn, id).audience
    people = turn.tx.people.all()
    everyone = Field(
        "everyone", "yes_no", "Ask everybody?", value=audience.everyone,
        hint="Or say no, and list below who is asked: one a line.",
    )  # fmt: skip
    excluded = audience.excluded or Audience()
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
        hint = "" if name == "emails" else _listed({has(person) for person in people})
        yield Field(
            start + name, "long_text", label.format(LABELS[name]), False, value=text, hint=hint
        )


def _listed(names: set[str]) -> str:
    found = sorted(filter(None, names))
    more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
    return f"There are {', '.join(found[:MOST_LISTED])}{more}." if found else ""


def _take_audience(turn: Turn, id: str, values: Values) -> Reply:
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
        name: known_names(values[start + name], {has(p) for p in people}, start + name)
        for name, has in PLACES.items()
        if start + name in values
    }
    return replace(before, **named)


def known_names(text: str, known: Iterable[str], field: str) -> tuple[str, ...]:
    spelled = {name.casefold(): name for name in known if name}
    given = lines(text)
    if unknown := [name for name in given if name.casefold() not in spelled]:
        cut = unknown[0] if len(unknown[0]) <= 60 else f"{unknown[0][:59]}…"
        raise Wrong(
            **{field: f"Nobody in the people list has “{cut}”. Check the spelling; one a line."}
        )
    return tuple(dict.fromkeys(spelled[name.casefold()] for name in given))


def _cadence_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    cadence = editable(turn, id).cadence
    return (
        Field(
            "words", "text", "On which days?", value=said_dates(cadence),
            hint="Like “every second Tuesday” or “the first Tuesday of every month”.",
        ),
        Field(
            "at", "time", "At what hour?", value=cadence.at.isoformat("minutes"),
            hint="Where each person lives.",
        ),
        Field(
            "open", "number", "How many working days is it open?", value=cadence.open_working_days
        ),
        Field(
            "reminders", "number", "How many reminders?", value=cadence.reminders,
            hint="At most 2, and only to whoever has not begun.",
        ),
    )  # fmt: skip


def _take_cadence(turn: Turn, id: str, values: Values) -> Reply:
    pulse = editable(turn, id)
    if not 1 <= values["open"] <= 20:
        raise Wrong(open="Please say a number from 1 to 20.")
    if not 0 <= values["reminders"] <= MOST_REMINDERS:
        raise Wrong(reminders=f"Please say a number from 0 to {MOST_REMINDERS}.")
    words = values["words"]
    if words == said_dates(pulse.cadence):
        # “Every second” goes on counting where it began.
        words += f", from {date_said(pulse.cadence.starts)}"
    try:
        told = understood(words, local_day(turn.at, turn.person.zone))
    except BadValue as refused:
        raise Wrong(words=str(refused)) from None
    for clause in (" at ", "open ", "reminder"):
        if clause in f" {values['words'].lower()} ":
            raise Wrong(
                words="Say only the days here; hour, length and reminders have their own fields. "
                f"All together it is then like “{EXAMPLE}”."
            )
    cadence = replace(
        told, at=values["at"], open_working_days=values["open"], reminders=values["reminders"]
    )
    fields = {
        "cadence.at": "at", "cadence.open": "open", "cadence.reminders": "reminders"
    }  # fmt: skip
    return save(turn, replace(pulse, cadence=cadence), fields, "words")


STEPS: Final = {
    "title": Step("editor", _of("Title and manner"), _title_fields, _take_title),
    "audience": Step("editor", _of("Whom it asks"), _audience_fields, _take_audience),
    "cadence": Step("editor", _of("When it asks"), _cadence_fields, _take_cadence),
}
