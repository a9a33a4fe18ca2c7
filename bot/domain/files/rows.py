"""Delimited text as spreadsheets write it: rows with the line each one starts on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.errors import Fault

DELIMITERS: Final = (",", ";", "\t")


class Row(NamedTuple):
    #: Counts from 1; a quoted cell may go on over several.
    line: int
    cells: list[str]


def rows(text: str) -> Iterator[Row]:
    """Rows that hold anything, with trimmed cells; raises Fault where quoting is broken.

    The delimiter is the one of , ; and tab that the first line holds most of.
    """
    text = text.removeprefix("\ufeff")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    start = 1
    try:
        for cells in lines:
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                yield Row(start, trimmed)
            start = lines.line_num + 1
    except csv.Error as wrong:
        raise Fault([f"line {start}: {_explained(wrong)}"]) from None


def delimiter(text: str) -> str:
    first = re.split(r"[\r\n]", text.lstrip("\ufeff\r\n"), maxsplit=1)[0]
    return max(DELIMITERS, key=first.count)


def _explained(wrong: csv.Error) -> str:
    if "limit" in str(wrong):
        return "one cell is far too long; a closing quotation mark may be missing"
    if "new-line" in str(wrong):
        return "a line break stands inside a cell; put the cell into quotation marks"
    return 'the quotation marks do not match; write a quotation mark inside a cell as ""'
