"""An error as it may be written down: where it happened and of which kind, never what it held.

Messages of exceptions quote the values they choked on, and those may be somebody's answer.
"""

from __future__ import annotations

import traceback
from pathlib import PurePath


def told(error: BaseException) -> str:
    """One line: the kinds of the error and its causes, and where each was raised."""
    told: list[str] = []
    current: BaseException | None = error
    while current is not None and len(told) < 5:
        frames = traceback.extract_tb(current.__traceback__)[-4:]
        places = " < ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in reversed(frames))
        told.append(f"{type(current).__name__} at {places or '?'}")
        current = current.__cause__
    return "; caused by ".join(told)
