"""What people write about."""

from __future__ import annotations

from datetime import date

from bot import wording
from bot.cards import Bar, Bars, Card, Fineprint, Heading, Part, Prose, Reply
from bot.commands.about import changed, shortly, told
from bot.commands.command import Command
from bot.commands.figures import headed, hidden, meant, since
from bot.domain.answer import Released
from bot.domain.people import Cell
from bot.domain.release import FEWEST_OF_AN_OPTION
from bot.domain.report import Report, report, texts_of
from bot.domain.topics import Topic, Topics, topics
from bot.plain import theme_label
from bot.turn import Turn

#: More than this nobody reads on a phone.
MOST = 8
#: Shown with a sentence of its own.
TOP = 3
#: Comments that are searched for phrases while somebody waits.
MOST_READ = 500
NONE = (
    f"No theme can be named here: that takes at least {FEWEST_OF_AN_OPTION} comments about the "
    "same thing."
)
OFTENER = "More often than before in published comments:"
FOUND_BY_WORDS = (
    f"A theme is named from {FEWEST_OF_AN_OPTION} comments on. One comment may be about several. "
    "Themes are found by words, so a few land in the wrong place"
)
HOW = f"{FOUND_BY_WORDS}: “voices” has what people wrote."


def run(turn: Turn, rest: str) -> Reply:
    pulse, unit = meant(turn, rest)
    found = report(turn.tx, pulse, Cell(unit=unit), only=turn.person.sees_only)
    head = headed(turn, found)
    if found.shown_only_as and not found.texts:
        return Reply(say=(hidden(head, found.shown_only_as),))
    known, before = topics(turn.tx, found), since(found)
    said = _main(known, before)
    closed = f"Closed on {wording.day(found.newest.closes_on)}"
    parts: list[Part] = [Heading(head), Prose(said), Fineprint(closed)]
    if known.now:
        parts += [_bars(known), *_closer(known, before)]
    parts += [*_gone(known, before), *_risen(turn, found, before), Fineprint(HOW)]
    return Reply(say=(Card(f"{head}. {said}", tuple(parts)),))


def _main(known: Topics, before: date | None) -> str:
    if not known.now:
        return NONE
    top = known.now[0]
    how = f", {changed(top, before)}" if changed(top, before) else ""
    return f"Most is written about “{theme_label(top.theme)}”: {told(top)}{how}."


def _bars(known: Topics) -> Bars:
    most = known.now[0].mentions
    bars = (Bar(theme_label(t.theme), t.mentions / most, shortly(t)) for t in known.now[:MOST])
    return Bars("Comments about each", tuple(bars))


def _closer(known: Topics, before: date | None) -> list[Part]:
    """What changed, of those that lead; the first was told of at the top."""
    said = [f"{theme_label(t.theme)}: {_how(t, before)}." for t in known.now[1 : 1 + TOP]]
    return [Prose("\n".join(said))] if said else []


def _how(topic: Topic, before: date | None) -> str:
    part = "" if topic.share is None else f"{topic.share:.0%} of all comments"
    return ", ".join(filter(None, (part, changed(topic, before)))) or told(topic)


def _gone(known: Topics, before: date | None) -> list[Part]:
    if not known.gone or before is None:
        return []
    names = ", ".join(theme_label(topic.theme) for topic in known.gone[:TOP])
    return [Prose(f"Named on {wording.day_of_month(before)} and not this time: {names}.")]


def _risen(turn: Turn, found: Report, before: date | None) -> list[Part]:
    """Out of comments that are published, while they are: nothing else is looked at or kept."""
    if before is None:
        return []
    from bot.voice import rising

    was = texts_of(turn.tx, Released.figures(turn.tx, list(found.earlier)), found.cell)
    if max(len(found.texts), len(was)) > MOST_READ:
        return []
    risen = rising([text.body for text in found.texts], [[text.body for text in was]])
    on = wording.day_of_month(before)
    lines = [f"“{r.phrase}”: {r.mentions} comments, {r.before} on {on}." for r in risen]
    return [Prose("\n".join([OFTENER, *lines]))] if lines else []


COMMAND = Command(
    "themes",
    "what people write about, and whether that is more than before",
    run,
    needs="lead",
    example="Finance",
)
