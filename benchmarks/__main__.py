"""`python -m benchmarks [names]`: all of them where none is named."""

from __future__ import annotations

import asyncio
import importlib
import sys
from typing import Final

from benchmarks.ground import Ground

NAMES: Final = (
    "press",
    "slack",
    "teams",
    "rounds",
    "again",
    "closing",
    "start",
    "summary",
    "years",
    "voice",
)
#: Only when named: these fetch from elsewhere.
FAR: Final = ("newcomer",)


async def measure(names: list[str]) -> None:
    with Ground() as ground:
        for name in names:
            await importlib.import_module(f"benchmarks.{name}").run(ground)


def main(names: list[str]) -> int:
    if unknown := [name for name in names if name not in (*NAMES, *FAR)]:
        print(
            f"No benchmark is called {unknown[0]}; there are {', '.join((*NAMES, *FAR))}",
            file=sys.stderr,
        )
        return 2
    asyncio.run(measure(names or list(NAMES)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
