"""The app's two icons, drawn here: a pulse, white on green, or white on nothing."""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise
from math import hypot
from typing import Final

Point = tuple[float, float]
Colour = tuple[int, int, int]

GREEN: Final[Colour] = (15, 108, 92)
WHITE: Final[Colour] = (255, 255, 255)
#: A heartbeat, left to right, in fractions of the icon.
PULSE: Final[tuple[Point, ...]] = (
    (0.12, 0.54), (0.33, 0.54), (0.42, 0.28), (0.55, 0.76), (0.64, 0.54), (0.88, 0.54),
)  # fmt: skip
#: Half of the line's width, in fractions too.
HALF: Final = 0.042


def color() -> bytes:
    """192 x 192, as Teams asks for."""
    return _png(192, GREEN)


def outline() -> bytes:
    """32 x 32, white on transparent, as Teams asks for."""
    return _png(32, None)


def _png(size: int, ground: Colour | None) -> bytes:
    rows = b"".join(b"\0" + _row(size, y, ground) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _row(size: int, y: int, ground: Colour | None) -> bytes:
    return b"".join(_pixel(_ink(size, x + 0.5, y + 0.5), ground) for x in range(size))


def _pixel(ink: float, ground: Colour | None) -> bytes:
    if ground is None:
        return bytes((*WHITE, round(255 * ink)))
    mixed = (round(w * ink + g * (1 - ink)) for w, g in zip(WHITE, ground, strict=True))
    return bytes((*mixed, 255))


def _ink(size: int, x: float, y: float) -> float:
    """How much of a pixel the line covers, 0 to 1."""
    nearest = min(_distance((x / size, y / size), a, b) for a, b in pairwise(PULSE))
    return max(0.0, min(1.0, (HALF - nearest) * size + 0.5))


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy)
    along = max(0.0, min(1.0, along))
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
