"""What a word of `/itpulse` is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.cards import Reply
from bot.domain.people import Grant
from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Command:
    """One word, in one file of this folder as `COMMAND`."""

    word: str
    #: One line in `help`.
    says: str
    #: Gets what follows the word.
    run: Callable[[Turn, str], Reply]
    #: Who may say it; None is everybody.
    needs: Grant | None = None
    #: False runs in a reading transaction.
    writes: bool = False
    #: What may follow the word, for the contract suite and for help.
    example: str = ""
    #: Typed without its slash, more words than this are meant for people.
    longest: int = 4
