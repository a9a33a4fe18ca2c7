"""Imported once, in the process that every dying house is forked from: what takes long to begin."""

from __future__ import annotations

from schedules.close_rounds import listener
from tests.faults import dying, dying_in_slack

__all__ = ["dying", "dying_in_slack"]

listener([])("The laptop is slow.")
