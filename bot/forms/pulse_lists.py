"""The questions of a pulse as whoever sets it up sees them: those of every round, and the bank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot import wording
from bot.cards import Button, Buttons, Card, Facts, Fineprint, Heading, Part, Prose, Reply
from bot.controls.applying import look
from bot.domain.bank import walk_of
from bot.domain.pulse import MOST_IN_BANK, MOST_QUESTIONS, Pulse, Question
from bot.forms.pulse_new import LABELS
from bot.forms.pulse_shown import editable, number_in
from bot.forms.step import Deed, does, opens, said
from bot.turn import Turn

#: Questions of a bank on one card.
MOST: Final = 10
NONE_YET: Final = (
    "No question takes turns yet. Of those that do a round asks a few beside its own, and nobody "
    "sees one again before the rest was sent to them."
)


def listed(turn: Turn, id: str) -> Card:
    """What every round asks."""
    pulse = editable(turn, id)
    head = Heading(f"Questions: {pulse.title}")
    rows = _rows(pulse.questions, 1)
    parts: list[Part] = [head, *([Facts(rows)] if rows else [])]
    parts += [Prose(f"{in_turns(pulse)}.")] if pulse.bank else []
    buttons = [
        *_changes(pulse, pulse.questions, 1),
        opens("add", "Add a question", id),
        does("bank", "Questions that take turns", id),
        does("pulse", "Back", id),
    ]
    fine = (*_notes(turn, pulse), Fineprint(f"A round asks at most {MOST_QUESTIONS}."))
    return Card(f"{head.text}: {pulse.asked}", (*parts, Buttons(tuple(buttons)), *fine))


def banked(turn: Turn, about: str) -> Card:
    """What takes turns, a page of it."""
    id, _, at = about.partition(":")
    pulse = editable(turn, id)
    first = min(number_in(at), (len(pulse.bank) - 1) // MOST) * MOST if pulse.bank else 0
    page = pulse.bank[first : first + MOST]
    head = Heading(f"Taking turns: {pulse.title}")
    told = NONE_YET
    if pulse.bank:
        walk = wording.count(walk_of(pulse), "round", "rounds")
        told = f"{in_turns(pulse)}. After {walk} everybody was sent all of them."
    rows = _rows(page, first + 1)
    buttons = [*_changes(pulse, page, first + 1), *_around(pulse, first)]
    buttons += [opens("rotate", "How many a round", id)] if pulse.bank else []
    buttons += [opens("add", "Add a question", f"{id}:bank"), does("questions", "Back", id)]
    most = Fineprint(f"{MOST_IN_BANK} can take turns. They are asked in this order.")
    parts: list[Part] = [head, Prose(told), *([Facts(rows)] if rows else [])]
    fine = (*_notes(turn, pulse), most)
    return Card(f"{head.text}: {told}", (*parts, Buttons(tuple(buttons)), *fine))


def _notes(turn: Turn, pulse: Pulse) -> Iterable[Fineprint]:
    """Why it would not open, before whoever changes it turns away."""
    return map(Fineprint, look(turn.tx, pulse).notes)


def in_turns(pulse: Pulse) -> str:
    """“Each round asks 2 of 6 questions that take turns, beside 1 of its own”"""
    own = f", beside {len(pulse.questions)} of its own" if pulse.questions else ""
    return f"Each round asks {pulse.rotate} of {len(pulse.bank)} questions that take turns{own}"


def _around(pulse: Pulse, first: int) -> list[Button]:
    page = first // MOST
    before = [does("bank", "Those before", f"{pulse.id}:{page - 1}")] if page else []
    more = len(pulse.bank) > first + MOST
    return before + ([does("bank", "Those after", f"{pulse.id}:{page + 1}")] if more else [])


def _rows(questions: Sequence[Question], first: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"{number}", _told(q)) for number, q in enumerate(questions, start=first))


def _changes(pulse: Pulse, questions: Sequence[Question], first: int) -> list[Button]:
    return [
        opens("question", f"Change {number}", f"{pulse.id}:{question.id}")
        for number, question in enumerate(questions, start=first)
    ]


def _told(question: Question) -> str:
    how = LABELS.get(question.kind, question.kind)
    return f"{question.text} ({how}{', and why' if question.follow_up else ''})"


def shown_again(turn: Turn, id: str, bank: bool, number: int = 1) -> Reply:
    """The list somebody has just changed, where it shows what they changed."""
    page = (number - 1) // MOST
    return said(banked(turn, f"{id}:{page}") if bank else listed(turn, id))


DEEDS: Final = {
    "questions": Deed("editor", lambda turn, id: said(listed(turn, id))),
    "bank": Deed("editor", lambda turn, about: said(banked(turn, about))),
}
