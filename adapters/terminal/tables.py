"""Rows of JSON as CSV or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.errors import Fault, Refusal

Row = Mapping[str, Any]

#: A spreadsheet takes a text that begins so for a formula, which could do anything.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: What one sheet of xlsx holds.
MOST_ROWS: Final = 1_048_575
LONGEST_CELL: Final = 32_767


class NoSpreadsheets(Refusal):
    """xlsx needs the library xlsxwriter; install it (pip install xlsxwriter) or use csv."""

    reason = "no_spreadsheets"


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    sheet = io.StringIO()
    lines = csv.writer(sheet, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return sheet.getvalue()


def as_xlsx(title: str, columns: Sequence[str], rows: Sequence[Row], now: datetime) -> bytes:
    """Raises NoSpreadsheets or Fault."""
    try:
        import xlsxwriter
    except ImportError:
        raise NoSpreadsheets from None
    if len(rows) > MOST_ROWS:
        raise Fault([f"{len(rows)} rows do not fit into one sheet; use --format csv."])
    file = io.BytesIO()
    # Texts stay texts, whatever they look like.
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, plain) as book:
        book.set_properties({"created": now.replace(tzinfo=None)})
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [_short(cell(row.get(column))) for column in columns])
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def cell(value: object) -> str | int | float | None:
    """What stands in a cell: numbers as they are, lists and objects as JSON."""
    match value:
        case bool():
            return "true" if value else "false"
        case None | int() | float():
            return value
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _short(value: str | int | float | None) -> str | int | float | None:
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        return f"{value[: LONGEST_CELL - 1]}…"
    return value
