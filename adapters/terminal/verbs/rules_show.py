"""The house rules, as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say

if TYPE_CHECKING:
    from adapters.terminal.house import House

WORDS = "rules show"


def run(context: typer.Context, data: DirectoryOption = DEFAULT) -> None:
    """Write the house rules as TOML, for `rules apply`."""
    say(in_house(context, data, _show).rstrip("\n"))


async def _show(house: House) -> str:
    from bot.domain.files.rules_toml import write_rules
    from bot.house_rules import rules_of

    return await house.store.read(lambda tx: write_rules(rules_of(tx)))
