"""One event, one transaction, one reply."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot import compose
from bot.cards import Reply
from bot.commands import COMMANDS, spoken
from bot.domain.ballot import Answer, Answers, Keys
from bot.domain.dialogue import advance, find
from bot.domain.people import Person
from bot.domain.pulse import Question, every_step
from bot.domain.rounds import Round
from bot.errors import BadValue, Refusal, UnknownControl, UnknownPerson, UnknownQuestion
from bot.events import Address, Arrived, Commanded, Event, Pressed, Submitted, Wrote
from bot.ports import KeyRing, Store, Transaction
from bot.questions import KINDS
from bot.refs import Ref
from bot.turn import Sheet, Turn

#: Seconds that an address may be taken to be the same person's without asking again.
TRUSTED: Final = 60.0
#: Addresses and rounds remembered at most.
REMEMBERED: Final = 50_000


class Engine:
    """Answers events. Ack means saved: `handle` returns after the commit."""

    def __init__(self, store: Store, ring: KeyRing) -> None:
        self._store = store
        self._ring = ring
        self._speakers: dict[Address, tuple[float, Person]] = {}
        self._rounds: dict[str, Round] = {}

    async def handle(self, event: Event) -> Reply:
        """The reply to one event; a Refusal is part of it. Whatever else is raised is a bug."""
        event = _as_command(event)
        reads = isinstance(event, Commanded) and not spoken(event.words)[0].writes
        try:
            if reads:
                return await self._store.read(lambda tx: self._answer(tx, event))
            return await self._store.run(lambda tx: self._once(tx, event))
        except Refusal as refusal:
            return Reply(refusal=refusal)

    def _once(self, tx: Transaction, event: Event) -> Reply:
        if event.id and not tx.marks.add(*self._marks(event)):
            return Reply()
        return self._answer(tx, event)

    def _answer(self, tx: Transaction, event: Event) -> Reply:
        match event:
            case Commanded():
                command, rest = spoken(event.words)
                turn = Turn(tx, self._ring, _known(tx, event.who), event.at)
                if command.needs:
                    turn.require(command.needs)
                return command.run(turn, rest)
            case Wrote():
                _known(tx, event.who)
                return Reply(say=(compose.typed(),))
            case Arrived():
                _known(tx, event.who)
                return Reply(say=(compose.welcome(),))
            case Pressed():
                return self._pressed(self._turn(tx, event), event.ref, event.value)
            case Submitted():
                return self._submitted(self._turn(tx, event), event.ref, event.values)

    def _pressed(self, turn: Turn, ref: Ref, value: object) -> Reply:
        sheet = turn.take(self._round(turn.tx, ref.round))
        answers = sheet.ballot.answers
        if ref.verb == "review":
            return Reply(redraw=compose.review(sheet.round, answers))
        if ref.verb not in ("answer", "skip"):
            raise UnknownControl
        question = _askable(sheet, ref.item)
        answer = None if ref.verb == "skip" else KINDS[question.kind].read(question, value)
        return _write(turn, sheet, advance(answers, question, answer))

    def _submitted(self, turn: Turn, ref: Ref, values: Mapping[str, object]) -> Reply:
        sheet = turn.take(self._round(turn.tx, ref.round))
        if ref.verb == "answer":
            question = _askable(sheet, ref.item)
            try:
                answer = KINDS[question.kind].read(question, values.get("text"))
            except Refusal as wrong:
                return Reply(errors={"text": wrong})
            return _write(turn, sheet, advance(sheet.ballot.answers, question, answer))
        if ref.verb != "answers":
            raise UnknownControl
        answers, errors = _read_all(sheet, values)
        return Reply(errors=errors) if errors else _write(turn, sheet, answers)

    def _turn(self, tx: Transaction, event: Event) -> Turn:
        return Turn(tx, self._ring, self._speaker(tx, event.who), event.at)

    def _speaker(self, tx: Transaction, who: Address) -> Person:
        """Who answers; remembered for a minute, because only the id is needed to find a ballot."""
        now = time.monotonic()
        until, person = self._speakers.get(who, (0.0, None))
        if person is None or until < now:
            person = _known(tx, who)
            if len(self._speakers) >= REMEMBERED:
                self._speakers.clear()
            self._speakers[who] = (now + TRUSTED, person)
        return person

    def _round(self, tx: Transaction, round_id: str) -> Round:
        """An open round never changes its plan; its state is read with every ballot."""
        round = self._rounds.get(round_id)
        if round is None:
            round = tx.rounds.get(round_id)
            if round is None:
                raise UnknownControl
            if len(self._rounds) >= REMEMBERED:
                self._rounds.clear()
            if round.state == "open":
                self._rounds[round_id] = round
        return round

    def _marks(self, event: Event) -> tuple[bytes, date, bytes]:
        today = event.at.date()
        return self._mark(event, today), today, self._mark(event, today - timedelta(days=1))

    def _mark(self, event: Event, day: date) -> bytes:
        """The event's id under the key of a day; without that key nobody can tell whose it was."""
        name = event_keys(day)
        keys = self._ring.get(name) or self._ring.put(name, Keys.draw())
        said = f"{event.who.platform}|{event.who.space}|{event.id}".encode()
        return hmac.digest(keys.tag, said, "sha256")[:16]


