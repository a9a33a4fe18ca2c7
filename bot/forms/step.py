"""What a form and a button of an admin are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.cards import Button, Card, Field, Form, Reply
from bot.domain.people import Grant
from bot.refs import Ref
from bot.turn import Turn

#: Field id -> value, read by its kind: a text (empty where there is none), an option, a list of
#: options, a date, a time, a whole number, or a yes or no; else None.
Values = Mapping[str, Any]


class Wrong(Exception):
    """What was put into a form cannot be taken: field id -> a sentence. Nothing was changed."""

    def __init__(self, **sentences: str) -> None:
        super().__init__()
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Step:
    """One form. `about` says whom or what it is for: a pulse's id, a person's number."""

    #: Who may open and send it; None is everybody.
    needs: Grant | None
    title: Callable[[Turn, str], str]
    fields: Callable[[Turn, str], tuple[Field, ...]]
    #: Raises Wrong, or a Refusal where it is not about a field.
    take: Callable[[Turn, str, Values], Reply]
    send: str = "Save"

    def form(self, turn: Turn, name: str, about: str) -> Form:
        ref = Ref("form", item=f"{name}:{about}")
        return Form(ref, self.title(turn, about), self.fields(turn, about), self.send)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button does at once."""

    needs: Grant | None
    run: Callable[[Turn, str], Reply]


def titled(text: str) -> Callable[[Turn, str], str]:
    return lambda _turn, _about: text


def opens(name: str, label: str, about: str = "") -> Button:
    """A button that opens a form."""
    return Button(Ref("form", item=f"{name}:{about}"), label)


def does(name: str, label: str, about: str = "") -> Button:
    return Button(Ref("do", item=f"{name}:{about}"), label)


def word(words: str, label: str) -> Button:
    """A button that says something, as if it had been typed."""
    return Button(Ref("command", item=words), label)


def said(card: Card) -> Reply:
    return Reply(say=(card,))


def sure(values: Values, field: str = "sure") -> None:
    """Raises Wrong for anything but a yes."""
    if values[field] is not True:
        raise Wrong(**{field: "Say yes to do it, or close this form: nothing was changed."})


def lines(text: str) -> list[str]:
    """What stands in a long field, a thing a line, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
