"""Figures in words: what several commands say in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple

from bot import wording
from bot.cards import Button, Buttons, Card, Fineprint, Heading, Part, Prose
from bot.domain.answer import Shown
from bot.domain.grumbles import GRUMBLES
from bot.domain.grumbles import PULSE as BOX
from bot.domain.release import ReleasedRound
from bot.domain.report import Report, released_last
from bot.refs import Ref
from bot.turn import Turn

#: What the signs beside a figure mean, where there are any.
SIGNS: Final = (
    "≤, ≥, ≈: one answer may have been moved, so that no figure gives anybody away; the true one "
    "is at most, at least or about this."
)
LIKELY: Final = (
    "“Likely”: of 100 rounds like this one, the true figure lies between the two in about 95."
)


#: Other pulses offered below a card, and what stands above them.
MOST_OTHERS: Final = 3
ALSO: Final = "Also asked, with the day it closed:"


class Reading(NamedTuple):
    """How a formula's figure is said and drawn, and the ends of the chart it is drawn in."""

    said: Callable[[float], str]
    low: float
    high: float
    drawn: Callable[[float], float] = lambda mean: round(mean, 1)
    #: Behind the question, above the chart.
    unit: str = ""


def _points(score: float) -> str:
    """With its sign, but for a plain nought."""
    return f"{round(score):+d}" if round(score) else "0"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _hundredths(share: float) -> float:
    return round(100 * share)


READINGS: Final[Mapping[str, Reading]] = {
    "mean-1-5": Reading(lambda x: f"{x:.1f} of 5", 1, 5),
    "mean-1-7": Reading(lambda x: f"{x:.1f} of 7", 1, 7),
    "nps": Reading(lambda x: f"{_points(x)} points", -100, 100, round),
    "share-of-yes": Reading(lambda x: f"{x:.0%} yes", 0, 100, _hundredths, " (% yes)"),
    "share-over-an-hour": Reading(
        lambda x: f"{x:.0%} lost more than an hour", 0, 100, _hundredths, " (% over an hour)"
    ),
}


def title(turn: Turn, found: Report) -> str:
    return title_of(turn, found.newest.pulse)


def title_of(turn: Turn, pulse: str) -> str:
    """Its id where there is no such pulse any more."""
    if pulse == GRUMBLES.id:
        return GRUMBLES.title
    known = turn.tx.pulses.get(pulse)
    return known.title if known else pulse


def headed(turn: Turn, found: Report) -> str:
    return f"{title(turn, found)} · {found.cell.label}"


def meant(turn: Turn, words: str) -> tuple[str | None, str]:
    """The pulse meant (None is the main one) and the unit, as far as written.

    Where both have the name, the unit is meant unless the pulse's id is written exactly.
    """
    first, *more = words.split(maxsplit=1) or [""]
    pulse = first.lower()
    if not pulse or not (pulse == BOX or turn.tx.pulses.get(pulse)):
        return None, unit_named(turn, words)
    if first != pulse and words.lower() in {unit.lower() for unit in turn.tx.people.units()}:
        return None, unit_named(turn, words)
    return pulse, unit_named(turn, "".join(more))


def unit_named(turn: Turn, words: str) -> str:
    """The unit as the people list writes it; one nobody is in is left for the report to refuse."""
    if not words:
        # Whoever sees one unit means that one.
        return turn.person.sees_only[0] if len(turn.person.sees_only) == 1 else ""
    return {unit.lower(): unit for unit in turn.tx.people.units()}.get(words.lower(), words)


def hidden(head: str, where: str) -> Card:
    said = (
        "This group is too small to be shown by itself without pointing at people. "
        f"It is shown only as part of {where}."
    )
    return Card(said, (Heading(head), Prose(said)))


def also_asked(turn: Turn, found: Report, word: str) -> list[Part]:
    """Buttons for the other pulses that have something to show under the same word."""
    others = [r for r in released_last(turn.tx) if r.pulse != found.newest.pulse][:MOST_OTHERS]
    buttons = tuple(
        Button(Ref("command", item=f"{word} {r.pulse}"), _told(turn, r)) for r in others
    )
    return [Fineprint(ALSO), Buttons(buttons)] if buttons else []


def _told(turn: Turn, round: ReleasedRound) -> str:
    return f"{title_of(turn, round.pulse)} ({wording.day_of_month(round.closes_on)})"


def since(found: Report) -> date | None:
    """What a change is told against."""
    return found.earlier[0].opens_on if found.earlier else None


def described(shown: Shown) -> str:
    """The figure, how sure it is, and how many it stands for."""
    people = f"{shown.n} of {shown.invited} answered"
    if shown.figure is None:
        return people
    said = READINGS[shown.formula].said(shown.figure.value)
    return f"{_certain(shown, said)}{_likely(shown)} · {people}"


def moved(shown: Shown, before: date | None = None) -> str:
    """What changed, in a sentence that claims no more than the numbers do."""
    change = shown.change
    if change is None:
        return "Nothing to compare with yet."
    by = _difference(shown.formula, change.value).lstrip("+-")
    seen = _difference(shown.formula, change.detectable).lstrip("+")
    on = f"since {wording.day_of_month(before)}" if before else "since the round before"
    return {
        "up": f"Up by {by} {on}.",
        "down": f"Down by {by} {on}.",
        "no change": f"No change worth noticing {on}.",
        "can't tell yet": f"Can't tell yet whether it changed {on}: with this many answers only "
        f"about {seen} or more would show.",
    }[change.verdict]


def signs(*reports: Report) -> list[str]:
    """What has to be explained of the figures of some reports."""
    figures = [s for found in reports for s in found.questions if s.figure]
    likely = any(s.figure and s.figure.low is not None for s in figures)
    marked = any(s.certainty != "exact" for s in figures)
    return [said for said, here in ((LIKELY, likely), (SIGNS, marked)) if here]


def _certain(shown: Shown, said: str) -> str:
    return said if shown.certainty == "exact" else f"{shown.certainty} {said}"


def _likely(shown: Shown) -> str:
    figure = shown.figure
    if figure is None or figure.low is None or figure.high is None:
        return ""
    if shown.formula == "nps":
        return f", likely between {_points(figure.low)} and {_points(figure.high)}"
    if shown.formula.startswith("share"):
        return f", likely between {_percent(figure.low)} and {_percent(figure.high)}"
    return f", likely between {figure.low:.1f} and {figure.high:.1f}"


def _difference(formula: str, value: float) -> str:
    if formula == "nps":
        return f"{value:+.0f} points"
    if formula.startswith("share"):
        return f"{100 * value:+.0f} percentage points"
    return f"{value:+.1f}"
