"""The house's own themes: a file beside the twelve that ITPulse comes with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import Fault
from bot.health import Finding

if TYPE_CHECKING:
    from bot.voice import Taxonomy

NAME: Final = "ITPULSE_THEMES"
TODO: Final = "mend the file, or take the setting away; docs/voice.md shows what may be in it"


def put_to_use(environ: Mapping[str, str]) -> None:
    """For all that this program judges from now on; raises Fault, and nothing is changed then."""
    if named := environ.get(NAME):
        taxonomy = _read(Path(named))
        from bot.voice import use

        use(taxonomy)


def checked(environ: Mapping[str, str]) -> Iterator[Finding]:
    named = environ.get(NAME)
    if not named:
        return
    try:
        themes = _read(Path(named)).themes
    except Fault as fault:
        for line in fault.lines:
            yield Finding("bad", f"themes: {line}", TODO)
    else:
        own = sum(theme.added is not None for theme in themes.values())
        yield Finding("ok", f"themes: {len(themes)}, to {own} of which {NAME} adds keywords")


def _read(file: Path) -> Taxonomy:
    from bot.voice import shipped

    try:
        return shipped().extended(file.read_text("utf-8-sig"))
    except OSError as error:
        raise Fault([f"{NAME} names {file}: {error.strerror or 'cannot be read'}."]) from None
    except UnicodeDecodeError:
        raise Fault([f"{file.name}: is not UTF-8; save it as UTF-8."]) from None
    except Fault as fault:
        raise Fault([f"{file.name}: {line}" for line in fault.lines]) from None
