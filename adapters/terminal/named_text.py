"""A named round for reading: the wire of `summary --format json` as lines of text, and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

Wire = Mapping[str, Any]

COLUMNS: Final = ("pulse", "round", "person", "question", "value")


def lines(wire: Wire) -> Iterator[str]:
    yield f"{wire['pulse']}: {wire['opens_on']} to {wire['closes_on']}, answers with names"
    yield f"{wire['answered']} of {wire['invited']} answered"
    for given in wire["named"]:
        yield ""
        yield given["person"]
        for question, value in given["answers"].items():
            yield f"  {question}: {in_words(value)}"


def rows(wire: Wire) -> list[dict[str, Any]]:
    """One for each answer."""
    head = {key: wire[key] for key in ("pulse", "round")}
    return [
        head | {"person": given["person"], "question": question, "value": value}
        for given in wire["named"]
        for question, value in given["answers"].items()
    ]


def in_words(value: Any) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value)) or "–"
        case _:
            return " ".join(str(value).split())
