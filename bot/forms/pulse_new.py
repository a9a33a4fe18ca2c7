"""A new pulse: from a template, with one question of one's own, or as a copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Final

from bot.cards import Field, Option, Reply
from bot.controls.applying import put
from bot.domain.bank import holding
from bot.domain.cadence import local_day
from bot.domain.cadence_words import understood
from bot.domain.files.faults import shown
from bot.domain.files.pulse_toml import BUILT_IN
from bot.domain.ids import free_id
from bot.domain.pulse import MOST_IN_BANK, Audience, Cadence, Manner, Pulse, Question
from bot.domain.templates import LONGEST_NAME, Template, templates, with_belief
from bot.forms.checks import checked
from bot.forms.pulse_shown import card, pulse_of
from bot.forms.step import Step, Values, Wrong, lines, said, titled
from bot.questions import KINDS
from bot.turn import Turn

#: Stands among the templates for a question of one's own.
OWN: Final = "own"
#: Kinds that are asked without a list of options.
PLAIN: Final = tuple(id for id in KINDS if id not in ("choice", "several"))
USUALLY: Final = "every second Tuesday, 1 reminder"
ABOUT: Final = (
    "Where a template asks about one thing: the service or application, like SAP. Several, one a "
    "line, take turns: each round asks about the next."
)

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
            "name", "long_text", "What is it about?", required=False, hint=ABOUT,
        ),
        Field("text", "text", "Your own question", required=False),
        Field(
            "kind", "choice", "How your own question is answered", required=False,
            options=kinds(PLAIN),
        ),
        Field(
            "belief", "yes_no", "Also ask whether answering is any use?", value=True,
            hint="“I expect something good to change because I answered.” It comes on top of what "
            "a week allows.",
        ),
    )  # fmt: skip


def _take(turn: Turn, _about: str, values: Values) -> Reply:
    template = templates().get(values["start"])
    manner: Manner = template.manner if template else "confidential"
    blank = Pulse(
        id=unused_id(turn, values["title"]),
        title=values["title"],
        questions=(),
        audience=Audience(everyone=True),
        cadence=_usual(turn),
        manner=manner,
    )
    pulse = _own(blank, values) if template is None else _from(blank, template, values)
    asked = "text" if template is None else "name"
    fields = {"title": "title", "questions": asked, "bank": asked}
    return _drafted(turn, checked(pulse, fields, "title"))


def _usual(turn: Turn) -> Cadence:
    today = local_day(turn.at, turn.person.zone)
    return replace(understood(USUALLY, today), at=time(10))


def _own(blank: Pulse, values: Values) -> Pulse:
    if not values["text"]:
        raise Wrong(text="Please write your question, or start from a template.")
    if values["kind"] is None:
        raise Wrong(kind="Please say how your question is answered.")
    if values["name"]:
        raise Wrong(name="Your own question needs no name. Please empty this.")
    own = (Question("own", values["kind"], values["text"]),)
    return replace(blank, questions=with_belief(own) if values["belief"] else own)


def _from(blank: Pulse, template: Template, values: Values) -> Pulse:
    """With the template's questions, or where it asks about several things with a bank of them."""
    if values["text"]:
        raise Wrong(
            text="This template brings its own questions. Empty this and add yours afterwards, or "
            "choose “A question of my own”."
        )
    names = names_of(template, values["name"])
    if len(names) < 2:
        asked = template.asked_about("".join(names), bool(values["belief"]))
        return replace(blank, questions=asked)
    own = with_belief(()) if values["belief"] else ()
    one_a_round = replace(blank, rotate=len(template.questions))
    return holding(one_a_round, own, template.about_each(names))


def names_of(template: Template, text: str) -> list[str]:
    """What is put into a template's wordings, one a line; raises Wrong."""
    names = lines(text)
    if template.names and not names:
        raise Wrong(name=f"“{template.title}” asks about {template.names}. Please name it.")
    for name in names:
        if len(name) > LONGEST_NAME:
            raise Wrong(name=f"{shown(name)} is {len(name)} characters long; {LONGEST_NAME} fit.")
    if names and not template.names:
        raise Wrong(name="This template asks about IT as a whole. Please leave this empty.")
    if len(names) * len(template.questions) > MOST_IN_BANK:
        asked = f"{len(names)} × {len(template.questions)} questions"
        raise Wrong(name=f"These are {asked}; {MOST_IN_BANK} can take turns. Please name fewer.")
    return names


def unused_id(turn: Turn, title: str) -> str:
    """From the title, and not taken."""
    return free_id(title, {*BUILT_IN, *(pulse.id for pulse in turn.tx.pulses.all())}, "pulse")


def _drafted(turn: Turn, pulse: Pulse) -> Reply:
    put(turn.tx, pulse, turn.person.email, turn.at)
    turn.tx.pulses.set_state(pulse.id, "draft")
    return said(card(turn, pulse_of(turn, pulse.id)))


def _copy_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    title = f"{pulse_of(turn, id).title} (copy)"
    return (Field("title", "text", "What is the copy called?", value=title),)


def _copy(turn: Turn, id: str, values: Values) -> Reply:
    title = values["title"]
    copy = replace(pulse_of(turn, id), id=unused_id(turn, title), title=title, version=0)
    copy = replace(copy, above_cap=False)
    return _drafted(turn, checked(copy, {"title": "title"}, "title"))


STEPS: Final = {
    "new": Step("editor", titled("New pulse"), _fields, _take, "Make a draft"),
    "duplicate": Step("editor", titled("Copy a pulse"), _copy_fields, _copy, "Make a draft"),
}
