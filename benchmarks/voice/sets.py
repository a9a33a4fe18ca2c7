"""The labelled texts there are: our own corpus by its writers, and public sets where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

LABELS: Final = ("negative", "neutral", "positive")

CORPUS: Final = Path(__file__).parent / "corpus"

#: Writers of our corpus from whom nothing is learned and by whom nothing is chosen: no rule, no
#: keyword, no weight, no setting. They tell how good the finished models are, and are read last.
HELD_OUT: Final = ("hana", "mona", "sami")

#: Public sets whose licence lets what is learned from them ship, with attribution.
PUBLIC: Final = ("stackoverflow", "uci_reviews")


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    label: str
    themes: frozenset[str] = frozenset()
    #: From a set that knows no neutral, so it says nothing about what is neutral.
    sided: bool = False


def corpus(folder: Path = CORPUS) -> dict[str, list[Row]]:
    """Our own comments, by writer, without those who are held out."""
    found = sorted(path for path in folder.glob("*.tsv") if not path.stem.endswith(".second"))
    return {path.stem: list(rows(path)) for path in found if path.stem not in HELD_OUT}


def held_out(folder: Path = CORPUS) -> dict[str, list[Row]]:
    """Comments of the writers who are held out, by writer."""
    return {name: list(rows(folder / f"{name}.tsv")) for name in HELD_OUT}


def second(folder: Path = CORPUS) -> dict[str, list[Row]]:
    """What another hand made of every tenth text, by writer of the text."""
    found = sorted(folder.glob("*.second.tsv"))
    return {path.name.split(".")[0]: list(rows(path)) for path in found}


def public(folder: Path | None) -> Mapping[str, list[Row]]:
    """Those public sets that lie in the folder."""
    if folder is None:
        return {}
    paths = (folder / f"{name}.tsv" for name in PUBLIC)
    return {path.stem: _sided(list(rows(path))) for path in paths if path.is_file()}


def _sided(rows: list[Row]) -> list[Row]:
    sided = all(row.label != "neutral" for row in rows)
    return [replace(row, sided=sided) for row in rows]


def rows(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        text, *said = line.rstrip("\r").split("\t")
        if said and said[0] in LABELS:
            yield Row(text, said[0], frozenset(said[1].split(",") if len(said) > 1 else ()) - {""})
