"""Ref: what a control on a card answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.errors import UnknownControl

#: answer: one question · checked: a comment whose author has seen what of it is kept ·
#: skip: leave one question out · later: ask me again, at an instant if one is chosen ·
#: decline: leave a round out ·
#: answers: a whole round at once · review: show every question again ·
#: command: run a word as if it had been typed · grumble: feedback nobody asked for ·
#: open_thread: let IT answer a comment · thread: look at such a conversation, or say something in
#: it · unthread: delete it · reply: IT answers a comment · forget: take me out of everything ·
#: form: open a form, or what was put into it · do: a button of an admin or about oneself, without a
#: form · preview: a control on a card that is only shown.
Verb = Literal[
    "answer",
    "checked",
    "skip",
    "answers",
    "later",
    "decline",
    "review",
    "command",
    "grumble",
    "open_thread",
    "thread",
    "unthread",
    "reply",
    "forget",
    "form",
    "do",
    "preview",
]
VERBS: Final = frozenset(get_args(Verb))

#: Slack's action_id is the narrowest place a ref travels in (255 characters).
LONGEST: Final = 255


@dataclass(frozen=True, slots=True)
class Ref:
    """What is meant, in which round, about which question (or other item).

    The wire form is `verb|round|item`, at most 255 characters; none of the three holds a `|`.
    """

    verb: Verb
    round: str = ""
    item: str = ""

    def wire(self) -> str:
        return f"{self.verb}|{self.round}|{self.item}"

    @classmethod
    def read(cls, wire: object) -> Ref:
        """The ref of a wire form; raises UnknownControl for anything we did not write."""
        if not isinstance(wire, str) or len(wire) > LONGEST:
            raise UnknownControl
        verb, *rest = wire.split("|")
        if verb not in VERBS or len(rest) != 2:
            raise UnknownControl
        return cls(verb, *rest)  # type: ignore[arg-type]  # membership was checked just above
