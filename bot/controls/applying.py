"""A pulse is added or changed: what would be different, what to look at, and the change itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.fatigue import ALONE
from bot.domain.files.pulse_text import Change, changes
from bot.domain.freeze import at_its_longest, freeze, too_few
from bot.domain.house_rules import HouseRules
from bot.domain.people import Person
from bot.domain.pulse import FEWEST_INVITED, Pulse
from bot.domain.shape import Hidden, hidden
from bot.errors import Fault
from bot.house_rules import rules_of
from bot.ports import AuditLine, Transaction

#: Characters of an audit line.
LONGEST_LINE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    #: 0 where there is none yet.
    before: int
    #: The stored one; 0 where nothing was written.
    version: int
    changes: Sequence[Change]
    #: What to look at, though it can be taken.
    notes: Sequence[str]
    #: Groups that will never be shown by themselves.
    hidden: Sequence[Hidden] = ()
    #: Whom its audience names, of the people there are.
    invited: int = 0


def look(tx: Transaction, pulse: Pulse) -> Outcome:
    """What `put` would do; raises Fault for questions that no ballot can hold."""
    before = tx.pulses.get(pulse.id)
    invited = [person for person in tx.people.all() if pulse.audience.invites(person)]
    return Outcome(
        before.version if before else 0,
        0,
        changes(before, pulse),
        _notes(pulse, invited, rules_of(tx)),
        hidden(pulse, Counter(person.place for person in invited)),
        len(invited),
    )


def put(tx: Transaction, pulse: Pulse, who: str, now: datetime) -> Outcome:
    """Store as the next version and say so in the audit; nothing where nothing is different."""
    outcome = look(tx, pulse)
    if not outcome.changes:
        return replace(outcome, version=outcome.before)
    version = tx.pulses.put(pulse)
    what = "; ".join(map(told, outcome.changes)) if outcome.before else f"new, {pulse.title}"
    line = f"pulse {pulse.id}, version {version}: {what}"
    tx.audit.add(AuditLine(now, who, _cut(line)))
    return replace(outcome, version=version)


def allowed(tx: Transaction, pulse: Pulse) -> Pulse:
    """With an admin's yes where it needs one."""
    above = pulse.load > rules_of(tx).questions_a_week
    return replace(pulse, above_cap=pulse.above_cap or above)


def told(change: Change) -> str:
    return f"{change.field}: {change.before or '–'} → {change.after or '–'}"


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def _notes(pulse: Pulse, invited: Sequence[Person], rules: HouseRules) -> list[str]:
    """What a round of it would be like for the people there are."""
    if not invited:
        return ["It invites nobody yet; check its audience against the people list."]
    try:
        plan = freeze(at_its_longest(pulse), invited, pulse.cadence.starts).plan
    except OverflowError as wrong:
        raise Fault([f"questions: {wrong}; ask for less, or shorten ids of options"]) from None
    found = [_above_cap(pulse, rules), _hours(pulse, rules)]
    if too_few(plan):
        found.insert(
            0,
            f"It invites {plan.invited} people, and a confidential round takes at least "
            f"{FEWEST_INVITED}: none will open. Invite more, or keep answers with names "
            "(“named”).",
        )
    return [note for note in found if note]


def _above_cap(pulse: Pulse, rules: HouseRules) -> str:
    load = pulse.load
    if load <= rules.questions_a_week:
        return ""
    if pulse.above_cap:
        return (
            f"It asks {load} questions, more than the {rules.questions_a_week} a person is asked "
            f"a week: whoever gets it is sent no other pulse for {ALONE.days // 7} weeks."
        )
    return (
        f"It asks {load} questions, and a person is asked at most {rules.questions_a_week} a week: "
        "none will open. Ask less, or say yes to it: in chat where its load is told, in a file by "
        "above_cap = true."
    )


def _hours(pulse: Pulse, rules: HouseRules) -> str:
    at = rules.within_hours(pulse.cadence).at
    if at == pulse.cadence.at:
        return ""
    return (
        f"Cards go out at {at:%H:%M}, because people work then and not at {pulse.cadence.at:%H:%M}."
    )
