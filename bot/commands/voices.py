"""What people wrote, word for word."""

from __future__ import annotations

from bot import wording
from bot.cards import Card, Fineprint, FreeText, Heading, Part, Prose, Quote, Reply
from bot.commands.command import Command
from bot.commands.figures import headed, hidden, theme_label, unit_named
from bot.domain.grumbles import PULSE
from bot.domain.people import Cell
from bot.domain.release import ReleasedText
from bot.domain.report import report
from bot.questions.comment import LONGEST
from bot.refs import Ref
from bot.turn import Turn

#: More is for a file: `itpulse export texts`.
MOST = 8
NONE = "No comments can be shown: they take ten respondents and three comments."
ANSWER = "This author would like an answer. You do not learn who it is."


def run(turn: Turn, rest: str) -> Reply:
    box = rest.lower() == PULSE
    cell = Cell() if box else Cell(unit=unit_named(turn, rest))
    found = report(turn.tx, PULSE if box else None, cell)
    head = headed(turn, found)
    if not found.texts and found.shown_only_as:
        return Reply(say=(hidden(head, found.shown_only_as),))
    parts: list[Part] = [Heading(head)]
    for text in found.texts[:MOST]:
        parts += _voice(turn, text)
    said = wording.count(len(found.texts), "comment", "comments") if found.texts else NONE
    parts.append(Fineprint(said) if found.texts else Prose(said))
    return Reply(say=(Card(f"{head}. {said}", tuple(parts)),))


def _voice(turn: Turn, text: ReleasedText) -> list[Part]:
    about = ", ".join([text.sentiment, *(theme_label(theme) for theme in text.themes)])
    parts: list[Part] = [Quote(text.body, about)]
    if turn.tx.threads.by_text(text.id):
        ref = Ref("reply", text.round, text.id)
        parts.append(FreeText(ref, "reply", ANSWER, LONGEST))
    return parts


COMMAND = Command(
    "voices",
    "what people wrote, word for word (for IT leads)",
    run,
    needs="lead",
    example="grumbles",
)
