"""A question is added to a pulse: from the templates or in one's own words, for every round or to
take turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from bot.cards import Field, Option, Reply
from bot.domain.bank import holding
from bot.domain.ids import free_id, slug
from bot.domain.pulse import (
    MOST_IN_BANK,
    MOST_QUESTIONS,
    Choice,
    Pulse,
    Question,
    every_step,
)
from bot.domain.templates import NAME, Template, about, templates, under_free_ids
from bot.forms.pulse_facets import save
from bot.forms.pulse_lists import shown_again
from bot.forms.pulse_new import OWN, kinds, names_of
from bot.forms.pulse_shown import editable
from bot.forms.step import Step, Values, Wrong, lines, titled
from bot.questions import KINDS
from bot.turn import Turn

#: Characters of a wording in a list of them.
LONGEST_SHOWN: Final = 70
WITH_OPTIONS: Final = ("choice", "several")
#: Stands after a pulse's id where a question is added to its bank.
BANK: Final = "bank"


class Ready(NamedTuple):
    """Questions of a template that are added together."""

    template: Template
    questions: tuple[Question, ...]


def _ready() -> Mapping[str, Ready]:
    """All of a template where it has several questions, and each alone."""
    every = templates().values()
    whole = {t.id: Ready(t, t.questions) for t in every if len(t.questions) > 1}
    return whole | {f"{t.id}.{q.id}": Ready(t, (q,)) for t in every for q in t.questions}


def _option(key: str, ready: Ready) -> Option:
    if len(ready.questions) > 1:
        return Option(key, f"{ready.template.title}: all {len(ready.questions)}")
    return Option(key, _short(ready.questions[0].text.replace(NAME, "…")))


def _fields(turn: Turn, which: str) -> tuple[Field, ...]:
    id, _, place = which.partition(":")
    editable(turn, id)
    options = [_option(key, ready) for key, ready in _ready().items()]
    return (
        Field(
            "from", "choice", "Which question?", value=OWN,
            options=(Option(OWN, "My own, written below"), *options),
        ),
        Field(
            "name", "long_text", "What is it about?", required=False,
            hint="Where the question asks about one thing: the service or application, like SAP. "
            "Several, one a line: it is added for each.",
        ),
        Field("text", "text", "My own question", required=False),
        Field("kind", "choice", "How it is answered", False, options=kinds(tuple(KINDS))),
        Field(
            "options", "long_text", "Options to pick from", required=False,
            hint="One a line; only where one picks options.",
        ),
        turns(place == BANK),
    )  # fmt: skip


def turns(value: bool) -> Field:
    return Field(
        "turns", "yes_no", "Does it take turns with others?", value=value,
        hint="Yes: each round asks a few of those that do. No: every round asks it.",
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _take(turn: Turn, which: str, values: Values) -> Reply:
    pulse = editable(turn, which.partition(":")[0])
    ready = _ready().get(values["from"])
    asked = _of_template(ready, values) if ready else [(_own(values), "")]
    own, bank = pulse.questions, pulse.bank
    taken = {q.id for q, _ in every_step((*own, *bank))}
    first = len(bank if values["turns"] else own)
    for bare, start in asked:
        question = under_free_ids(bare, taken, start)
        taken |= {q.id for q, _ in every_step((question,))}
        own, bank = (own, (*bank, question)) if values["turns"] else ((*own, question), bank)
    after = room_for(holding(pulse, own, bank), "from")
    path = f"{'bank' if values['turns'] else 'questions'}[{first}]"
    fields = {f"{path}.options": "options", f"{path}.text": "text", f"{path}.kind": "kind"}
    save(turn, after, fields if ready is None else {}, "from" if ready else "text")
    return shown_again(turn, pulse.id, bool(values["turns"]), first + 1)


def room_for(pulse: Pulse, field: str) -> Pulse:
    """Raises Wrong."""
    if len(pulse.bank) > MOST_IN_BANK:
        said = f"{MOST_IN_BANK} questions can take turns; these would be {len(pulse.bank)}."
        raise Wrong(**{field: f"{said} Please remove some first."})
    if pulse.asked > MOST_QUESTIONS:
        said = f"A round asks at most {MOST_QUESTIONS}; these would be {pulse.asked}."
        raise Wrong(**{field: f"{said} Please remove one first."})
    return pulse


def _of_template(ready: Ready, values: Values) -> list[tuple[Question, str]]:
    """Each question, and how its ids begin: one about something else is another question."""
    for field in ("text", "kind", "options"):
        if values[field]:
            raise Wrong(**{field: "Empty this, or choose “My own” above: one question at a time."})
    template, questions = ready
    asks = any(NAME in question.text for question in questions)
    names = names_of(
        replace(template, questions=questions, names=template.names if asks else ""),
        values["name"],
    )
    return [(about(q, name), slug(name, 20)) for name in names or [""] for q in questions]


def _own(values: Values) -> Question:
    if not values["text"]:
        raise Wrong(text="Please write your question, or choose one above.")
    if values["kind"] is None:
        raise Wrong(kind="Please say how it is answered.")
    if values["name"]:
        raise Wrong(name="Your own question needs no name. Please empty this.")
    options = lines(values["options"])
    if options and values["kind"] not in WITH_OPTIONS:
        raise Wrong(options="Only where one picks options. Empty this, or choose another way.")
    if not options and values["kind"] in WITH_OPTIONS:
        raise Wrong(options="Please write the options to pick from, one a line.")
    # Other words are another question, which nobody has seen under this id.
    own = Question(slug(values["text"]) or "own", values["kind"], values["text"])
    return replace(own, options=options_of(options)) if options else own


def options_of(labels: list[str], before: tuple[Choice, ...] = ()) -> tuple[Choice, ...]:
    """An option that keeps its words keeps its id, and “other” is always among them."""
    known = {option.label: option.id for option in before}
    taken = set(known.values()) | {"other"}
    found: list[Choice] = []
    for label in labels:
        own = "other" if _is_other(label) else free_id(label, taken, "option")
        id = known.get(label) or own
        taken.add(id)
        found.append(Choice(id, label))
    if not any(option.id == "other" for option in found):
        found.append(Choice("other", "Something else"))
    return tuple(found)


def _is_other(label: str) -> bool:
    return label.casefold() in ("other", "something else")


STEPS: Final = {"add": Step("editor", titled("Add a question"), _fields, _take, "Add it")}
