"""The questions of a pulse: added from the templates or in one's own words, reworded, removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.cards import Buttons, Card, Facts, Field, Fineprint, Heading, Option, Reply
from bot.domain.files.pulse_text import BANDS
from bot.domain.pulse import MOST_QUESTIONS, Choice, Pulse, Question, every_step
from bot.domain.templates import NAME, Template, templates
from bot.errors import UnknownQuestion
from bot.forms.pulse_facets import save
from bot.forms.pulse_new import LABELS, OWN, kinds, named
from bot.forms.pulse_shown import editable
from bot.forms.step import Deed, Step, Values, Wrong, does, lines, opens, said, titled
from bot.questions import KINDS
from bot.turn import Turn

#: Characters of a wording in a list of them.
LONGEST_SHOWN: Final = 70
WITH_OPTIONS: Final = ("choice", "several")
ASKED_AFTER: Final = {
    "low": "After a low answer", "middle": "After one in the middle", "high": "After a high answer"
}  # fmt: skip


def listed(turn: Turn, id: str) -> Card:
    pulse = editable(turn, id)
    rows = tuple((f"{number}", _told(q)) for number, q in enumerate(pulse.questions, start=1))
    buttons = [
        opens("question", f"Change {number}", f"{id}:{q.id}")
        for number, q in enumerate(pulse.questions, start=1)
    ]
    buttons += [opens("add", "Add a question", id), does("pulse", "Back", id)]
    fine = Fineprint(f"A pulse asks at most {MOST_QUESTIONS}.")
    head = Heading(f"Questions: {pulse.title}")
    return Card(f"{head.text}: {len(rows)}", (head, Facts(rows), Buttons(tuple(buttons)), fine))


def _told(question: Question) -> str:
    how = LABELS.get(question.kind, question.kind)
    return f"{question.text} ({how}{', and why' if question.follow_up else ''})"


def _listed(turn: Turn, id: str) -> Reply:
    return said(listed(turn, id))


def _bank() -> Mapping[str, tuple[Template, Question]]:
    return {
        f"{template.id}.{question.id}": (template, question)
        for template in templates().values()
        for question in template.questions
    }


def _add_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    editable(turn, id)
    bank = [
        Option(key, _short(question.text.replace(NAME, "…")))
        for key, (_, question) in _bank().items()
    ]
    return (
        Field(
            "from", "choice", "Which question?", value=OWN,
            options=(Option(OWN, "My own, written below"), *bank),
        ),
        Field(
            "name", "text", "What is it about?", required=False,
            hint="Where the question asks about one thing: the service or application, like SAP.",
        ),
        Field("text", "text", "My own question", required=False),
        Field("kind", "choice", "How it is answered", False, options=kinds(tuple(KINDS))),
        Field(
            "options", "long_text", "Options to pick from", required=False,
            hint="One a line; only where one picks options.",
        ),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _add(turn: Turn, id: str, values: Values) -> Reply:
    pulse = editable(turn, id)
    if len(pulse.questions) >= MOST_QUESTIONS:
        raise Wrong(**{"from": f"A pulse asks at most {MOST_QUESTIONS}. Please remove one first."})
    found = _bank().get(values["from"])
    question = _of_bank(*found, values) if found else _own(values)
    taken = {q.id for q, _ in every_step((*pulse.questions, *pulse.bank))}
    questions = (*pulse.questions, _under_free_ids(question, taken))
    path = f"questions[{len(pulse.questions)}]"
    fields = {f"{path}.options": "options", f"{path}.text": "text", f"{path}.kind": "kind"}
    save(turn, replace(pulse, questions=questions), fields, "text" if found is None else "from")
    return _listed(turn, id)


def _of_bank(template: Template, question: Question, values: Values) -> Question:
    for field in ("text", "kind", "options"):
        if values[field]:
            raise Wrong(**{field: "Empty this, or choose “My own” above: one question at a time."})
    asks = replace(template, names=template.names if NAME in question.text else "")
    return replace(question, text=question.text.replace(NAME, named(asks, values["name"])))


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
    return Question("own", values["kind"], values["text"], options_of(options))


def options_of(labels: list[str], before: tuple[Choice, ...] = ()) -> tuple[Choice, ...]:
    """An option that keeps its words keeps its id, and “other” is always among them."""
    known = {option.label: option.id for option in before}
    taken = set(known.values()) | {"other"}
    found: list[Choice] = []
    for label in labels:
        id = known.get(label) or ("other" if _is_other(label) else _id(label, taken))
        taken.add(id)
        found.append(Choice(id, label))
    if not any(option.id == "other" for option in found):
        found.append(Choice("other", "Something else"))
    return tuple(found)


def _is_other(label: str) -> bool:
    return label.casefold() in ("other", "something else")


def _id(label: str, taken: set[str]) -> str:
    start = re.sub(r"[^a-z0-9]+", "-", label.lower())[:30].strip("-") or "option"
    return next(id for id in (start, *(f"{start}-{n}" for n in range(2, 99))) if id not in taken)


def _under_free_ids(question: Question, taken: set[str]) -> Question:
    id = _id(question.id, taken)
    after = question.follow_up
    if after:
        after = replace(after, id=_id(after.id, taken | {id}))
    return replace(question, id=id, follow_up=after)


def _one(turn: Turn, about: str) -> tuple[Pulse, int]:
    id, _, question = about.partition(":")
    pulse = editable(turn, id)
    found = next((n for n, q in enumerate(pulse.questions) if q.id == question), None)
    if found is None:
        raise UnknownQuestion("This pulse has no such question any more. Type “pulse” to see it.")
    return pulse, found


def _change_fields(turn: Turn, about: str) -> tuple[Field, ...]:
    pulse, number = _one(turn, about)
    question = pulse.questions[number]
    fields = [Field("text", "text", "The question", value=question.text)]
    if question.options:
        fields.append(_options_field("options", "Options to pick from", question))
    if after := question.follow_up:
        told = after.wordings or {"middle": after.text}
        fields += [
            Field(band, "text", ASKED_AFTER[band], value=told[band])
            for band in BANDS
            if band in told
        ]
        fields.append(_options_field("reasons", "Options of the question after it", after))
    fields.append(Field("remove", "yes_no", "Remove this question?", value=False))
    return tuple(fields)


def _options_field(id: str, label: str, question: Question) -> Field:
    text = "\n".join(option.label for option in question.options)
    return Field(id, "long_text", label, value=text, hint="One a line.")


def _change(turn: Turn, about: str, values: Values) -> Reply:
    pulse, number = _one(turn, about)
    before, after = pulse.questions[:number], pulse.questions[number + 1 :]
    if values["remove"]:
        if not before and not after:
            raise Wrong(remove="A pulse needs a question. Please add another one first.")
        middle: tuple[Question, ...] = ()
    else:
        middle = (_reworded(pulse.questions[number], values),)
    path = f"questions[{number}]"
    fields = {
        **{f"{path}.follow_up.text.{band}": band for band in BANDS if band in values},
        f"{path}.follow_up": "reasons",
        f"{path}.options": "options",
        f"{path}.text": "text",
    }
    fields = {start: field for start, field in fields.items() if field in values}
    save(turn, replace(pulse, questions=(*before, *middle, *after)), fields, "text")
    return _listed(turn, pulse.id)


def _reworded(question: Question, values: Values) -> Question:
    options = question.options
    if "options" in values:
        options = options_of(lines(values["options"]), options)
    after = question.follow_up
    if after:
        told = {band: values[band] for band in BANDS if band in values}
        wordings, text = (told, "") if after.wordings else (None, told["middle"])
        reasons = options_of(lines(values["reasons"]), after.options)
        after = replace(after, text=text, wordings=wordings, options=reasons)
    return replace(question, text=values["text"], options=options, follow_up=after)


STEPS: Final = {
    "add": Step("editor", titled("Add a question"), _add_fields, _add, "Add it"),
    "question": Step("editor", titled("Change a question"), _change_fields, _change),
}
DEEDS: Final = {"questions": Deed("editor", _listed)}
