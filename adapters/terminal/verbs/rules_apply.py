"""The house rules from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from adapters.terminal.intake import FileArgument, taken_whole
from adapters.terminal.place import DEFAULT, DirectoryOption, in_house
from adapters.terminal.speech import say

if TYPE_CHECKING:
    from adapters.terminal.house import House
    from bot.domain.house_rules import HouseRules

WORDS = "rules apply"


def run(context: typer.Context, file: FileArgument, data: DirectoryOption = DEFAULT) -> None:
    """Set the house rules: holidays, working days and hours, quiet days, how much people are asked.

    What the file leaves out has its default. Rounds already open are left as they are.
    """
    from bot.domain.files.rules_toml import read_rules

    with taken_whole(file) as text:
        rules = read_rules(text)
    changed = in_house(context, data, lambda house: _apply(house, rules))
    say("house rules: " + ("changed" if changed else "unchanged"), *(f"  {c}" for c in changed))


async def _apply(house: House, rules: HouseRules) -> list[str]:
    from bot.house_rules import set_rules

    now = house.clock.now()
    return await house.store.run(lambda tx: set_rules(tx, rules, "terminal", now))
