"""A made-up company with half a year behind it, for demonstrations.

Meridian makes and trades pumps; nobody in it exists. What its people answered is drawn by a seed
and tells a story: the VPN breaks and is mended, new laptops help one division, the service desk
gets better, and the warehouse is forgotten.
"""

from adapters.simulator.company.calendar import days, latest_start, middle, pulses
from adapters.simulator.company.grumbles import Grumble, grumbles
from adapters.simulator.company.helped import help_history
from adapters.simulator.company.history import history
from adapters.simulator.company.lines import Line
from adapters.simulator.company.staff import COMPANY, cast, examples, grants, people

__all__ = [
    "COMPANY",
    "Grumble",
    "Line",
    "cast",
    "days",
    "examples",
    "grants",
    "grumbles",
    "help_history",
    "history",
    "latest_start",
    "middle",
    "people",
    "pulses",
]