def event_keys(day: date) -> str:
    """Name of the day's key in the ring."""
    return f"events@{day.isoformat()}"


def _as_command(event: Event) -> Event:
    """A button that stands for a word, and a word typed without its slash."""
    if isinstance(event, Pressed) and event.ref.verb == "command":
        return Commanded(event.id, event.who, event.at, event.ref.item)
    if isinstance(event, Wrote) and _is_command(event.text):
        return Commanded(event.id, event.who, event.at, event.text)
    return event


def _is_command(text: str) -> bool:
    """A known word first and little after it; a whole sentence is meant for people."""
    words = text.lower().split()
    return bool(words) and (words[0] == "/itpulse" or (words[0] in COMMANDS and len(words) <= 4))


def _known(tx: Transaction, who: Address) -> Person:
    person = tx.people.by_address(who)
    if person is None:
        raise UnknownPerson
    return person


def _askable(sheet: Sheet, question_id: str) -> Question:
    """The question meant, if it may be asked now: a follow-up only after its parent's answer."""
    found = find(sheet.round.plan.questions, question_id)
    if found is None:
        raise UnknownQuestion
    question, parent = found
    if parent and sheet.ballot.answers.get(parent.id) is None:
        raise BadValue("Please answer the question before this one first.")
    return question


def _read_all(sheet: Sheet, values: Mapping[str, object]) -> tuple[Answers, dict[str, Refusal]]:
    """A whole round at once: all answers are taken, or none."""
    questions = sheet.round.plan.questions
    answers = sheet.ballot.answers
    known = {question.id for question, _ in every_step(questions)}
    errors: dict[str, Refusal] = {i: UnknownQuestion() for i in values if i not in known}
    for question, parent in every_step(questions):
        if question.id in values:
            try:
                answer = _read(question, values[question.id])
            except Refusal as wrong:
                errors[question.id] = wrong
                continue
            if parent and answers.get(parent.id) is None and answer is not None:
                errors[question.id] = BadValue("Please answer the question before this one too.")
                continue
            answers = advance(answers, question, answer)
    return answers, errors


def _read(question: Question, value: object) -> Answer:
    return None if value is None else KINDS[question.kind].read(question, value)


def _write(turn: Turn, sheet: Sheet, answers: Answers) -> Reply:
    before = sheet.ballot
    turn.seal(sheet, before.answered(answers))
    return Reply(redraw=compose.turn(sheet.round, answers), corrected=before.holds_an_answer)
