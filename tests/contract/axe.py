"""Faults of a page for people who see, hear or point differently, as axe-core finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Page

SCRIPT: Final = Path(__file__).parents[2] / ".tools/node/node_modules/axe-core/axe.min.js"
NEEDED: Final = pytest.mark.skipif(
    not SCRIPT.exists(), reason="axe-core is not installed; where npm is, .ci/run installs it"
)
SEVERE: Final = {"serious", "critical"}


async def faults(page: Page) -> list[str]:
    """Serious and critical ones of what is shown now, light and then dark: rule and place."""
    if not await page.evaluate("'axe' in window"):
        # Evaluated, not added as an element: the page's policy lets in no script of others.
        await page.evaluate(SCRIPT.read_text())
    found = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        told: dict[str, Any] = await page.evaluate("axe.run({ resultTypes: ['violations'] })")
        found += [
            f"{scheme}: {fault['id']}: {node['html']}"
            for fault in told["violations"]
            if fault["impact"] in SEVERE
            for node in fault["nodes"]
        ]
    return found
