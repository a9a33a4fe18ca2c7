"""Ids made of what people call a thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

#: Characters; a number may be added, and all of it is an id then.
LONGEST: Final = 36


def slug(label: str, longest: int = LONGEST) -> str:
    """“Ärzte-Portal (neu)” -> “arzte-portal-neu”; empty where no letter or digit can be kept."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:longest].strip("-")


def free_id(label: str, taken: Collection[str], otherwise: str) -> str:
    """An id like a label, or like a word where nothing of the label can be kept."""
    start = slug(label) or otherwise
    ids = (start, *(f"{start}-{number}" for number in range(2, 1_000)))
    return next(id for id in ids if id not in taken)
