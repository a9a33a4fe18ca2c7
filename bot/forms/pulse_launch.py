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

RECALL: Final = (
    "Cards that have not been sent yet are not sent any more. Whoever has one may still answer, "
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
    small = shape.told(list(outcome.hidden))
    dates = _first_round(found)
    begins: list[Part] = [Facts(dates)] if dates else [Prose(first)]
    buttons = [does("pulse", "Back", id)]
    if draft or _needs_yes(turn, pulse):
        buttons.insert(0, opens("launch", "Launch" if draft else "Say yes to it", id))
    parts = (
        Heading(head),
        *begins,
        *map(Prose, others),
        *map(Fineprint, outcome.notes),
        Buttons(tuple(buttons)),
        *([Fineprint(small)] if small else []),
    )
    return said(Card(f"{head}. {first}", parts))


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
    who, is_draft = turn.person.email, turn.tx.pulses.state(id) == "draft"
    if not is_draft and not _needs_yes(turn, pulse):
        raise SoAlready("This pulse has been launched already; nothing was changed.")
    if is_draft:
        pulse = _starting_now(pulse, local_day(turn.at, turn.person.zone))
    put(turn.tx, replace(pulse, above_cap=pulse.above_cap or above), who, turn.at)
    if is_draft:
        turn.tx.pulses.set_state(id, "live")
        turn.tx.audit.add(AuditLine(turn.at, who, f"pulse {id}: launched"))
    return said(card(turn, pulse_of(turn, id)))


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
    return said(Card(line, (Prose(line),)))


def _recall_fields(turn: Turn, id: str) -> tuple[Field, ...]:
    pulse_of(turn, id)
    return (Field("sure", "yes_no", "Take back what has not been sent?", hint=RECALL),)


def _recall(turn: Turn, id: str, values: Values) -> Reply:
    sure(values)
    found = running.recall(turn.tx, id, turn.person.email, turn.at)
    taken = wording.count(found.taken_back, "card", "cards")
    line = f"{taken} will not be sent; {found.sent} had been sent already."
    line += " Too few have got it, so the round closes now." if found.discarded else ""
    return said(Card(line, (Prose(line),)))


def _turned(turn_it: Callable[..., Pulse]) -> Callable[[Turn, str], Reply]:
    def run(turn: Turn, id: str) -> Reply:
        pulse_of(turn, id)
        turn_it(turn.tx, id, turn.person.email, turn.at)
        return Reply(redraw=card(turn, pulse_of(turn, id)))

    return run


def _resume(turn: Turn, id: str) -> Reply:
    if turn.tx.pulses.state(id) == "draft":
        raise SoAlready("This is a draft. Launch it, and its rounds open by themselves.")
    return _turned(running.resume)(turn, id)


def _title(what: str) -> Callable[[Turn, str], str]:
    return lambda turn, id: f"{what}: {pulse_of(turn, id).title}"


STEPS: Final = {
    "launch": Step("admin", _title("Launch"), _launch_fields, _launch, "Launch"),
    "close": Step("admin", _title("Close early"), _close_fields, _close, "Close early"),
    "recall": Step("admin", _title("Recall"), _recall_fields, _recall, "Take back"),
}
DEEDS: Final = {
    "launching": Deed("admin", _launching),
    "pause": Deed("admin", _turned(running.pause)),
    "resume": Deed("admin", _resume),
    "archive": Deed("admin", _turned(running.archive)),
}
