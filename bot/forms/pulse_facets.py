"""A pulse is changed facet by facet: its title and manner, and when it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.cards import Field, Option, Reply
from bot.controls.applying import put
from bot.domain.cadence import local_day
from bot.domain.cadence_words import EXAMPLE, said_dates, understood
from bot.domain.pulse import MOST_REMINDERS, Pulse
from bot.domain.rule_words import date_said
from bot.errors import BadValue, Fault
from bot.forms.checks import at_fields, checked
from bot.forms.pulse_shown import card, editable, pulse_of
from bot.forms.step import Step, Values, Wrong, said
from bot.turn import Turn

MANNERS: Final = (
    Option("confidential", "Confidential: counted in groups only"),
    Option("named", "With names: those who ask can read them"),
)


def save(turn: Turn, pulse: Pulse, fields: Mapping[str, str], otherwise: str) -> Reply:
    """Checks and stores it as the next version; raises Wrong."""
    fit = checked(pulse, fields, otherwise)
    try:
        put(turn.tx, fit, turn.person.email, turn.at)
    except Fault as fault:
        raise at_fields(fault.lines, fields, otherwise) from None
    return said(card(turn, pulse_of(turn, pulse.id)))


def titled_of(what: str) -> Callable[[Turn, str], str]:
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
        raise Wrong(words=str(refused).replace(EXAMPLE, EXAMPLE.partition(" at ")[0])) from None
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
    "title": Step("editor", titled_of("Title and manner"), _title_fields, _take_title),
    "cadence": Step("editor", titled_of("When it asks"), _cadence_fields, _take_cadence),
}
