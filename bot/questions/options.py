"""Picking from a list the pulse names: what `choice` and `several` share."""

from __future__ import annotations

from bot.cards import Option
from bot.domain.pulse import Question


def enough(question: Question) -> list[str]:
    few = len(question.options) < 2
    return ["give at least two options, each with an id and a label"] if few else []


def ids(question: Question) -> tuple[str, ...]:
    return tuple(option.id for option in question.options)


def drawn(question: Question) -> tuple[Option, ...]:
    return tuple(Option(option.id, option.label) for option in question.options)
