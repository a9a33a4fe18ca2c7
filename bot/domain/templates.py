"""Questions ready to be asked, from `bot/templates/*.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from bot.domain.files.faults import fault
from bot.domain.files.fields import Fields
from bot.domain.files.pulse_toml import LONGEST_TITLE, parsed, questions_in
from bot.domain.pulse import BELIEF, Manner, Question
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
        named = tuple(replace(q, text=q.text.replace(NAME, name)) for q in self.questions)
        return with_belief(named) if belief else named


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
