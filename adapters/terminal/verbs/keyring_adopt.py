"""Another key ring in the place of one that is lost."""

from __future__ import annotations

import typer

from adapters.terminal.place import DEFAULT, DirectoryOption, roof_of, waited
from adapters.terminal.speech import say

WORDS = "keyring adopt"

ADOPTED = (
    "This database belongs to the key ring in ITPULSE_KEYRING now.",
    "Open rounds whose keys are not in it end as lost, and those invited are told once.",
    "People who asked to be forgotten are not known to it: leave them out of the next import.",
)


def run(context: typer.Context, data: DirectoryOption = DEFAULT) -> None:
    """Take the key ring that is there in the place of one that is lost for good.

    Nothing starts with a key ring that the database does not know, because an empty or unmounted
    folder would end every open round as lost. Bring the right one back first, if you can.
    """
    waited(roof_of(context).upkeep.adopt(data))
    say(*ADOPTED)
