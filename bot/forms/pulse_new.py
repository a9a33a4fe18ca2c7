"""A new pulse: from a template, with one question of one's own, or as a copy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import time
from typing import Final

from bot.cards import Field, Option, Reply
from bot.controls.applying import put
from bot.domain.cadence import local_day
from bot.domain.cadence_words import understood
from bot.domain.files.pulse_toml import BUILT_IN
from bot.domain.pulse import Audience, Cadence, Manner, Pulse, Question
from bot.domain.templates import LONGEST_NAME, Template, templates, with_belief
from bot.forms.checks import checked
from bot.forms.pulse_shown import card, pulse_of
from bot.forms.step import Step, Values, Wrong, said, titled
from bot.questions import KINDS
from bot.turn import Turn

#: Stands among the templates for a question of one's own.
OWN: Final = "own"
#: Kinds that are asked without a list of options.
PLAIN: Final = tuple(id for id in KINDS if id not in ("choice", "several"))
USUALLY: Final = "every second Tuesday, 1 reminder"
LONGEST_ID: Final = 40

LABELS: Final = {
    "satisfaction": "How satisfied, 1 to 5",
    "recommend": "Would recommend, 0 to 10",
    "effort": "How much effort, 1 to 7",
    "agree": "Agree or not, 1 to 5",
    "yes_no": "Yes or no",
    "choice": "Pick one option",
    "several": "Pick any number of options",
    "lost_time": "Working time lost",
    "comment": "In their own words",
}


def kinds(ids: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(id, LABELS.get(id, id)) for id in ids)


def _fields(_turn: Turn, _about: str) -> tuple[Field, ...]:
    start = [Option(template.id, template.title) for template in templates().values()]
    return (
        Field("title", "text", "What is it called?", hint="People see this on each card."),
        Field(
            "start", "choice", "What does it ask?",
            options=(*start, Option(OWN, "A question of my own")), value="satisfaction",
        ),
        Field(
            "name", "text", "What is it about?", required=False,
            hint="Where a template asks about one thing: the service or application, like SAP.",
        ),
        Field("text", "text", "Your own question", required=False),
        Field(
            "kind", "choice", "How your own question is answered", required=False,
            options=kinds(PLAIN),
        ),
        Field(
            "belief", "yes_no", "Also ask whether answering is any use?", value=True,
            hint="“I expect something good to change because I answered.” Not counted in caps.",
        ),
    )  # fmt: skip


def _take(turn: Turn, _about: str, values: Values) -> Reply:
    template = templates().get(values["start"])
    questions = _own(values) if template is None else _from(template, values)
    manner: Manner = template.manner if template else "confidential"
    pulse = Pulse(
        id=free_id(turn, values["title"]),
        title=values["title"],
        questions=questions,
        audience=Audience(everyone=True),
        cadence=_usual(turn),
        manner=manner,
    )
    fields = {"title": "title", "questions": "text" if template is None else "name"}
    return _drafted(turn, checked(pulse, fields, "title"))


def _usual(turn: Turn) -> Cadence:
    today = local_day(turn.at, turn.person.zone)
    return replace(understood(USUALLY, today), at=time(10))


def _own(values: Values) -> tuple[Question, ...]:
    if not values["text"]:
        raise Wrong(text="Please write your question, or start from a template.")
    if values["kind"] is None:
        raise Wrong(kind="Please say how your question is answered.")
    own = (Question("own", values["kind"], values["text"]),)
    return with_belief(own) if values["belief"] else own


def _from(template: Template, values: Values) -> tuple[Question, ...]:
    if values["text"]:
        raise Wrong(
            text="This template brings its own questions. Empty this and add yours afterwards, or "
            "choose “A question of my own”."
        )
    return template.asked_about(named(template, values["name"]), bool(values["belief"]))


def named(template: Template, name: str) -> str:
    """What is put into a template's wordings; raises Wrong."""
    if template.names and not name:
        raise Wrong(name=f"“{template.title}” asks about {template.names}. Please name it.")
    if len(name) > LONGEST_NAME:
        raise Wrong(name=f"This is {len(name)} characters long; {LONGEST_NAME} fit.")
    if name and not template.names:
        raise Wrong(name="This template asks about IT as a whole. Please leave this empty.")
    return name


def free_id(turn: Turn, title: str) -> str:
    """From the title, and not taken."""
    ascii = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", ascii)[: LONGEST_ID - 4].strip("-") or "pulse"
    ids = (start, *(f"{start}-{number}" for number in range(2, 1_000)))
    return next(id for id in ids if id not in BUILT_IN and turn.tx.pulses.get(id) is None)


def _drafted(turn: Turn, pulse: Pulse) -> Reply:
    put(turn.tx, pulse, turn.person.email, turn.at)
    turn.tx.pulses.set_state(pulse.id, "draft")
    return said(card(turn, pulse_of(turn, pulse.id)))


def _copy_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    title = f"{pulse_of(turn, id).title} (copy)"
    return (Field("title", "text", "What is the copy called?", value=title),)


def _copy(turn: Turn, id: str, values: Values) -> Reply:
    title = values["title"]
    copy = replace(pulse_of(turn, id), id=free_id(turn, title), title=title, version=0)
    copy = replace(copy, above_cap=False)
    return _drafted(turn, checked(copy, {"title": "title"}, "title"))


STEPS: Final = {
    "new": Step("editor", titled("New pulse"), _fields, _take, "Make a draft"),
    "duplicate": Step("editor", titled("Copy a pulse"), _copy_fields, _copy, "Make a draft"),
}
