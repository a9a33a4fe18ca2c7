"""What was done here, and by whom: everybody may know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from typing import Final

from bot import wording
from bot.cards import Card, Facts, Fineprint, Heading, Part, Prose, Reply
from bot.commands.command import Command
from bot.commands.figures import title_of
from bot.domain.cadence import local_day
from bot.ports import AuditLine
from bot.turn import Turn

#: Lines looked at, days shown, and lines of one day: what a phone still shows at a stretch.
NEWEST: Final = 300
DAYS: Final = 7
A_DAY: Final = 12

#: `audit keys`: line by line what is else added up.
KEYS: Final = "keys"

TITLE = "What was done here"
NOTHING = "Nothing has been done here yet."
OPEN = (
    "Everybody may read this. Who answered, or what, is never in it. “audit keys” lists every key "
    "made and destroyed."
)
_ROUND = re.compile(r"round (\S+)@(\d{4}-\d\d-\d\d)")
_PULSE = re.compile(r"^pulse ([a-z0-9-]+)(?=[,:])")
_KEY = re.compile(r"key \S+ (made|destroyed)")


def run(turn: Turn, rest: str) -> Reply:
    lines = turn.tx.audit.newest(NEWEST)
    apart = rest.lower() == KEYS
    if apart:
        lines = [line for line in lines if _KEY.fullmatch(line.what)]
    if not lines:
        return Reply(say=(Card(NOTHING, (Prose(NOTHING),)),))
    lines = [replace(line, what=_plainly(turn, line.what)) for line in lines]
    zone = turn.person.zone
    parts: list[Part] = [Heading(TITLE)]
    for day, found in islice(groupby(lines, key=lambda line: local_day(line.at, zone)), DAYS):
        rows = _each(found, zone) if apart else _together(list(found), zone)
        parts += [Prose(wording.day(day)), Facts(tuple(islice(rows, A_DAY)))]
    told = [line.what for line in lines if apart or not _KEY.fullmatch(line.what)][:3]
    summary = f"{TITLE}, newest first: {'; '.join(told) or 'keys made and destroyed'}"
    return Reply(say=(Card(summary, (*parts, Fineprint(OPEN))),))


def _plainly(turn: Turn, what: str) -> str:
    """A round by its title and day instead of its id, and a pulse by its title."""

    def named(found: re.Match[str]) -> str:
        day = wording.day_of_month(date.fromisoformat(found[2]))
        return f"“{title_of(turn, found[1])}” of {day}"

    said = _PULSE.sub(lambda found: f"“{title_of(turn, found[1])}”", what)
    return _ROUND.sub(named, said)


def _together(lines: list[AuditLine], zone: str) -> Iterator[tuple[str, str]]:
    """One day's lines, newest first, with what the clock does to keys each day added up."""
    keys = Counter(found[1] for line in lines if (found := _KEY.fullmatch(line.what)))
    yield from _each((line for line in lines if not _KEY.fullmatch(line.what)), zone)
    if keys:
        told = (f"{wording.count(n, 'key', 'keys')} {done}" for done, n in sorted(keys.items()))
        yield "ITPulse", ", ".join(told)


def _each(lines: Iterator[AuditLine], zone: str) -> Iterator[tuple[str, str]]:
    return ((f"{wording.clock(line.at, zone)}, {line.who}", line.what) for line in lines)


COMMAND = Command("audit", "what admins and I did here; open to everybody", run, example=KEYS)
