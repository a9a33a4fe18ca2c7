"""A pulse starts, rests, ends early, or is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from bot import wording
from bot.cards import Buttons, Card, Facts, Field, Fineprint, Heading, Part, Prose, Reply
from bot.controls import running
from bot.controls.applying import look, put
from bot.controls.closing import close_early, consequences, open_round
from bot.controls.running import SoAlready
from bot.domain import shape
from bot.domain.cadence import local_day, openings
from bot.domain.cadence_words import ANY_DAY
from bot.domain.fatigue import ALONE
from bot.domain.pulse import FEWEST_INVITED, Pulse
from bot.forms.pulse_shown import card, pulse_of
from bot.forms.step import Deed, Step, Values, does, opens, said, sure
from bot.house_rules import rules_of
from bot.load import WHY, Load, load, told
from bot.ports import AuditLine
from bot.turn import Turn

LAUNCHED: Final = "This pulse has been launched already; nothing was changed."
NONE_OPENS: Final = (
    f"As things stand no round opens: fewer than {FEWEST_INVITED} people can be asked."
)
WHICH: Final = "“audit” tells afterwards which it was."
RECALL: Final = (
    "These are not sent any more. Whoever has one may still answer, "
    f"but a confidential round that fewer than {FEWEST_INVITED} have got closes at once and "
    "publishes nothing."
)


def _launching(turn: Turn, id: str) -> Reply:
    """What it would mean, before anything is done."""
    pulse = pulse_of(turn, id)
    found, outcome = load(turn.tx, pulse, turn.at), look(turn.tx, pulse)
    draft = turn.tx.pulses.state(id) == "draft"
    head = f"Before “{pulse.title}” is launched" if draft else f"What “{pulse.title}” asks"
    first, *others = told(found, [])
    if not _can_open(pulse, found) and found.opens_on:
        first = NONE_OPENS
    small = shape.told(list(outcome.hidden))
    dates = _first_round(found) if _can_open(pulse, found) else ()
    begins: list[Part] = [Facts(dates)] if dates else [Prose(first)]
    buttons = [does("pulse", "Back", id)]
    if _needs_yes(turn, pulse):
        buttons.insert(0, opens("launch", "Launch…" if draft else "Say yes to it", id))
    elif draft:
        buttons.insert(0, does("launch", "Launch", f"{id}:{pulse.version}"))
    parts = (
        Heading(head),
        *begins,
        *map(Prose, others),
        *map(Fineprint, outcome.notes),
        Buttons(tuple(buttons)),
        *([Fineprint(small)] if small else []),
    )
    return said(Card(f"{head}. {first}", parts))


def _can_open(pulse: Pulse, found: Load) -> bool:
    return pulse.manner == "named" or found.asked >= FEWEST_INVITED


def _first_round(found: Load) -> tuple[tuple[str, str], ...]:
    if found.opens_on is None or found.closes_on is None:
        return ()
    spared = "".join(f", {count} {WHY[why]}" for why, count in sorted(found.spared.items()))
    return (
        ("First round", wording.day(found.opens_on)),
        ("Finished", wording.day(found.closes_on)),
        ("Asked then", f"{found.asked} of {found.audience} people{spared}"),
    )


def _above(turn: Turn, pulse: Pulse) -> bool:
    return pulse.load > rules_of(turn.tx).questions_a_week


def _needs_yes(turn: Turn, pulse: Pulse) -> bool:
    return _above(turn, pulse) and not pulse.above_cap


def _launch_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    pulse = pulse_of(turn, id)
    asked, cap = pulse.load, rules_of(turn.tx).questions_a_week
    above = Field(
        "above_cap", "yes_no", f"Ask {asked} questions, though a week allows {cap}?",
        hint=f"Whoever gets it is sent no other pulse for {ALONE.days // 7} weeks.",
    )  # fmt: skip
    once = Field("sure", "yes_no", "Launch it?", hint="From then on its rounds open by themselves.")
    return (once, above) if _above(turn, pulse) else (once,)


def _launch(turn: Turn, id: str, values: Values) -> Reply:
    pulse = pulse_of(turn, id)
    sure(values)
    above = "above_cap" in values
    if above:
        sure(values, "above_cap")
    is_draft = turn.tx.pulses.state(id) == "draft"
    if not is_draft and not _needs_yes(turn, pulse):
        raise SoAlready(LAUNCHED)
    pulse = replace(pulse, above_cap=pulse.above_cap or above)
    if is_draft:
        _start(turn, pulse)
    else:
        put(turn.tx, pulse, turn.person.email, turn.at)
    return said(card(turn, pulse_of(turn, id)))


def _at_once(turn: Turn, about: str) -> Reply:
    """From the card that has said what it means, and of exactly what that card was about."""
    id, _, version = about.partition(":")
    pulse = pulse_of(turn, id)
    if turn.tx.pulses.state(id) != "draft":
        raise SoAlready(LAUNCHED)
    if version != str(pulse.version) or _needs_yes(turn, pulse):
        return _launching(turn, id)
    _start(turn, pulse)
    return Reply(redraw=card(turn, pulse_of(turn, id)))


def _start(turn: Turn, pulse: Pulse) -> None:
    who = turn.person.email
    pulse = _starting_now(pulse, local_day(turn.at, turn.person.zone))
    put(turn.tx, pulse, who, turn.at)
    turn.tx.pulses.set_state(pulse.id, "live")
    turn.tx.audit.add(AuditLine(turn.at, who, f"pulse {pulse.id}: launched"))


def _starting_now(pulse: Pulse, today: date) -> Pulse:
    """Dates that passed while it was a draft are not made up for."""
    days = openings(pulse.cadence, today, ANY_DAY)
    first = next((day for day in days if day >= today), pulse.cadence.starts)
    starts = max(first, pulse.cadence.starts)
    return replace(pulse, cadence=replace(pulse.cadence, starts=starts))


def _close_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    round = open_round(turn.tx, pulse_of(turn, id).id)
    return (Field("sure", "yes_no", "Close this round now?", hint=consequences(round)),)


def _close(turn: Turn, id: str, values: Values) -> Reply:
    sure(values)
    round = close_early(turn.tx, id, turn.person.email, turn.at)
    line = f"The round of {wording.day(round.day)} closes within a minute. {consequences(round)}"
    named = round.plan.manner == "named"
    return said(_done(line if named else f"{line} {WHICH}", id))


def _done(line: str, id: str) -> Card:
    return Card(line, (Prose(line), Buttons((does("pulse", "Back", id),))))


def _recall_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    pulse_of(turn, id)
    waiting = wording.count(running.unsent(turn.tx, id), "card has", "cards have")
    hint = f"{waiting} not been sent yet. {RECALL}"
    return (Field("sure", "yes_no", "Take back what has not been sent?", hint=hint),)


def _recall(turn: Turn, id: str, values: Values) -> Reply:
    sure(values)
    found = running.recall(turn.tx, id, turn.person.email, turn.at)
    taken = wording.count(found.taken_back, "card", "cards")
    line = f"{taken} will not be sent; {found.sent} had been sent already."
    line += " Too few have got it, so the round closes now." if found.discarded else ""
    return said(_done(line, id))


def _turned(turn_it: Callable[..., Pulse]) -> Callable[[Turn, str], Reply]:
    def run(turn: Turn, id: str) -> Reply:
        pulse_of(turn, id)
        turn_it(turn.tx, id, turn.person.email, turn.at)
        return Reply(redraw=card(turn, pulse_of(turn, id)))

    return run


def _resume(turn: Turn, id: str) -> Reply:
    """Only from a pause: whatever else is launched, and told of beforehand."""
    state = turn.tx.pulses.state(id)
    if state == "draft":
        raise SoAlready("This is a draft. Launch it, and its rounds open by themselves.")
    return _turned(running.take_out if state == "archived" else running.resume)(turn, id)


def _title(what: str) -> Callable[[Turn, str], str]:
    return lambda turn, id: f"{what}: {pulse_of(turn, id).title}"


STEPS: Final = {
    "launch": Step("admin", _title("Launch"), _launch_fields, _launch, "Launch"),
    "close": Step("admin", _title("Close early"), _close_fields, _close, "Close early"),
    "recall": Step("admin", _title("Recall"), _recall_fields, _recall, "Take back"),
}
DEEDS: Final = {
    "launching": Deed("admin", _launching),
    "launch": Deed("admin", _at_once),
    "pause": Deed("admin", _turned(running.pause)),
    "resume": Deed("admin", _resume),
    "archive": Deed("admin", _turned(running.archive)),
}
