"""Figures in words: what several commands say in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bot.cards import Card, Heading, Prose
from bot.domain.answer import Shown
from bot.domain.grumbles import GRUMBLES
from bot.domain.report import Report
from bot.turn import Turn


class Reading(NamedTuple):
    """How a formula's figure is said, and the ends of the chart it is drawn in."""

    said: Callable[[float], str]
    low: float
    high: float


def _percent(share: float) -> str:
    return f"{share:.0%}"


READINGS: Final[Mapping[str, Reading]] = {
    "mean-1-5": Reading(lambda x: f"{x:.1f} of 5", 1, 5),
    "mean-1-7": Reading(lambda x: f"{x:.1f} of 7", 1, 7),
    "nps": Reading(lambda x: f"{x:+.0f} points", -100, 100),
    "share-of-yes": Reading(lambda x: f"{x:.0%} yes", 0, 1),
    "share-over-an-hour": Reading(lambda x: f"{x:.0%} lost more than an hour", 0, 1),
}


def title(turn: Turn, found: Report) -> str:
    if found.newest.pulse == GRUMBLES.id:
        return GRUMBLES.title
    pulse = turn.tx.pulses.get(found.newest.pulse)
    return pulse.title if pulse else found.newest.pulse


def headed(turn: Turn, found: Report) -> str:
    return f"{title(turn, found)} · {found.cell.label}"


def unit_named(turn: Turn, words: str) -> str:
    """The unit as the people list writes it; one nobody is in is left for the report to refuse."""
    if not words:
        return words
    return {unit.lower(): unit for unit in turn.tx.people.units()}.get(words.lower(), words)


def hidden(head: str, where: str) -> Card:
    said = (
        "This group is too small to be shown by itself without pointing at people. "
        f"It is shown only as part of {where}."
    )
    return Card(said, (Heading(head), Prose(said)))


def theme_label(theme: str) -> str:
    # Loaded with the first theme that is shown: the taxonomy is a file of its own.
    from bot.voice import label

    return label(theme)


def described(shown: Shown) -> str:
    """The figure, how sure it is, and how many it stands for."""
    people = f"{shown.n} of {shown.invited} answered"
    if shown.figure is None:
        return people
    said = READINGS[shown.formula].said(shown.figure.value)
    return f"{_certain(shown, said)} ({_likely(shown)}{people})"


def moved(shown: Shown) -> str:
    """What changed, in a sentence that claims no more than the numbers do."""
    change = shown.change
    if change is None:
        return "nothing to compare with yet."
    by = _difference(shown.formula, change.value)
    seen = _difference(shown.formula, change.detectable).lstrip("+")
    return {
        "up": f"up by {by.lstrip('+')} since the round before.",
        "down": f"down by {by.lstrip('-')} since the round before.",
        "no change": "no change worth noticing since the round before.",
        "can't tell yet": "can't tell yet. With this many answers only a change of about "
        f"{seen} or more would show.",
    }[change.verdict]


def _certain(shown: Shown, said: str) -> str:
    return said if shown.certainty == "exact" else f"{shown.certainty} {said}"


def _likely(shown: Shown) -> str:
    figure = shown.figure
    if figure is None or figure.low is None or figure.high is None:
        return ""
    if shown.formula == "nps":
        return f"likely {figure.low:+.0f} to {figure.high:+.0f}; "
    if shown.formula.startswith("share"):
        return f"likely {_percent(figure.low)} to {_percent(figure.high)}; "
    return f"likely {figure.low:.1f} to {figure.high:.1f}; "


def _difference(formula: str, value: float) -> str:
    if formula == "nps":
        return f"{value:+.0f} points"
    if formula.startswith("share"):
        return f"{100 * value:+.0f} percentage points"
    return f"{value:+.1f}"
