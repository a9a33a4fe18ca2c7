"""A chart as a picture behind an address that holds all of it, sealed, for as long as it lasts.

Nothing is stored and no table is asked: whoever has the address sees what the message said.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import zlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken

from adapters.slack import limits
from adapters.slack.drawing import HEIGHTS, Line, Sheet, png
from adapters.slack.limits import short
from bot.cards import Chart

PATH: Final = "/charts/{token}.png"
#: Seconds an address lasts: as long as it is kept who got which message.
LASTS: Final = 30 * 24 * 3600
#: Pictures remembered, of about 15 kB each.
REMEMBERED: Final = 32
#: Bytes of an opened address.
LONGEST: Final = 10_000
#: Lines and points that can be told apart in one picture.
MOST_LINES: Final = 6
MOST_POINTS: Final = 60


Draw = Callable[[Sheet], bytes]


class Pictures:
    """Makes the addresses, and draws what they hold."""

    def __init__(
        self, public_url: str, secret: str, now: Callable[[], datetime], draw: Draw = png
    ) -> None:
        key = hmac.digest(secret.encode(), b"addresses of charts", hashlib.sha256)
        self._seal = Fernet(base64.urlsafe_b64encode(key))
        self._root = public_url.rstrip("/")
        self._now = now
        self._draw = draw
        self._drawn: OrderedDict[Sheet, bytes] = OrderedDict()
        self._pen = asyncio.Lock()

    def address(self, part: Chart) -> str:
        """Where a picture of it is; empty where there is none to draw."""
        sheet = sheet_of(part)
        if sheet is None:
            return ""
        token = self._seal.encrypt_at_time(_packed(sheet), self._seconds()).decode()
        address = f"{self._root}{PATH.format(token=token)}"
        return address if len(address) <= limits.IMAGE_URL else ""

    async def show(self, request: web.Request) -> web.Response:
        """The picture, to whoever knows its address; 404 where it was never made or has ended."""
        try:
            told = request.match_info["token"].encode()
            sheet = _unpacked(self._seal.decrypt_at_time(told, LASTS, self._seconds()))
        except InvalidToken:
            raise web.HTTPNotFound from None
        kept = {"Cache-Control": f"private, max-age={LASTS}", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=await self._picture(sheet), content_type="image/png", headers=kept)

    async def _picture(self, sheet: Sheet) -> bytes:
        # One at a time: pictures wait for each other, and presses for none of them.
        async with self._pen:
            if sheet not in self._drawn:
                self._drawn[sheet] = await asyncio.to_thread(self._draw, sheet)
            self._drawn.move_to_end(sheet)
            if len(self._drawn) > REMEMBERED:
                self._drawn.popitem(last=False)
            return self._drawn[sheet]

    def _seconds(self) -> int:
        return int(self._now().timestamp())


def sheet_of(part: Chart) -> Sheet | None:
    """None where nothing would be seen: no point, or too much for one picture."""
    shown = any(value is not None for line in part.series for value in line.values)
    if not shown or len(part.series) > MOST_LINES or len(part.categories) > MOST_POINTS:
        return None
    # A line that is alone needs no name, so that a unit's stands in no address.
    lines = tuple(
        Line(
            short(line.label, limits.CHART_LABEL) if len(part.series) > 1 else "",
            tuple(_height(value, part) for value in line.values[: len(part.categories)]),
        )
        for line in part.series
    )
    categories = tuple(short(category, limits.CHART_LABEL) for category in part.categories)
    return Sheet(categories, part.low, part.high, lines)


def _height(value: float | None, part: Chart) -> int | None:
    if value is None:
        return None
    share = (value - part.low) / ((part.high - part.low) or 1.0)
    return round(HEIGHTS * min(max(share, 0.0), 1.0))


def _packed(sheet: Sheet) -> bytes:
    lines = [[line.label, line.heights] for line in sheet.lines]
    whole = [sheet.categories, sheet.low, sheet.high, lines]
    return zlib.compress(json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode(), 9)


def _unpacked(packed: bytes) -> Sheet:
    """Only of what we packed ourselves; still no bigger than that can be."""
    whole: Any = json.loads(zlib.decompressobj().decompress(packed, LONGEST))
    categories, low, high, lines = whole
    drawn = tuple(Line(label, tuple(heights)) for label, heights in lines)
    return Sheet(tuple(categories), low, high, drawn)
