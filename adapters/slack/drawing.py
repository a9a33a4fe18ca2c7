"""Draws a line over time as PNG. Pillow is loaded when the first picture is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

Point = tuple[float, float]

#: Heights a point can have: enough for the eye, and no exact figure can be read back from it.
HEIGHTS: Final = 200

#: Pixels. Slack shows it at half of that, which is sharp on a phone.
WIDTH: Final = 1040
HEIGHT: Final = 440
LEFT: Final = 100
RIGHT: Final = 40
TOP: Final = 32
BOTTOM: Final = 64
#: Room for the names of the lines, where there are several.
LEGEND: Final = 48
LETTERS: Final = 24
STROKE: Final = 5
DOT: Final = 8
#: Lines are drawn larger and made smaller, which makes them smooth.
LARGER: Final = 2
#: Names below the picture; more would lie on each other.
NAMES: Final = 5

PAPER: Final = "#ffffff"
INK: Final = "#454545"
GRID: Final = "#dddddd"
#: Told apart also by those who see few colours (after Okabe and Ito, dark enough on white).
COLOURS: Final = ("#0072b2", "#b34700", "#007a5a", "#a2467b", "#6b5b00", "#333333")


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    #: 0 to HEIGHTS; None leaves a gap.
    heights: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn, and nothing else; at most as many lines as there are colours."""

    categories: tuple[str, ...]
    #: What the lowest and the highest height stand for.
    low: float
    high: float
    lines: tuple[Line, ...]


def png(sheet: Sheet) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    size = (WIDTH * LARGER, HEIGHT * LARGER)
    canvas = Image.new("RGB", size, PAPER)
    _lines(ImageDraw.Draw(canvas), sheet)
    picture = canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    _letters(ImageDraw.Draw(picture), sheet, ImageFont.load_default(LETTERS))
    written = BytesIO()
    picture.quantize(64).save(written, "png", optimize=True)
    return written.getvalue()


def _lines(pen: ImageDraw, sheet: Sheet) -> None:
    for quarter in range(5):
        at = _y(sheet, HEIGHTS * quarter / 4)
        pen.line(_large((LEFT, at), (WIDTH - RIGHT, at)), GRID, 2 * LARGER)
    for number, line in enumerate(sheet.lines):
        colour = COLOURS[number]
        for stroke in _strokes(sheet, line.heights):
            pen.line(_large(*stroke), colour, STROKE * LARGER, "curve")
            for x, y in stroke:
                pen.ellipse(_large((x - DOT, y - DOT), (x + DOT, y + DOT)), colour)


def _strokes(sheet: Sheet, heights: tuple[int | None, ...]) -> Iterator[list[Point]]:
    """What may not be shown leaves a gap."""
    for gap, run in groupby(enumerate(heights), lambda at: at[1] is None):
        if not gap:
            yield [(_x(sheet, place), _y(sheet, height or 0)) for place, height in run]


def _letters(pen: ImageDraw, sheet: Sheet, font: FreeTypeFont | ImageFont) -> None:
    for quarter in range(5):
        value = sheet.low + (sheet.high - sheet.low) * quarter / 4
        left = (LEFT - 16, _y(sheet, HEIGHTS * quarter / 4))
        pen.text(left, f"{round(value, 2):g}", INK, font, "rm")
    last = len(sheet.categories) - 1
    # The last one always has its place.
    for place in range(last, -1, -ceil((last + 1) / NAMES)):
        anchor = "r" if place == last > 0 else "m"
        pen.text((_x(sheet, place), HEIGHT - 20), sheet.categories[place], INK, font, f"{anchor}s")
    if len(sheet.lines) > 1:
        _names(pen, sheet, font)


def _names(pen: ImageDraw, sheet: Sheet, font: FreeTypeFont | ImageFont) -> None:
    room = (WIDTH - LEFT - RIGHT) / len(sheet.lines)
    for number, line in enumerate(sheet.lines):
        x, name = LEFT + number * room, line.label
        while len(name) > 1 and pen.textlength(f"● {name}", font) > room - LETTERS:
            name = name[:-1]
        dot = LEGEND / 2
        pen.ellipse((x, dot - DOT, x + 2 * DOT, dot + DOT), COLOURS[number])
        pen.text((x + 2 * DOT + 10, dot), name, INK, font, "lm")


def _x(sheet: Sheet, place: int) -> float:
    steps = len(sheet.categories) - 1
    return LEFT + DOT + place / steps * (WIDTH - LEFT - RIGHT - 2 * DOT) if steps else WIDTH / 2


def _y(sheet: Sheet, height: float) -> float:
    top = TOP + (LEGEND if len(sheet.lines) > 1 else 0)
    return top + (1 - height / HEIGHTS) * (HEIGHT - top - BOTTOM)


def _large(*points: Point) -> list[Point]:
    return [(x * LARGER, y * LARGER) for x, y in points]
