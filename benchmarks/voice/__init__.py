"""How well and how fast texts are judged, and how the model that judges them is trained."""

from __future__ import annotations

from benchmarks.ground import Ground


async def run(_ground: Ground) -> None:
    # Training imports numpy, and it can be run by itself.
    from benchmarks.voice.table import tell

    tell()
