"""A card that is only shown: the same to look at, and nothing pressed on it is an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.cards import Buttons, Card, Choices, Fineprint, FreeText, Part, Scale
from bot.refs import Ref

PREVIEW: Final = "Preview: nobody else sees this, and nothing you press is kept."
TRY: Final = "A test, for you alone: press on to see every card. Nothing you press is kept."
ONLY_SHOWN: Final = Ref("preview")


def preview(card: Card, note: str = "") -> Card:
    """`note` is for whoever looks at it, and not part of what people see."""
    return _marked(card, PREVIEW, ONLY_SHOWN, note)


def tried(card: Card, onward: Ref, note: str = "") -> Card:
    """The same, and answering or skipping leads onward."""
    return _marked(card, TRY, onward, note)


def _marked(card: Card, mark: str, onward: Ref, note: str) -> Card:
    parts = tuple(_answered_by(part, onward) for part in card.parts)
    marks = tuple(Fineprint(said) for said in (mark, note) if said)
    return Card(f"{mark} {card.summary}", (*marks, *parts))


def _answered_by(part: Part, onward: Ref) -> Part:
    match part:
        case Scale() | Choices() | FreeText():
            return replace(part, ref=onward)
        case Buttons(buttons):
            return Buttons(
                tuple(
                    replace(b, ref=onward if b.ref.verb == "skip" else ONLY_SHOWN) for b in buttons
                )
            )
        case _:
            return part
