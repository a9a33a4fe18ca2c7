"""One file = one way of asking. A new file with a `KIND` is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

from bot.questions.kind import Kind


def _found() -> dict[str, Kind]:
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    )
    return {module.KIND.id: module.KIND for module in modules if hasattr(module, "KIND")}


#: Every way of asking, by id.
KINDS: Final[dict[str, Kind]] = _found()
