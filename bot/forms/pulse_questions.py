"""A question of a pulse is reworded, moved or removed, and a bank asks more or fewer a round."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from bot.cards import Field, Reply
from bot.domain.bank import holding
from bot.domain.files.pulse_text import BANDS
from bot.domain.pulse import BELIEF, MOST_QUESTIONS, Pulse, Question
from bot.errors import UnknownQuestion
from bot.forms.pulse_adding import options_of, room_for, turns
from bot.forms.pulse_facets import save
from bot.forms.pulse_lists import shown_again
from bot.forms.pulse_shown import editable
from bot.forms.step import Step, Values, Wrong, lines, titled
from bot.house_rules import rules_of
from bot.turn import Turn

ASKED_AFTER: Final = {
    "low": "After a low answer", "middle": "After one in the middle", "high": "After a high answer"
}  # fmt: skip


class Found(NamedTuple):
    """A question where it stands."""

    pulse: Pulse
    question: Question
    #: Whether it takes turns.
    turns: bool

    @property
    def beside(self) -> tuple[Question, ...]:
        """The list it stands in."""
        return self.pulse.bank if self.turns else self.pulse.questions

    @property
    def number(self) -> int:
        return self.beside.index(self.question) + 1


def _one(turn: Turn, about: str) -> Found:
    id, _, question = about.partition(":")
    pulse = editable(turn, id)
    for one in (*pulse.questions, *pulse.bank):
        if one.id == question:
            return Found(pulse, one, one in pulse.bank)
    raise UnknownQuestion("This pulse has no such question any more. Type “pulse” to see it.")


def _fields(turn: Turn, about: str) -> tuple[Field, ...]:
    found = _one(turn, about)
    return (
        *_words(found.question),
        Field(
            "place", "number", "Place in the list", value=found.number,
            hint=f"1 to {len(found.beside)}.",
        ),
        turns(found.turns),
        Field("remove", "yes_no", "Remove this question?", value=False),
    )  # fmt: skip


def _words(question: Question) -> list[Field]:
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
    return fields


def _options_field(id: str, label: str, question: Question) -> Field:
    text = "\n".join(option.label for option in question.options)
    return Field(id, "long_text", label, value=text, hint="One a line.")


def _take(turn: Turn, about: str, values: Values) -> Reply:
    found = _one(turn, about)
    moves = values["turns"] != found.turns
    if values["remove"]:
        pulse, at = _without(found, values), found.number - 1
    else:
        pulse, at = _with(found, values)
    bank = bool(values["turns"])
    path = f"{'bank' if bank else 'questions'}[{at}]"
    fields = {
        **{f"{path}.follow_up.text.{band}": band for band in BANDS if band in values},
        f"{path}.follow_up": "reasons",
        f"{path}.options": "options",
        f"{path}.text": "text",
    }
    fields = {start: field for start, field in fields.items() if field in values}
    save(turn, room_for(pulse, "turns"), fields, "turns" if moves else "text")
    return shown_again(turn, pulse.id, bank, at + 1)


def _without(found: Found, values: Values) -> Pulse:
    if values["turns"] != found.turns or values["place"] != found.number:
        raise Wrong(remove="Either remove it or move it. Please choose one of the two.")
    after = _lists(found, [q for q in found.beside if q is not found.question])
    if not after.questions and not after.bank:
        raise Wrong(remove="A pulse needs a question. Please add another one first.")
    return after


def _with(found: Found, values: Values) -> tuple[Pulse, int]:
    """The pulse, and where the question stands in its list then."""
    question = _reworded(found.question, values)
    others = [q for q in found.beside if q is not found.question]
    if values["turns"] == found.turns:
        if not 1 <= values["place"] <= len(found.beside):
            raise Wrong(place=f"Please say a number from 1 to {len(found.beside)}.")
        others.insert(values["place"] - 1, question)
        return _lists(found, others), values["place"] - 1
    if values["place"] != found.number:
        raise Wrong(place="It comes last in the other list. Leave this now, and change it there.")
    if question.id == BELIEF:
        raise Wrong(turns="Whether answering is any use is asked in every round, or removed.")
    there = Found(_lists(found, others), question, not found.turns)
    return _lists(there, [*there.beside, question]), len(there.beside)


def _lists(found: Found, some: list[Question]) -> Pulse:
    """The pulse with another list in place of the one the question stands in."""
    pulse = found.pulse
    own, bank = (pulse.questions, some) if found.turns else (some, pulse.bank)
    return holding(pulse, own, bank)


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


def _rotate_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    pulse = _with_bank(turn, id)
    allowed = rules_of(turn.tx).questions_a_week
    return (
        Field(
            "rotate", "number", "How many of them does each round ask?", value=pulse.rotate,
            hint=f"1 to {_most(pulse)}. A person is asked at most {allowed} questions a week, and "
            "these count.",
        ),
    )  # fmt: skip


def _with_bank(turn: Turn, id: str) -> Pulse:
    pulse = editable(turn, id)
    if not pulse.bank:
        raise UnknownQuestion("No question of this pulse takes turns. Add one that does first.")
    return pulse


def _most(pulse: Pulse) -> int:
    return min(len(pulse.bank), MOST_QUESTIONS - len(pulse.questions))


def _rotate(turn: Turn, id: str, values: Values) -> Reply:
    pulse = _with_bank(turn, id)
    if not 1 <= values["rotate"] <= _most(pulse):
        raise Wrong(rotate=f"Please say a number from 1 to {_most(pulse)}.")
    save(turn, replace(pulse, rotate=values["rotate"]), {}, "rotate")
    return shown_again(turn, id, bank=True)


STEPS: Final = {
    "question": Step("editor", titled("Change a question"), _fields, _take),
    "rotate": Step("editor", titled("How many take turns"), _rotate_fields, _rotate),
}
