"""What was done here, and by whom: everybody may know."""

from __future__ import annotations

from bot import wording
from bot.cards import Card, Facts, Fineprint, Heading, Prose, Reply
from bot.commands.command import Command
from bot.turn import Turn

#: Lines that a phone still shows at a stretch.
NEWEST = 15

TITLE = "What was done here"
NOTHING = "Nothing has been done here yet."
OPEN = "Everybody may read this. Who answered, or what, is never in it."


def run(turn: Turn, _rest: str) -> Reply:
    lines = turn.tx.audit.newest(NEWEST)
    if not lines:
        return Reply(say=(Card(NOTHING, (Prose(NOTHING),)),))
    zone = turn.person.zone
    rows = tuple((f"{wording.moment(at.at, zone)}, {at.who}", at.what) for at in lines)
    summary = f"{TITLE}, newest first: {'; '.join(at.what for at in lines[:3])}"
    return Reply(say=(Card(summary, (Heading(TITLE), Facts(rows), Fineprint(OPEN))),))


COMMAND = Command("audit", "what admins and I did here; open to everybody", run)
