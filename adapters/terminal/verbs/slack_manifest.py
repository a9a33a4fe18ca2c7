"""The Slack app, as Slack wants to be told of it."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of
from adapters.terminal.speech import say_json

WORDS = "slack manifest"


def run(
    context: typer.Context,
    socket: Annotated[
        bool,
        typer.Option("--socket", help="For a machine that Slack cannot reach (Socket Mode)."),
    ] = False,
    _data: DirectoryOption = DEFAULT,
) -> None:
    """Print the manifest of the Slack app (JSON).

    Paste it at api.slack.com/apps › Create New App › From a manifest. It names the address in
    ITPULSE_PUBLIC_URL; with --socket it needs none.
    """
    say_json(roof_of(context).upkeep.slack_manifest(socket))
