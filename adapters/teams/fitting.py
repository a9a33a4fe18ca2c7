"""Makes a card smaller, step by step, where it is too large for Teams. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from adapters.teams.inputs import shortened
from bot import cards
from bot.cards import Card, Part


def with_short_texts(card: Card, longest: int) -> Card:
    return replace(card, parts=tuple(_with_short_text(part, longest) for part in card.parts))


def _with_short_text(part: Part, longest: int) -> Part:
    cut: Callable[[str], str] = lambda text: shortened(text, longest)  # noqa: E731
    match part:
        case cards.Heading(text) | cards.Prose(text) | cards.Fineprint(text) | cards.Quote(text):
            return replace(part, text=cut(text))
        case cards.Chart(text=text) | cards.Scale(text=text) | cards.Choices(text=text):
            return replace(part, text=cut(text))
        case cards.FreeText(text=text):
            return replace(part, text=cut(text))
        case cards.Facts(rows):
            return cards.Facts(tuple((cut(title), cut(value)) for title, value in rows))
        case _:
            return part


def without_last(card: Card) -> Card:
    """Without the last part that holds no control; the same card where there is none."""
    passive = (
        cards.Heading | cards.Prose | cards.Fineprint | cards.Quote | cards.Facts | cards.Bars
        | cards.Chart
    )  # fmt: skip
    for place in range(len(card.parts) - 1, -1, -1):
        if isinstance(card.parts[place], passive):
            return replace(card, parts=card.parts[:place] + card.parts[place + 1 :])
    return card
