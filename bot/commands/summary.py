"""How are we really doing? The last round, or a unit in it."""

from __future__ import annotations

from bot import wording
from bot.cards import Bar, Bars, Card, Facts, Fineprint, Heading, Part, Prose, Quote, Reply
from bot.commands.command import Command
from bot.domain.answer import Shown
from bot.domain.insight import response_rate
from bot.domain.people import Cell
from bot.domain.report import Report, report
from bot.questions.kind import Figure
from bot.turn import Turn

#: A phone shows about this much before it has to be scrolled.
MOST_COMMENTS = 5


def run(turn: Turn, rest: str) -> Reply:
    found = report(turn.tx, None, Cell(unit=_unit(turn, rest)))
    return Reply(say=(_card(turn, found),))


def _unit(turn: Turn, words: str) -> str:
    """The unit as it is written in the people list; unknown ones are refused by the report."""
    known = {person.unit.lower(): person.unit for person in turn.tx.people.all()}
    return known.get(words.lower(), words)


def _card(turn: Turn, found: Report) -> Card:
    pulse = turn.tx.pulses.get(found.newest.pulse)
    title = f"{pulse.title if pulse else found.newest.pulse}: {found.cell.label}"
    when = f"{wording.day(found.newest.opens_on)} to {wording.day(found.newest.closes_on)}"
    if found.shown_only_as:
        return _hidden(title, found.shown_only_as)
    rate = response_rate(found.answered, found.invited)
    answered = f"{found.answered} of {found.invited} answered ({_percent(rate)})"
    parts: list[Part] = [Heading(title), Fineprint(f"{when} · {answered}")]
    for shown in found.questions:
        parts += _question(shown)
    parts += _voices(found)
    return Card(f"{title}. {answered}. {_headline(found)}", tuple(parts))


def _hidden(title: str, where: str) -> Card:
    said = (
        f"This group is too small to be shown by itself without pointing at people. "
        f"It is part of {where}: ask for that instead."
    )
    return Card(said, (Heading(title), Prose(said)))


def _headline(found: Report) -> str:
    figures = [f"{s.question}: {_figure(s, s.figure)}" for s in found.questions if s.figure]
    return "; ".join(figures) or "No single figure to show."


def _question(shown: Shown) -> list[Part]:
    counted = sum(count for count in shown.hist.values() if isinstance(count, int))
    bars = tuple(
        Bar(category, count / shown.n if isinstance(count, int) else 0.0, str(count))
        for category, count in shown.hist.items()
    )
    parts: list[Part] = []
    if shown.figure:
        value = f"{_figure(shown, shown.figure)} · {shown.n} of {shown.invited} people"
        parts.append(Facts(((shown.question, value),)))
    if counted:
        parts.append(Bars(shown.question, bars))
    return parts


def _figure(shown: Shown, figure: Figure) -> str:
    digits = 0 if shown.formula == "nps" else 1
    text = f"{figure.value:.{digits}f}"
    if figure.low is None or figure.high is None:
        return text
    return f"{text} (likely between {figure.low:.{digits}f} and {figure.high:.{digits}f})"


def _voices(found: Report) -> list[Part]:
    if not found.texts:
        return []
    tone = ", ".join(f"{count} {name}" for name, count in found.sentiment.items() if count)
    quotes = [Quote(text.body, text.sentiment) for text in found.texts[:MOST_COMMENTS]]
    return [Prose(f"{len(found.texts)} comments: {tone}."), *quotes]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


COMMAND = Command(
    "summary",
    "how IT is really doing: the last round, or a unit of it (for IT leads)",
    run,
    needs="lead",
    example="Finance",
)
