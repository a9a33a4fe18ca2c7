"""What leads are told when a round has been released: nothing that its release does not say."""

from __future__ import annotations

from typing import Final

from bot import wording
from bot.cards import Button, Buttons, Card, Fineprint, Heading, Part, Prose
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.refs import LONGEST, Ref

#: Units offered at most, of a lead who sees some only.
MOST: Final = 5
IN: Final = "The answers are in"
BOX: Final = "The box has been opened"
OPEN: Final = "Open the summary"
WROTE: Final = "What people wrote"
QUIET: Final = "“pause” keeps me quiet for a while."


def released(round: Round, person: Person, told: str) -> Card:
    """`told` is what came of it, for whoever sees the whole company; else it is empty."""
    line = f"{BOX if round.plan.box else IN}: {round.plan.title}"
    of = "" if round.plan.box else f"The round of {wording.day(round.day)} has closed. "
    mine = f" You see the figures of {_listed(person)}." if person.sees_only else ""
    words = f"{of}{told}".strip() + mine
    parts: list[Part] = [Heading(line)]
    parts += [Prose(words)] if words else []
    parts += [Buttons(tuple(_buttons(round, person))), Fineprint(QUIET)]
    return Card(f"{line} {told}".strip(), tuple(parts))


def _listed(person: Person) -> str:
    first, rest = person.sees_only[:MOST], len(person.sees_only) - MOST
    return ", ".join(first) + (f" and {rest} more" if rest > 0 else "")


def _buttons(round: Round, person: Person) -> list[Button]:
    if round.plan.manner != "named" and len(person.sees_only) > 1:
        # Which one is meant has to be said.
        refs = [(Ref("command", item=f"summary {round.pulse} {u}"), u) for u in person.sees_only]
        return [Button(ref, unit) for ref, unit in refs[:MOST] if _fits(ref)]
    found = [Button(Ref("command", item=f"summary {round.pulse}"), OPEN)]
    if round.plan.manner != "named" and any(q.kind == "comment" for q in round.plan.questions):
        found.append(Button(Ref("command", item=f"voices {round.pulse}"), WROTE))
    return found


def _fits(ref: Ref) -> bool:
    return "|" not in ref.item and len(ref.wire()) <= LONGEST
