"""Figures as people say them to each other: “about 4 in 10 are satisfied with IT”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bot import wording
from bot.domain.answer import Shown
from bot.domain.insight import Verdict
from bot.domain.report import between
from bot.questions import KINDS
from bot.questions.kind import Telling

#: Among fewer people a share is a count.
FEW: Final = 10

#: Sentiment -> how comments of it are called.
TONES: Final[Mapping[str, str]] = {
    "negative": "critical",
    "neutral": "neutral",
    "positive": "kind",
    "unknown": "not understood",
    "junk": "without words",
}

TURNED: Final[Mapping[Verdict, Verdict]] = {"up": "down", "down": "up"}


def sentence(shown: Shown) -> str:
    """The one thing to repeat of a question; empty where it has none."""
    telling = KINDS[shown.kind].telling
    if telling is None or not shown.n or "some" in shown.hist.values():
        return ""
    count = sum(n for category, n in shown.hist.items() if category in telling.counts and n)  # type: ignore[misc]
    does = telling.one if count == 1 and shown.n < FEW else telling.many
    said = share(count, shown.n)
    if shown.certainty != "exact" and shown.n < FEW:
        said = f"About {said}"
    return f"{said} {does}{_about(telling, shown.text)}"


def share(count: int, n: int) -> str:
    """At the beginning of a sentence."""
    if n < FEW:
        return f"{count} of {n}"
    part = count / n
    if 0.45 <= part < 0.55:
        return "About half"
    tenths = round(10 * part)
    if tenths in (0, 10):
        return "Almost all" if tenths else "Almost none"
    return f"About {tenths} in 10"


def better(shown: Shown) -> Verdict | None:
    """The verdict on a change with “up” for the better."""
    said = shown.change.verdict if shown.change else None
    telling = KINDS[shown.kind].telling
    return TURNED.get(said, said) if said and telling and not telling.good else said


def apart(one: Shown, other: Shown) -> Verdict | None:
    """Whether `other` is better than `one`, by the test that tells changes."""
    return better(replace(other, change=between(one, other)))


def than_before(shown: Shown, before: date | None) -> str:
    """What a sentence goes on with; empty where there is nothing to compare with."""
    said = better(shown)
    if said is None or before is None:
        return ""
    on = wording.day_of_month(before)
    return {
        "up": f", better than on {on}",
        "down": f", worse than on {on}",
        "no change": f", much as on {on}",
        "can't tell yet": f", with no clear change since {on}",
    }[said]


def theme_label(theme: str) -> str:
    # Loaded with the first theme that is shown: the taxonomy is a file of its own.
    from bot.voice import label

    return label(theme)


def _about(telling: Telling, text: str) -> str:
    found = telling.about.search(text) if telling.about else None
    if found:
        return f" {found.group(1)}"
    return f" (“{text}”)" if text else ""
