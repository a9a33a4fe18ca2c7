"""Pulses as whoever sets them up sees them: the list, one of them, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot import compose, wording
from bot.agenda import Agenda
from bot.cards import Button, Buttons, Card, Facts, Fineprint, Heading, Part, Prose, Reply
from bot.compose_preview import preview, tried
from bot.controls.applying import look
from bot.domain.bank import chosen
from bot.domain.cadence import local_day, next_opening
from bot.domain.cadence_words import said_briefly
from bot.domain.dialogue import Step as Asked
from bot.domain.files.faults import shown as quoted
from bot.domain.files.pulse_toml import BUILT_IN
from bot.domain.freeze import freeze
from bot.domain.pulse import Audience, Pulse, PulseState, every_step
from bot.domain.rounds import Round
from bot.errors import UnknownPulse
from bot.forms.step import Deed, does, opens, said, word
from bot.timetable import Timetable
from bot.turn import Turn

#: More pulses, questions or names than these a phone does not show at a stretch.
MOST: Final = 15
MOST_NAMED: Final = 4

STATES: Final[Mapping[PulseState, str]] = {
    "live": "live",
    "draft": "a draft",
    "paused": "paused",
    "archived": "in the archive",
}
NONE = "There is no pulse yet. Press “New pulse” to make the first one."
NONE_ARCHIVED = "There is nothing in the archive."
#: What follows from a state, or has to be done next.
NEXT: Final[Mapping[PulseState, str]] = {
    "draft": "Nobody is asked before it is launched.",
    "paused": "No round opens until you press “Resume”; one that is open goes on to its end.",
    "archived": "It asks nobody. What it has published stays.",
}
HOW = "A new pulse is a draft: nobody is asked before it is launched."
CHANGES_LATER = "A change holds from the next round on; a round that is open stays as it is."


def pulse_of(turn: Turn, id: str) -> Pulse:
    """Raises UnknownPulse."""
    found = None if id in BUILT_IN else turn.tx.pulses.get(id)
    if found is None:
        raise UnknownPulse("There is no such pulse any more. Type “pulse” to see those there are.")
    return found


def editable(turn: Turn, id: str) -> Pulse:
    """Editors may change drafts; what people are asked already is an admin's."""
    found = pulse_of(turn, id)
    if turn.tx.pulses.state(id) != "draft":
        turn.require("admin")
    return found


def listing(turn: Turn, archived: bool = False, unknown: str = "") -> Card:
    """`unknown` is what was asked for and is not there."""
    tx = turn.tx
    states = tx.pulses.states()
    every = [p for p in tx.pulses.all() if (states.get(p.id) == "archived") is archived]
    times = Timetable.of(tx)
    rows = [(p.title, _line(turn, times, p, states.get(p.id, "live"))) for p in every[:MOST]]
    head, none = ("In the archive", NONE_ARCHIVED) if archived else ("Pulses", NONE)
    said = f"{wording.count(len(every), 'pulse', 'pulses')}" if every else none
    parts: list[Part] = [Heading(head)]
    parts += [Prose(f"There is no pulse “{unknown}”. These there are:")] if unknown else []
    parts.append(Facts(tuple(rows)) if rows else Prose(none))
    buttons = [does("pulse", pulse.title, pulse.id) for pulse in every[:MOST]]
    if archived:
        return Card(f"{head}: {said}", (*parts, Buttons((*buttons, word("pulse", "Back")))))
    buttons.append(opens("new", "New pulse"))
    if "archived" in states.values():
        buttons.append(word("pulse archived", "What is in the archive"))
    return Card(f"{head}: {said}", (*parts, Buttons(tuple(buttons)), Fineprint(HOW)))


def card(turn: Turn, pulse: Pulse) -> Card:
    """One pulse, and what can be done with it by whoever asks."""
    state = turn.tx.pulses.state(pulse.id)
    line = _line(turn, Timetable.of(turn.tx), pulse, state)
    outcome = look(turn.tx, pulse)
    questions = [f"{number}. {q.text}" for number, q in enumerate(pulse.questions, start=1)]
    if pulse.bank:
        few = f"{pulse.rotate} of {len(pulse.bank)} that take turns."
        questions.append(f"And {few}" if questions else f"It asks {few}")
    rows = (
        ("State", line),
        ("Asks", f"{whom(pulse.audience)} ({wording.count(outcome.invited, 'person', 'people')})"),
        ("When", said_briefly(pulse.cadence)),
        ("Answers", _kept(pulse)),
    )
    parts: list[Part] = [Heading(pulse.title), Facts(rows), Prose("\n".join(questions))]
    parts += map(Fineprint, outcome.notes)
    parts += [Buttons(tuple(_buttons(turn, pulse, state))), Fineprint(f"Its id is {pulse.id}.")]
    parts += [Fineprint(NEXT[state])] if state in NEXT else []
    parts += [] if state == "draft" else [Fineprint(CHANGES_LATER)]
    return Card(f"{pulse.title}: {line}", tuple(parts))


def _kept(pulse: Pulse) -> str:
    if pulse.manner == "named":
        return "with names, for those who ask"
    return f"confidential, shown for groups of {pulse.smallest_group} or more"


def shown(turn: Turn, id: str) -> Reply:
    return said(card(turn, pulse_of(turn, id)))


def whom(audience: Audience) -> str:
    """“Everybody, except Legal”"""
    names = [*audience.units, *audience.roles, *audience.sites]
    emails = [*audience.emails]
    if len(names) + len(emails) > MOST_NAMED and emails:
        emails = [wording.count(len(emails), "e-mail", "e-mails")]
    told = "Everybody" if audience.everyone else ", ".join([*names, *emails][:MOST_NAMED])
    more = 0 if audience.everyone else len(names) + len(emails) - MOST_NAMED
    told += f" and {more} more" if more > 0 else ""
    return f"{told}, except {whom(audience.excluded)}" if audience.excluded else told


