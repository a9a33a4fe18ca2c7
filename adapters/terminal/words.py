"""The words of the command line, found in `verbs/`, and what all of them have in common."""

from __future__ import annotations

import importlib
import io
import pkgutil
import sys
from typing import Final

import typer

from adapters.terminal import verbs
from adapters.terminal.door import Door
from adapters.terminal.place import DEFAULT, DirectoryOption

HELP: Final = "ITPulse asks the business how IT is doing, and keeps the answers confidential."

#: What the first of two words is about.
SUBJECTS: Final = {
    "people": "The people list.",
    "pulse": "What is asked, of whom and how often.",
    "export": "Released figures and comments as files.",
    "rules": "Holidays, hours and caps of every pulse.",
    "keyring": "Where the keys of rounds lie.",
    "roles": "Who may do what in the app.",
    "slack": "The Slack app.",
    "teams": "The Teams app.",
}


def application() -> typer.Typer:
    """Every verb; its module holds `WORDS` (“people import”) and `run`, whose docstring is its
    help.
    """
    app = _group(HELP, "itpulse")
    subjects: dict[str, typer.Typer] = {}
    for found in pkgutil.iter_modules(verbs.__path__):
        verb = importlib.import_module(f"{verbs.__name__}.{found.name}")
        *subject, word = verb.WORDS.split()
        home = app
        for name in subject:
            home = subjects.setdefault(name, _group(SUBJECTS.get(name, ""), name))
        home.command(word)(verb.run)
    for name, group in subjects.items():
        app.add_typer(group, name=name)
    return app


def _group(help: str, name: str) -> typer.Typer:
    app = typer.Typer(
        name=name,
        help=help,
        cls=Door,
        # Plain sentences: they can be searched, piped and read aloud, and rich need not be loaded.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=True,
    )

    @app.callback()
    def before(_data: DirectoryOption = DEFAULT) -> None:
        pass

    before.__doc__ = help
    return app


def plain_streams() -> None:
    """Files and pipes get UTF-8 whatever the machine's locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
