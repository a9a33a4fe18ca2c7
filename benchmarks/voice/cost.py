"""What a judgement costs beside TextBlob's own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from textblob import TextBlob

from bot.voice import judge

TURNS: Final = 7

#: A production installation has no numpy; NLTK, which TextBlob imports, takes it where it is.
_WEIGHED: Final = """
import sys, resource
for name in ("numpy", "scipy"):
    sys.modules[name] = None
import bot.voice
def held():
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * resource.getpagesize() / 2**20
before = held()
bot.voice.judge("The printer is broken again"); bot.voice.themes("The printer is broken again")
print(held() - before)
"""


@dataclass(frozen=True, slots=True)
class Speeds:
    """Texts a second; `ratio` is the median over turns, each of both one right after the other."""

    ours: float
    textblob: float
    ratio: float


def speeds(texts: Sequence[str]) -> Speeds:
    pairs = []
    for turn in range(-1, TURNS):
        both = (_seconds(judge, texts), _seconds(lambda text: TextBlob(text).sentiment, texts))
        if turn >= 0:
            pairs.append(both)
    ours, blobs = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(blob / our for our, blob in pairs)
    return Speeds(len(texts) / ours, len(texts) / blobs, ratio)


def _seconds(judged: Callable[[str], object], texts: Sequence[str]) -> float:
    """Of the processor's time, so that what else runs on the machine counts little."""
    began = time.process_time()
    for text in texts:
        judged(text)
    return time.process_time() - began


def memory() -> float:
    """MiB that the first judged text adds to a fresh program, on Linux."""
    seen = subprocess.run(
        [sys.executable, "-c", _WEIGHED], capture_output=True, text=True, check=True
    )
    return float(seen.stdout)
