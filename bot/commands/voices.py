"""What people wrote, word for word."""

from __future__ import annotations

from collections.abc import Iterable

from bot import wording
from bot.cards import Card, Fineprint, FreeText, Heading, Part, Prose, Quote, Reply
from bot.commands.about import TONES
from bot.commands.command import Command
from bot.commands.figures import headed, hidden, meant
from bot.domain.people import Cell
from bot.domain.release import ReleasedText
from bot.domain.report import report
from bot.plain import theme_label
from bot.questions.comment import LONGEST
from bot.refs import Ref
from bot.turn import Turn

#: More is for a file: `itpulse export texts`.
MOST = 8
#: `voices named`.
NAMED = "named"
WITH_NAMES = "Sent with a name: answer them directly"
NOBODY_WROTE = "Nobody has written with their name yet."
NONE = (
    "No comments can be shown for this group. That takes ten people who answered and three "
    "comments, in the group and in what is left without it."
)
ANSWER = "This author would like an answer. You do not learn who it is."


def run(turn: Turn, rest: str) -> Reply:
    if rest.lower() == NAMED:
        return Reply(say=(_named(turn),))
    pulse, unit = meant(turn, rest)
    found = report(turn.tx, pulse, Cell(unit=unit), only=turn.person.sees_only)
    head = headed(turn, found)
    if not found.texts and found.shown_only_as:
        return Reply(say=(hidden(head, found.shown_only_as),))
    parts: list[Part] = [Heading(head)]
    waiting = _waiting(turn, found.texts)
    for text in sorted(found.texts, key=lambda text: text.id not in waiting)[:MOST]:
        parts += _voice(text, _said_since(turn, text) if text.id in waiting else None)
    said = _counted(len(found.texts)) if found.texts else NONE
    parts.append(Fineprint(said) if found.texts else Prose(said))
    return Reply(say=(Card(f"{head}. {said}", tuple(parts)),))


def _waiting(turn: Turn, texts: Iterable[ReleasedText]) -> set[str]:
    """Ids of those whose author would like an answer."""
    rounds, threads = set(turn.tx.threads.rounds()), turn.tx.threads
    return {text.id for text in texts if text.round in rounds and threads.by_text(text.id)}


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


def _said_since(turn: Turn, text: ReleasedText) -> list[Part]:
    """What the conversation about a comment holds, as far as it has gone over to IT."""
    today = turn.at.date()
    return [
        Quote(message.body, "IT" if message.side == "it" else "The author")
        for message in turn.tx.threads.messages(text.id)
        if message.side == "it" or message.batch_on <= today
    ]


def _voice(text: ReleasedText, since: list[Part] | None) -> list[Part]:
    """`since` is the conversation where its author would like an answer."""
    about = ", ".join([TONES[text.sentiment], *(theme_label(theme) for theme in text.themes)])
    ref = Ref("reply", text.round, text.id)
    answer = [] if since is None else [*since, FreeText(ref, "reply", ANSWER, LONGEST)]
    return [Quote(text.body, about), *answer]


def _counted(texts: int) -> str:
    said = wording.count(texts, "comment", "comments")
    return f"{MOST} of {said}" if texts > MOST else said


COMMAND = Command(
    "voices",
    "what people wrote; “named”: what they sent with their name",
    run,
    needs="lead",
    example="named",
)
