"""A chat platform played by ourselves: its servers are one SQLite file, its client is one page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from adapters.simulator.platform import BadWeather, Faults, Simulator
from adapters.simulator.routes import mount

__all__ = ["BadWeather", "Faults", "Simulator", "connect", "mount"]


def connect(folder: Path, starts: datetime) -> Simulator:
    """The simulator whose file lies in `folder`; its clock stands at `starts` in a new one."""
    simulator = Simulator(folder / "simulator.sqlite", starts)
    simulator.drive_alone(folder / "simulator.driver")
    return simulator
