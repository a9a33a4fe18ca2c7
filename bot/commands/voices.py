"""What people wrote: first what it comes to, then word for word."""

from __future__ import annotations

from bot import wording
from bot.cards import Buttons, Card, Fineprint, Heading, Part, Prose, Quote, Reply
from bot.commands.about import changed, quotes, told, tones
from bot.commands.command import Command
from bot.commands.figures import headed, hidden, meant, since
from bot.commands.themes import FOUND_BY_WORDS
from bot.commands.themes import NONE as NO_THEME
from bot.commands.word_for_word import (
    ABOUT,
    COMMENTS,
    NONE,
    labelled,
    opens_words,
    waiting,
    word_for_word,
)
from bot.domain.hearing import Subject, every_week, subjects
from bot.domain.people import Cell
from bot.domain.report import Report, report
from bot.plain import theme_label
from bot.turn import Turn

#: `voices named`.
NAMED = "named"
#: Grumbles with a name; more is for a file: `itpulse export named`.
MOST = 8
WITH_NAMES = "Sent with a name: answer them directly"
NOBODY_WROTE = "Nobody has written with their name yet."


def run(turn: Turn, rest: str) -> Reply:
    first, _, more = rest.partition(" ")
    if rest.lower() == NAMED:
        return Reply(say=(_named(turn),))
    if first.lower() in (COMMENTS, ABOUT):
        return Reply(say=(word_for_word(turn, first.lower(), more),))
    return Reply(say=(_summed_up(turn, rest),))


def _summed_up(turn: Turn, rest: str) -> Card:
    pulse, unit = meant(turn, rest)
    found = report(turn.tx, pulse, Cell(unit=unit), only=turn.person.sees_only)
    head = headed(turn, found)
    if not found.texts and found.shown_only_as:
        return hidden(head, found.shown_only_as)
    heard = subjects(turn.tx, found)
    said = _headline(found, heard)
    parts: list[Part] = [Heading(head), Prose(said), Fineprint(_when(found))]
    for subject in heard:
        parts += _subject(found, subject, rest)
    if found.texts and not heard:
        parts += [Prose(NO_THEME), *quotes(found.texts)]
    parts += _ways_on(turn, found, rest)
    return Card(f"{head}. {said}", (*parts, *([Fineprint(f"{FOUND_BY_WORDS}.")] if heard else [])))


def _headline(found: Report, heard: tuple[Subject, ...]) -> str:
    about = _listed([f"“{theme_label(subject.topic.theme)}”" for subject in heard])
    most = f"Most is written about {about}." if heard else ""
    if not found.texts:
        return f"{most} {NONE}".strip()
    count = wording.count(len(found.texts), "comment", "comments")
    # As judged at close, like every figure.
    return f"{count}: {tones(found.sentiment)}. {most}".strip()


def _when(found: Report) -> str:
    closed = f"Closed on {wording.day(found.newest.closes_on)}"
    corrected = sum(bool(text.corrected) for text in found.texts)
    return f"{closed} · {corrected} corrected since" if corrected else closed


def _subject(found: Report, subject: Subject, rest: str) -> list[Part]:
    topic = subject.topic
    how = ", ".join(filter(None, (told(topic), changed(topic, since(found)))))
    said = " ".join(filter(None, (f"{theme_label(topic.theme)}: {how}.", _again(subject))))
    quoted = [Quote(text.body, labelled(text, with_themes=False)) for text in subject.quotes]
    read = opens_words(f"Read all about {theme_label(topic.theme)}", f"{ABOUT} {topic.theme}", rest)
    return [Prose(said), *quoted, *([Buttons((read,))] if quoted and read else [])]


def _again(subject: Subject) -> str:
    if len(subject.rounds) < 2:
        return ""
    nth = wording.ordinal(len(subject.rounds))
    what = "week" if every_week(subject.rounds) else "time in a row"
    return f"You are hearing this for {'at least ' if subject.at_least else ''}the {nth} {what}."


def _ways_on(turn: Turn, found: Report, rest: str) -> list[Part]:
    """Those who would like an answer stand first among the comments."""
    count = wording.count(len(found.texts), "comment", "comments")
    ways = [opens_words(f"Read all {count}", COMMENTS, rest)] if found.texts else []
    ways.append(opens_words("Sent with a name", NAMED))
    buttons = tuple(way for way in ways if way)
    asked = len(waiting(turn, found.texts))
    answer = [Prose(wording.would_like_an_answer(asked))] if asked else []
    return [*answer, Buttons(buttons)]


def _named(turn: Turn) -> Card:
    """What people chose to send with their name, newest first."""
    parts: list[Part] = [Heading(WITH_NAMES)]
    only = turn.person.sees_only
    for grumble in turn.tx.named.grumbles(MOST):
        person = turn.tx.people.by_id(grumble.person)
        if only and (person is None or person.unit not in only):
            continue
        who = f"{person.name}, {person.email}" if person else "somebody who has left"
        parts.append(Quote(grumble.body, f"{who} · {wording.day(grumble.at.date())}"))
    if len(parts) == 1:
        parts.append(Prose(NOBODY_WROTE))
    return Card(WITH_NAMES, tuple(parts))


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


COMMAND = Command(
    "voices",
    "what people wrote, in short and word for word; “named”: what they sent with their name",
    run,
    needs="lead",
    example="named",
)
