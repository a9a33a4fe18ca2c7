"""How are we really doing? The last round of any pulse or of one, or a unit in it."""

from __future__ import annotations

from dataclasses import replace

from bot import wording
from bot.cards import Bar, Bars, Card, Fineprint, Heading, Part, Prose, Quote, Reply
from bot.commands import named
from bot.commands.command import Command
from bot.commands.figures import described, headed, hidden, moved, theme_label, unit_named
from bot.commands.together import together
from bot.domain.answer import Shown
from bot.domain.grumbles import PULSE as BOX
from bot.domain.insight import response_rate, tipping
from bot.domain.named import newest_named
from bot.domain.people import Cell
from bot.domain.report import Report, report
from bot.turn import Turn

#: A phone shows about this much before it has to be scrolled.
MOST_QUOTES = 2
MOST_THEMES = 3
HOW_ANSWERED = "How people answered"
#: What the signs beside a figure mean, where there are any.
SIGNS = (
    "≤, ≥, ≈: one answer may have been moved, so that no figure gives anybody away; the true one "
    "is at most, at least or about this."
)
SOME = "“some”, “at least”: numbers that would point at few people are left out."


def run(turn: Turn, rest: str) -> Reply:
    pulse, unit = _meant(turn, rest)
    if pulse and (round := newest_named(turn.tx, pulse)):
        return named.reply(turn, round)
    found = report(turn.tx, pulse, Cell(unit=unit_named(turn, unit)))
    card = (_box_card if pulse == BOX else _card)(headed(turn, found), found)
    parts = (*card.parts, *together(turn, found), *_open_now(turn, found.newest.pulse))
    return Reply(say=(replace(card, parts=parts),))


def _open_now(turn: Turn, pulse: str) -> list[Part]:
    """All that is ever said of a round before it closes: a share, rounded down, a day old."""
    for round in turn.tx.rounds.of_pulse(pulse, "open"):
        tenths = turn.tx.releases.share(round.id)
        if tenths is not None:
            so_far = f"at least {10 * tenths} % have answered" if tenths else "few have answered"
            return [Fineprint(f"The round that is open now: {so_far} so far.")]
    return []


def _meant(turn: Turn, rest: str) -> tuple[str | None, str]:
    """A pulse (None is the one that closed last) and a unit.

    Where both have the name, the unit is meant unless the pulse's id is written exactly.
    """
    first, *more = rest.split(maxsplit=1) or [""]
    pulse = first.lower()
    if not pulse or not (pulse == BOX or turn.tx.pulses.get(pulse)):
        return None, rest
    if first != pulse and rest.lower() in _units(turn):
        return None, rest
    return pulse, "".join(more)


def _units(turn: Turn) -> set[str]:
    return {unit.lower() for unit in turn.tx.people.units()}


def _box_card(head: str, found: Report) -> Card:
    """The box that was opened last: it has words and no figures."""
    written = wording.count(found.answered, "person has", "people have")
    said = f"{written} written into it" if found.answered else "Few wrote, so only themes are shown"
    opened = f"opened on {wording.day(found.newest.closes_on)}"
    parts = (Heading(head), Fineprint(f"{said} · {opened}"), *_voices(found))
    return Card(f"{head}. {said}.", parts)


def _card(head: str, found: Report) -> Card:
    if found.shown_only_as:
        return hidden(head, found.shown_only_as)
    rate = response_rate(found.answered, found.invited)
    answered = f"{found.answered} of {found.invited} answered ({rate:.0%})"
    when = f"{wording.day(found.newest.opens_on)} to {wording.day(found.newest.closes_on)}"
    parts: list[Part] = [Heading(head), Fineprint(f"{when} · {answered}")]
    for shown in found.questions:
        parts += _question(shown)
    parts += _voices(found)
    parts += [*_signs(found), *_tipping(found, rate)]
    return Card(f"{head}. {answered}. {_headline(found)}", tuple(parts))


def _headline(found: Report) -> str:
    figures = [f"{shown.text} {described(shown)}" for shown in found.questions if shown.figure]
    return "; ".join(figures) or "There is no single figure to show."


def _question(shown: Shown) -> list[Part]:
    parts: list[Part] = []
    if shown.figure:
        parts.append(Prose(f"{shown.text}\n{described(shown)}\nChange: {moved(shown)}"))
    bars = tuple(_bar(shown, category) for category in shown.hist)
    if bars and any(bar.share for bar in bars):
        parts.append(Bars(HOW_ANSWERED if shown.figure else shown.text, bars))
    return parts


def _bar(shown: Shown, category: str) -> Bar:
    count = shown.hist[category]
    name = shown.labels.get(category, category)
    if not isinstance(count, int):
        return Bar(name, 0.0, "some")
    about = "about " if category in shown.doubtful else ""
    if category in shown.floors:
        about = "at least "
    return Bar(name, count / shown.n if shown.n else 0.0, f"{about}{count}")


def _voices(found: Report) -> list[Part]:
    parts: list[Part] = []
    if found.themes:
        top = sorted(found.themes, key=lambda t: (-t.mentions, t.theme))[:MOST_THEMES]
        told = ", ".join(f"{theme_label(t.theme)} ({t.mentions})" for t in top)
        parts.append(Prose(f"Most mentioned: {told}."))
    if found.texts:
        tone = ", ".join(f"{count} {name}" for name, count in found.sentiment.items() if count)
        parts.append(Prose(f"{wording.count(len(found.texts), 'comment', 'comments')}: {tone}."))
        parts += [Quote(text.body, text.sentiment) for text in found.texts[:MOST_QUOTES]]
    return parts


def _signs(found: Report) -> list[Part]:
    marked = any(s.figure and s.certainty != "exact" for s in found.questions)
    left_out = any("some" in s.hist.values() or s.floors for s in found.questions)
    return [Fineprint(said) for said, here in ((SIGNS, marked), (SOME, left_out)) if here]


def _tipping(found: Report, rate: float) -> list[Part]:
    """How far the silent ones would have to differ before the score was another."""
    needed = tipping(rate)
    if needed is None or not any(s.formula == "mean-1-5" and s.figure for s in found.questions):
        return []
    said = f"To move a score by 0.3, those who did not answer would have to differ by {needed:.1f}."
    return [Fineprint(said)]


COMMAND = Command(
    "summary",
    "how IT is really doing: the last round, a unit of it, or a pulse (for IT leads)",
    run,
    needs="lead",
    example="Finance",
)
