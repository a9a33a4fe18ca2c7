"""How much of what must go is taken out of a text, and how little else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.voice import Names, scrub

TEXTS: Final = Path(__file__).parent / "scrubbing.txt"

_MARKED: Final = re.compile("«(.+?)»")
_PLACEHOLDER: Final = re.compile(r"\[(?:name|e-mail|phone|address|id)\]")


@dataclass(frozen=True, slots=True)
class Scrubbed:
    #: Of what must go, what has gone, word for word.
    recall: float
    #: Of all placeholders that were put in, those that stand for what must go.
    precision: float
    #: Texts that did not come out right, as they came out.
    wrong: list[str]


def measured() -> Scrubbed:
    head, texts = _read()
    names = Names(head)
    marked = gone = placed = 0
    wrong = []
    for text in texts:
        spans = _MARKED.findall(text)
        came = scrub(_MARKED.sub(r"\1", text), names)
        found = sum(span not in came for span in spans)
        put = len(_PLACEHOLDER.findall(came))
        marked, gone, placed = marked + len(spans), gone + found, placed + put
        if found < len(spans) or put > len(spans):
            wrong.append(f"{text}  ->  {came}")
    return Scrubbed(gone / marked, min(1.0, gone / placed), wrong)


def _read() -> tuple[list[str], list[str]]:
    """The people on the list, and the texts."""
    lines = TEXTS.read_text(encoding="utf-8").splitlines()
    comments = " ".join(line[2:] for line in lines if line.startswith("# "))
    people = comments.partition("People on the list:")[2].split(";")
    return [name.strip() for name in people], [line for line in lines if line[:2] != "# "]


if __name__ == "__main__":
    found = measured()
    print(f"recall {found.recall:.3f}, precision {found.precision:.3f}")
    print("\n".join(found.wrong))
