"""Every form and every button, by the name in its ref."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.forms import (
    house,
    people,
    pulse_adding,
    pulse_audience,
    pulse_facets,
    pulse_launch,
    pulse_lists,
    pulse_new,
    pulse_questions,
    pulse_shown,
    roles,
    tone,
    wishes,
)
from bot.forms.step import Deed, Step

STEPS: Final[Mapping[str, Step]] = {
    **pulse_new.STEPS,
    **pulse_facets.STEPS,
    **pulse_audience.STEPS,
    **pulse_adding.STEPS,
    **pulse_questions.STEPS,
    **pulse_launch.STEPS,
    **house.STEPS,
    **people.STEPS,
    **roles.STEPS,
    **tone.STEPS,
}
DEEDS: Final[Mapping[str, Deed]] = {
    **pulse_shown.DEEDS,
    **pulse_lists.DEEDS,
    **pulse_launch.DEEDS,
    **people.DEEDS,
    **wishes.DEEDS,
}
