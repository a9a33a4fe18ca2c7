"""Louder words: "very slow", "SO SLOW", "broken!!!"."""

from __future__ import annotations

import re

from bot.voice.english.reading import Reading

VERY, SHOUTED, EXCLAIMED = 1.3, 1.2, 1.1

#: A capital comes first in the pattern, which is what makes the search fast.
_SHOUTING = re.compile(r"[A-Z](?<!\w[A-Z])[A-Z]{3,}\b")


def amplify(reading: Reading) -> None:
    _very(reading)
    louder = 1.0
    if "!" in reading.text:
        louder *= EXCLAIMED
    if len(_SHOUTING.findall(reading.text)) > 1:
        louder *= SHOUTED
    if louder > 1:
        for hit in reading.hits:
            hit.pull *= louder


def _very(reading: Reading) -> None:
    for hit in reading.hits:
        if hit.start and reading.tags[hit.start - 1] == "very":
            hit.pull *= VERY