def round_now(turn: Turn, pulse: Pulse) -> Round:
    """Its next round as it would be opened, or one of the asker alone where it asks nobody."""
    agenda = Agenda.of(turn.tx, turn.at).considering(turn.tx, pulse)
    mine, times = agenda.pulses[pulse.id], agenda.times
    day = local_day(_opens(times, mine, turn.at) or turn.at, turn.person.zone)
    # Who is spared that day is not known yet.
    found = replace(agenda, asked={}).round(mine, day)
    return found or freeze(chosen(mine, ()), [turn.person], day, work=times.rules.work)


def _line(turn: Turn, times: Timetable, pulse: Pulse, state: PulseState) -> str:
    asked = wording.count(pulse.asked, "question", "questions")
    asked += f", {pulse.rotate} of them in turns" if pulse.bank else ""
    if turn.tx.rounds.of_pulse(pulse.id, "open"):
        return f"{STATES[state]}, {_open_until(turn, pulse)}, {asked}"
    mine = times.pulses.get(pulse.id)
    at = _opens(times, mine, turn.at) if mine else None
    opens_on = f", opens on {wording.day(local_day(at, turn.person.zone))}" if at else ""
    return f"{STATES[state]}{opens_on}, {asked}"


def _open_until(turn: Turn, pulse: Pulse) -> str:
    round = turn.tx.rounds.of_pulse(pulse.id, "open")[0]
    if round.early_at:
        return "its round closes within a minute"
    return f"a round is open until {wording.day(round.plan.last_day)}"


def _opens(times: Timetable, pulse: Pulse, now: datetime) -> datetime | None:
    zones = times.zones[pulse.id]
    last, work = times.last(pulse), times.work[pulse.id]
    return next_opening(pulse.cadence, zones, last, now, work) if zones else None


def _buttons(turn: Turn, pulse: Pulse, state: PulseState) -> Iterator[Button]:
    id, is_admin = pulse.id, "admin" in turn.person.grants
    if is_admin or state == "draft":
        yield opens("title", "Title and manner", id)
        yield does("questions", "Questions", id)
        yield opens("audience", "Whom it asks", id)
        yield opens("cadence", "When it asks", id)
    yield does("preview", "Preview", id)
    yield does("test", "Send me a test", f"{id}:0")
    if is_admin:
        yield from _running(turn, id, state)
    yield opens("duplicate", "Duplicate", id)


def _running(turn: Turn, id: str, state: PulseState) -> Iterator[Button]:
    if state == "draft":
        yield does("launching", "Launch…", id)
    if state == "live":
        yield does("launching", "Its load", id)
        yield does("pause", "Pause", id)
    if state in ("paused", "archived"):
        yield does("resume", "Resume" if state == "paused" else "Back to the drafts", id)
    if turn.tx.rounds.of_pulse(id, "open"):
        yield opens("close", "Close early…", id)
        yield opens("recall", "Recall…", id)
    if state != "archived":
        yield does("archive", "Archive", id)


def _preview(turn: Turn, id: str) -> Reply:
    pulse = pulse_of(turn, id)
    round = round_now(turn, pulse)
    return said(preview(compose.opening(round), _turns(pulse, round)))


def _turns(pulse: Pulse, round: Round) -> str:
    """What comes next of its bank, for whoever looks at it beforehand."""
    if not pulse.bank:
        return ""
    mine = [q.text for q in round.plan.questions if q.id in round.plan.bank]
    if not mine:
        return "Too few are at the same place of the bank, so this round asks its own questions."
    others = len(pulse.bank) - len(mine)
    later = f" The other {others} come in later rounds." if others else ""
    return f"Next of those that take turns: {' '.join(map(quoted, mine))}{later}"


def number_in(text: str) -> int:
    """What a button counts with; 0 for what is no such number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _test(turn: Turn, about: str) -> Reply:
    """Every card in turn, by pressing anything; nothing is kept."""
    id, _, at = about.partition(":")
    pulse = pulse_of(turn, id)
    round = round_now(turn, pulse)
    asked = [question for question, _ in every_step(round.plan.questions)]
    number = number_in(at)
    onward = does("test", "", f"{id}:{number + 1}").ref
    if number == 0:
        return said(tried(compose.opening(round), onward, _turns(pulse, round)))
    if number >= len(asked):
        return Reply(redraw=preview(compose.thanks(round)))
    step = Asked(asked[number], asked[number].wording("middle"), number + 1, len(asked))
    return Reply(redraw=tried(compose.question(round, step), onward))


def _leading_back(run: Callable[[Turn, str], Reply]) -> Callable[[Turn, str], Reply]:
    """What is only looked at is left by a button, below all that people will see."""

    def shown_with_a_way_back(turn: Turn, about: str) -> Reply:
        reply = run(turn, about)
        back = Buttons((does("pulse", "Back to the pulse", about.partition(":")[0]),))

        def left(card: Card) -> Card:
            return replace(card, parts=(*card.parts, back))

        redraw = left(reply.redraw) if reply.redraw else None
        return replace(reply, say=tuple(map(left, reply.say)), redraw=redraw)

    return shown_with_a_way_back


DEEDS: Final = {
    "pulse": Deed("editor", shown),
    "preview": Deed("editor", _leading_back(_preview)),
    "test": Deed("editor", _leading_back(_test)),
}
