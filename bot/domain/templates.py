"""Questions ready to be asked, from `bot/templates/*.toml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from bot.domain.files.faults import fault
from bot.domain.files.fields import Fields
from bot.domain.files.pulse_toml import LONGEST_TITLE, parsed, questions_in
from bot.domain.ids import free_id, slug
from bot.domain.pulse import BELIEF, Manner, Question, every_step
from bot.questions import KINDS

#: Stands in a wording for what is asked about.
NAME: Final = "{name}"
#: Characters of a name that is put into wordings.
LONGEST_NAME: Final = 60
LONGEST_ABOUT: Final = 300


@dataclass(frozen=True, slots=True)
class Template:
    id: str
    title: str
    #: What it is for, in a sentence or two.
    about: str
    #: What has to be named before it can be asked, such as “a service”; empty where nothing.
    names: str
    manner: Manner
    scale: str
    source: str
    questions: tuple[Question, ...]

    @property
    def formulas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(KINDS[question.kind].formula for question in self.questions))

    def asked_about(self, name: str, belief: bool = True) -> tuple[Question, ...]:
        """The questions with a name put in, and the belief item unless it is removed."""
        named = tuple(about(q, name) for q in self.questions)
        return with_belief(named) if belief else named

    def about_each(self, names: Iterable[str]) -> tuple[Question, ...]:
        """Its questions once for each name, under ids that tell them apart: a bank."""
        found: tuple[Question, ...] = ()
        for name in names:
            for question in self.questions:
                taken = {step.id for step, _ in every_step(found)}
                found += (under_free_ids(about(question, name), taken, slug(name, 20)),)
        return found


def about(question: Question, name: str) -> Question:
    return replace(question, text=question.text.replace(NAME, name))


def under_free_ids(question: Question, taken: Collection[str], start: str = "") -> Question:
    """The same, so that it can stand beside others; `start` is how its ids begin."""
    id = free_id(f"{start}-{question.id}", taken, "question")
    after = question.follow_up
    if after:
        after = replace(after, id=free_id(f"{start}-{after.id}", {*taken, id}, "why"))
    return replace(question, id=id, follow_up=after)


def with_belief(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The same and whether answering is any use, asked last."""
    if any(question.id == BELIEF for question in questions):
        return questions
    return (*questions, *templates()[BELIEF].questions)


@cache
def templates() -> Mapping[str, Template]:
    """By id."""
    folder = files("bot") / "templates"
    found = sorted(
        (file.name.removesuffix(".toml"), file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    )
    return {id: _read(id, text) for id, text in found}


def _read(id: str, text: str) -> Template:
    faults: list[str] = []
    fields = Fields(parsed(text), "", faults)
    template = Template(
        id=id,
        title=fields.text("title", LONGEST_TITLE),
        about=fields.text("about", LONGEST_ABOUT),
        names=fields.text("names", LONGEST_NAME, ""),
        manner=cast(Any, fields.word("manner", ("confidential", "named"))),
        scale=fields.text("scale", LONGEST_ABOUT),
        source=fields.text("source", LONGEST_ABOUT),
        questions=questions_in(fields),
    )
    fields.close()
    if faults:
        raise fault(faults)
    return template
