"""The one door that errors leave by: a sentence on stderr, and what became of it as exit code."""

from __future__ import annotations

import errno
import logging
import secrets
from typing import Any, Final

import typer
from typer.core import TyperGroup

from adapters.terminal.speech import complain
from bot.errors import Fault, Refusal
from bot.faults import told

log = logging.getLogger("itpulse.terminal")

WRONG_INPUT: Final = 2
ELSE: Final = 1
#: Reasons of a Refusal that mean that something was asked for wrongly.
_ASKED_WRONGLY: Final = ("unknown_", "bad_value", "too_long")


class Door(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Fault as fault:
            raise _left(WRONG_INPUT, *fault.lines) from None
        except Refusal as refusal:
            wrong = refusal.reason.startswith(_ASKED_WRONGLY)
            raise _left(WRONG_INPUT if wrong else ELSE, str(refusal)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise _left(ELSE, _outside(error)) from None
        except Exception as error:
            if hasattr(error, "exit_code"):  # typer's own, of which it exports only some
                raise
            raise _left(ELSE, _bug(error)) from None


def _left(code: int, *lines: str) -> typer.Exit:
    complain(*lines)
    return typer.Exit(code)


def _outside(error: OSError) -> str:
    what = error.strerror or type(error).__name__
    if error.filename:
        return f"{error.filename}: {what}. Check the path and your permissions, then try again."
    return f"{what}. Check the disk, the network and the port, then try again."


def _bug(error: Exception) -> str:
    name = secrets.token_hex(4)
    log.error("bug %s: %s", name, told(error))
    return (
        f"Something went wrong on our side (number {name}, {type(error).__name__}). "
        "The log has the place under that number; please report it."
    )
