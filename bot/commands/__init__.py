"""One file = one word of `/itpulse`. A new file with a `COMMAND` is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

from bot.commands.command import Command


def _found() -> dict[str, Command]:
    names = (f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__))
    modules = map(importlib.import_module, names)
    return {m.COMMAND.word: m.COMMAND for m in modules if hasattr(m, "COMMAND")}


#: Every word, by itself.
COMMANDS: Final[dict[str, Command]] = _found()


def spoken(words: str) -> tuple[Command, str]:
    """The command meant and what follows it.

    Anything unknown means help, and nothing at all the summary: it tells others kindly that it
    is for IT leads.
    """
    text = words.strip()
    if text.lower().startswith("/itpulse"):
        text = text[len("/itpulse") :].strip()
    word, *rest = text.split(maxsplit=1) or ["summary"]
    return COMMANDS.get(word.lower(), COMMANDS["help"]), "".join(rest)
