"""`make attack SEEDS="1 2"`: one JSON line a seed and scheme; fails where anything was learnt."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from tests.attack.attack import Finding, attack
from tests.attack.controls import sound
from tests.attack.permuting import changed_outputs
from tests.attack.stage import Played, play
from tests.attack.world import SCHEMES, make_world

PERMUTATIONS: Final = 25


def besiege(played: Played, permutations: int) -> Finding:
    changed = changed_outputs(played, permutations, Random(played.world.seed))
    return attack(sound(played), played.said, changed)


def main(seeds: Sequence[str]) -> int:
    bad = False
    for seed in seeds or ["1"]:
        for scheme in SCHEMES:
            with TemporaryDirectory() as folder:
                played = asyncio.run(play(make_world(int(seed), scheme), Path(folder)))
            found = besiege(played, PERMUTATIONS)
            line = {"seed": int(seed), "scheme": scheme} | found.wire()
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
            bad = bad or found.bad
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
