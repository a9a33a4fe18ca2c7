"""What is kept about one person, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from adapters.terminal.named_text import in_words

Wire = Mapping[str, Any]

#: Field of a profile -> how it is called here.
_PROFILE: Final = {
    "name": "name",
    "email": "e-mail",
    "unit": "unit",
    "division": "division",
    "role": "role",
    "site": "site",
    "zone": "time zone",
    "country": "country",
    "language": "language",
    "leader_email": "reports to",
    "gone_on": "gone since",
}
_MENTIONED: Final = {
    "leader_of": "Named as the leader of",
    "audience_of": "Named in the audience of",
    "may_read": "May read the named answers of",
    "audit": "Named in the audit",
}


def lines(wire: Wire) -> Iterator[str]:
    profile = wire["profile"]
    yield from _told("Profile", (f"{word}: {profile[f] or '–'}" for f, word in _PROFILE.items()))
    yield from _told("May do in the app", wire["grants"])
    if wire["sees_only"]:
        yield from _told("Sees the figures of", wire["sees_only"])
    yield from _told("Reached at", map(_address, wire["addresses"]))
    yield from _told("Asked in these rounds", map(_round, wire["rounds"]))
    yield from _told("Turn in pulses that rotate", map(_slot, wire["rotation"]))
    yield from _told("Seen of questions that take turns", map(_seen, wire["questions_seen"]))
    yield from _told("Paused until", [until] if (until := wire["paused_until"]) else [])
    yield from _told("Answers given with their name", map(_answer, wire["named_answers"]))
    yield from _told("Said with their name", map(_grumble, wire["named_grumbles"]))
    for key, title in _MENTIONED.items():
        yield from _told(title, wire["mentioned"][key])
    yield wire["sealed"]


def _told(title: str, rows: Iterable[str]) -> Iterator[str]:
    """A section; “nothing” is said too, so that nobody wonders whether it was left out."""
    yield f"{title}:"
    yield from [f"  {row}" for row in rows] or ["  nothing"]
    yield ""


def _address(address: Wire) -> str:
    return f"{address['platform']}, {address['space']}, {address['user']}"


def _seen(walk: Wire) -> str:
    return f"{walk['pulse']}: {', '.join(walk['questions'])}"


def _round(asked: Wire) -> str:
    why = f" ({asked['why']})" if asked["why"] else ""
    message = f", message {asked['message']}" if asked["message"] else ""
    return f"{asked['round']}, due {asked['at']}: {asked['reached']}{why}{message}"


def _slot(slot: Wire) -> str:
    return f"{slot['pulse']}: round {slot['slot'] + 1} of a cycle"


def _answer(answer: Wire) -> str:
    return f"{answer['round']}, {answer['question']}: {in_words(answer['value'])}"


def _grumble(grumble: Wire) -> str:
    return f"{grumble['at']}: {in_words(grumble['text'])}"
