"""Pictures of charts: who asks for one gets it by its address, and by nothing else."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from adapters.slack import pictures
from adapters.slack.drawing import HEIGHTS, Line, Sheet, png
from adapters.slack.pictures import Pictures, sheet_of
from bot.cards import Chart, Series
from tests.contract.sample_cards import FIGURES

pytestmark = pytest.mark.contract

(CHART,) = (part for part in FIGURES.parts if isinstance(part, Chart))
OURS = "https://itpulse.example.com"
SECRET = "s" * 32
AT = datetime(2026, 11, 25, 9, tzinfo=UTC)

Client = TestClient[web.Request, web.Application]


class Studio:
    """Pictures behind a real server, under a clock that is pushed."""

    def __init__(self, client: Client, pictures: Pictures) -> None:
        self.client = client
        self.pictures = pictures
        self.at = AT
        self.drawn = 0

    def draw(self, sheet: Sheet) -> bytes:
        self.drawn += 1
        return png(sheet)

    async def status(self, path: str) -> int:
        async with self.client.get(path) as answer:
            return answer.status

    def path(self, chart: Chart) -> str:
        address = self.pictures.address(chart)
        assert address.startswith(f"{OURS}/charts/")
        return urlsplit(address).path


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    app = web.Application()
    made: list[Studio] = []
    kept = Pictures(OURS, SECRET, lambda: made[0].at, lambda sheet: made[0].draw(sheet))
    app.router.add_get(pictures.PATH, kept.show)
    async with TestClient(TestServer(app)) as client:
        made.append(Studio(client, kept))
        yield made[0]


async def test_an_address_shows_a_picture(studio: Studio) -> None:
    async with studio.client.get(studio.path(CHART)) as answer:
        assert answer.status == 200
        assert answer.content_type == "image/png"
        picture = Image.open(BytesIO(await answer.read()))
    assert (picture.format, picture.size) == ("PNG", (1040, 440))
    assert len(picture.convert("RGB").getcolors(1040 * 440) or ()) > 10


async def test_a_picture_is_drawn_once_while_it_is_remembered(studio: Studio) -> None:
    assert studio.path(CHART) != (other := studio.path(CHART))
    assert [await studio.status(path) for path in (studio.path(CHART), other)] == [200, 200]
    assert studio.drawn == 1


async def test_an_address_ends(studio: Studio) -> None:
    path = studio.path(CHART)
    studio.at += timedelta(days=30)
    assert await studio.status(path) == 200
    studio.at += timedelta(seconds=1)
    assert await studio.status(path) == 404


@pytest.mark.parametrize("token", ["x", "gAAAAA", "é", "=" * 100, "A" * 7_000, "%00", "a%2Fb"])
async def test_what_is_no_address_of_ours_is_not_found(studio: Studio, token: str) -> None:
    assert await studio.status(f"/charts/{token}.png") == 404
    assert studio.drawn == 0


async def test_nobody_can_make_up_or_change_an_address(studio: Studio) -> None:
    path = studio.path(CHART)
    middle = len(path) // 2
    changed = path[:middle] + ("A" if path[middle] != "A" else "B") + path[middle + 1 :]
    other = Pictures(OURS, "t" * 32, lambda: AT).address(CHART)
    plain = Fernet(base64.urlsafe_b64encode(SECRET.encode())).encrypt(b"{}").decode()
    for made_up in (changed, urlsplit(other).path, f"/charts/{plain}.png"):
        assert await studio.status(made_up) == 404
    assert studio.drawn == 0


def test_an_address_alone_tells_no_figure_and_no_unit() -> None:
    address = Pictures(OURS, SECRET, lambda: AT).address(CHART)
    token = address.removeprefix(f"{OURS}/charts/").removesuffix(".png")
    sealed = base64.urlsafe_b64decode(token)
    assert b"Finance" not in sealed
    for start in range(len(sealed)):
        with pytest.raises(zlib.error):
            zlib.decompress(sealed[start:])


def test_a_line_alone_carries_no_name() -> None:
    sheet = sheet_of(replace(CHART, series=CHART.series[1:]))
    assert sheet
    assert "Finance" not in json.dumps([line.label for line in sheet.lines])


def test_a_gap_stays_a_gap() -> None:
    whole, gapped = ink("#0072b2", (100,) * 5), ink("#0072b2", (100, 100, None, 100, 100))
    assert gapped < whole * 0.7


def ink(colour: str, heights: tuple[int | None, ...]) -> int:
    sheet = Sheet(("a", "b", "c", "d", "e"), 1.0, 5.0, (Line("", heights),))
    picture = Image.open(BytesIO(png(sheet))).convert("RGB")
    wanted = tuple(bytes.fromhex(colour[1:]))
    found = picture.getcolors(1040 * 440) or []
    return sum(n for n, c in found if isinstance(c, tuple) and _near(c, wanted))


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


EMPTY = (
    replace(CHART, series=(Series("All", (None,) * 8),)),
    replace(CHART, series=()),
    replace(CHART, series=CHART.series * 4),
    replace(CHART, categories=("day",) * 61),
)


@pytest.mark.parametrize("chart", EMPTY, ids=["gaps alone", "empty", "eight lines", "61 days"])
def test_what_would_be_no_picture_has_no_address(chart: Chart) -> None:
    assert Pictures(OURS, SECRET, lambda: AT).address(chart) == ""


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1, max_size=60),
        min_size=1,
        max_size=6,
    ),
    st.text(max_size=40),
    st.sampled_from([(1.0, 5.0), (-100.0, 100.0), (0.0, 0.0)]),
)
def test_whatever_is_shown_fits_an_address_and_is_drawn(
    rows: list[list[float | None]], name: str, ends: tuple[float, float]
) -> None:
    lines = tuple(Series(name, tuple(row)) for row in rows)
    chart = Chart("t", (name,) * len(rows[0]), lines, *ends, "words")
    sheet = sheet_of(chart)
    if sheet is None:
        return
    heights = [height for line in sheet.lines for height in line.heights]
    assert all(height is None or 0 <= height <= HEIGHTS for height in heights)
    assert len(Pictures(OURS, SECRET, lambda: AT).address(chart)) <= 3_000
    assert png(sheet).startswith(b"\x89PNG")
