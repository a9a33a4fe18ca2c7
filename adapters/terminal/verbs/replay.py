"""Answers played through the real engine, under a pushed clock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.intake import FileArgument, instant_option, taken_whole
from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say
from bot.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from adapters.terminal.house import House
    from adapters.terminal.playing import Score
    from bot.domain.files.replay_jsonl import Line

WORDS = "replay"


def run(
    context: typer.Context,
    file: FileArgument,
    until: Annotated[
        str | None, typer.Option(metavar="ISO", help="Where the clock is pushed to at the end.")
    ] = None,
    data: DirectoryOption = DEFAULT,
) -> None:
    """Play a JSONL file of answers into a demo.

    A line is {"at": instant, "person": e-mail, "pulse": id, "answers": {question: value}},
    or with "grumble": text and "manner": "confidential" or "named" instead of the last two. Lines
    are taken in the order of the file, the clock is pushed to each, and what became of them is
    printed as JSON.
    """
    import json

    from bot.domain.files.replay_jsonl import read_lines

    end = instant_option(until, "--until")
    with taken_whole(file) as text:
        lines = read_lines(text)
    score = in_house(context, data, lambda house: _play(house, data, lines, end))
    say(json.dumps(score.wire()))


async def _play(house: House, data: Path, lines: Sequence[Line], end: datetime | None) -> Score:
    from adapters.terminal.playing import play

    if not house.is_demo:
        raise Fault(
            [
                "replay plays answers into a made-up company; make one with "
                f"`itpulse demo --empty --prepare --data {data}`"
            ]
        )
    latest = max((line.at for line in lines), default=house.clock.now())
    if end and end < max(latest, house.clock.now()):
        raise Fault(["--until lies before the last line or before the demo's clock; choose later."])
    return await play(house, lines, end)
