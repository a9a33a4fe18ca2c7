"""A screenshot as a PNG of at most 256 colours, a third of the size and no different to the eye."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any, Final

import numpy as np
from playwright.sync_api import Page

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
COLOURS: Final = 256
#: Bits of each channel in which two colours are told apart at first.
FINE: Final = 6

# The browser has a decoder for its own pictures; pages with a policy would not let this run.
PIXELS: Final = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  let text = "";
  for (let at = 0; at < data.length; at += 32768) {
    text += String.fromCharCode(...data.subarray(at, at + 32768));
  }
  return { width: picture.width, height: picture.height, data: btoa(text) };
}"""


def smaller(png: bytes, blank: Page) -> bytes:
    """The same picture; `blank` is an empty page."""
    told = blank.evaluate(PIXELS, base64.b64encode(png).decode())
    raw = np.frombuffer(base64.b64decode(told["data"]), np.uint8)
    pixels = raw.reshape(told["height"], told["width"], 4)[:, :, :3]
    palette, indices = _reduced(pixels.reshape(-1, 3).astype(np.int64))
    rows = indices.reshape(told["height"], told["width"]).astype(np.uint8)
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", told["width"], told["height"], 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette.astype(np.uint8).tobytes()))
    body = b"".join(_chunk(*chunk) for chunk in (*chunks, (b"IDAT", zlib.compress(lines, 9))))
    return SIGNATURE + body + _chunk(b"IEND", b"")


def _reduced(pixels: Any) -> tuple[Any, Any]:
    """Palette and, for each pixel, its place in it: the commonest colours, and the nearest one."""
    coarse = pixels >> (8 - FINE)
    key = (coarse[:, 0] << 2 * FINE) | (coarse[:, 1] << FINE) | coarse[:, 2]
    _, of, counts = np.unique(key, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(of, pixels[:, channel]) for channel in range(3)], axis=1)
    means = np.rint(sums / counts[:, None])
    palette = means[np.argsort(-counts)[:COLOURS]]
    nearest = ((means[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    return palette, nearest[of]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
