"""The App Home: what waits for somebody, what they can do, and for IT leads the last summary."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from bot.cards import Button, Buttons, Card, Heading, Part, Prose, Reply
from bot.commands import COMMANDS
from bot.events import Address, Arrived, Commanded, Event
from bot.refs import Ref

Handle = Callable[[Event], Awaitable[Reply]]

TITLE: Final = "ITPulse"
SUMMARY: Final = "How IT is doing"
#: Words of the chat as buttons, where this version knows them.
WORDS: Final = (
    ("grumble", "Tell IT something"),
    ("pause", "Pause"),
    ("resume", "Resume"),
    ("privacy", "How is this kept confidential?"),
    ("help", "What else can I say?"),
)


async def home_cards(
    handle: Handle, who: Address, at: datetime, first: bool, shown: Card | None
) -> list[Card]:
    """`first` greets; `shown` is what the last press here led to."""
    waiting = await handle(Commanded("", who, at, "next"))
    if waiting.refusal:
        return [_said(str(waiting.refusal))]
    greeting = await handle(Arrived("", who, at)) if first else Reply()
    summary = await handle(Commanded("", who, at, "summary"))
    cards = [
        *map(_without_buttons, greeting.say),
        *([shown] if shown else []),
        *waiting.say,
        _buttons(),
    ]
    return cards if summary.refusal else [*cards, *(_under(card) for card in summary.say)]


def _buttons() -> Card:
    known = [(word, label) for word, label in WORDS if word in COMMANDS]
    buttons = tuple(Button(Ref("command", item=word), label) for word, label in known)
    return Card(TITLE, (Buttons(buttons),))


def _without_buttons(card: Card) -> Card:
    """Home has its own."""
    parts = tuple(part for part in card.parts if not isinstance(part, Buttons))
    return Card(card.summary, parts)


def _under(card: Card) -> Card:
    first = card.parts[0] if card.parts else None
    heading: tuple[Part, ...] = () if isinstance(first, Heading) else (Heading(SUMMARY),)
    return Card(card.summary, (*heading, *card.parts))


def _said(sentence: str) -> Card:
    return Card(sentence, (Heading(TITLE), Prose(sentence)))
