"""A pulse as a TOML file: read without trust, and written so that it can be read again."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any, Final, cast

from bot.cards import Scale
from bot.domain.files.faults import fault, shown
from bot.domain.files.fields import Fields
from bot.domain.files.pulse_text import BANDS, write_pulse
from bot.domain.files.rule import LONGEST as LONGEST_RULE
from bot.domain.files.rule import rule_fault
from bot.domain.pulse import (
    MOST_COMMENTS,
    MOST_IN_BANK,
    MOST_QUESTIONS,
    MOST_REMINDERS,
    Audience,
    Cadence,
    Choice,
    K,
    Pulse,
    Question,
    every_step,
)
from bot.errors import Fault
from bot.questions import KINDS
from bot.refs import Ref

__all__ = ["read_pulse", "write_pulse"]

#: Characters.
LONGEST_TITLE: Final = 75
LONGEST_QUESTION: Final = 300
LONGEST_LABEL: Final = 75
LONGEST_NAME: Final = 200
MOST_OPTIONS: Final = 10
#: A larger “smallest group” would never show anything.
LARGEST_GROUP: Final = 1_000
#: `except` within `except`: deeper than this nobody can say who is meant.
DEEPEST_EXCEPT: Final = 3
FOLLOW_UP_KINDS: Final = ("several", "choice")
#: Pulses the product brings itself.
BUILT_IN: Final = frozenset({"grumbles"})

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2200, 12, 31)


def read_pulse(text: str) -> Pulse:
    """The pulse in a file, version 0; raises Fault with a line for each thing wrong in it."""
    faults: list[str] = []
    pulse = _pulse(Fields(parsed(text), "", faults))
    if faults:
        raise fault(faults)
    return pulse


def parsed(text: str) -> Mapping[str, Any]:
    """The tables of a TOML file; raises Fault."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise Fault(["the file is nested too deeply; see `itpulse pulse export`"]) from None
    except ValueError as wrong:  # TOMLDecodeError is one, and so is a number of 5,000 digits
        raise Fault([_where(str(wrong))]) from None


def _where(message: str) -> str:
    what, _, where = message.rpartition(" (at ")
    if not what:
        return "the file is no TOML: a number in it is too long"
    return f"{where.rstrip(')')}: {what}; this is where the file stops being TOML"


def _pulse(fields: Fields) -> Pulse:
    id = fields.id()
    if id in BUILT_IN:
        fields.wrong("id", f"{shown(id)} is built in; choose another id")
    pulse = Pulse(
        id=id,
        title=fields.text("title", LONGEST_TITLE),
        manner=cast(Any, fields.word("manner", ("confidential", "named"), "confidential")),
        smallest_group=fields.number("smallest_group", K, LARGEST_GROUP, K),
        audience=_audience(fields, "audience", 0) or Audience(),
        cadence=_cadence(fields),
        rotation=cast(Any, fields.word("rotation", ("none", "slices"), "none")),
        above_cap=fields.yes("above_cap"),
        rotate=fields.number("rotate", 1, MOST_QUESTIONS, 0),
        **_asked(fields),
    )
    _check_rotate(fields, pulse)
    fields.close()
    return pulse


def _asked(fields: Fields) -> dict[str, Any]:
    """Its own questions, and those that take turns."""
    own, bank = fields.tables("questions"), fields.tables("bank")
    if not 1 - bool(bank) <= len(own) <= MOST_QUESTIONS:
        fields.wrong("questions", f"are {len(own)}; a pulse asks 1 to {MOST_QUESTIONS}")
    if len(bank) > MOST_IN_BANK:
        fields.wrong("bank", f"holds {len(bank)} questions; {MOST_IN_BANK} fit")
    questions = tuple(_question(table) for table in (*own, *bank))
    _check_ids((*own, *bank), questions)
    return {"questions": questions[: len(own)], "bank": questions[len(own) :]}


def _check_rotate(fields: Fields, pulse: Pulse) -> None:
    most = min(len(pulse.bank), MOST_QUESTIONS - len(pulse.questions))
    if pulse.bank and not 1 <= pulse.rotate <= most:
        fields.wrong("rotate", f"is how many of the bank a round asks; use 1 to {max(1, most)}")
    if pulse.rotate and not pulse.bank:
        fields.wrong("rotate", "needs a bank; write its questions as [[bank]]")
    own, bank = (sum(q.kind == "comment" for q in some) for some in (pulse.questions, pulse.bank))
    comments = own + min(bank, pulse.rotate)
    if comments > MOST_COMMENTS:
        fields.wrong("questions", f"hold {comments} comments; a pulse takes {MOST_COMMENTS}")


def _audience(parent: Fields, key: str, depth: int) -> Audience | None:
    fields = parent.table(key, required=not depth)
    if fields is None:
        return None
    if depth > DEEPEST_EXCEPT:
        fields.wrong_here("is nested too deeply; name the people in a flatter way")
        return None
    audience = Audience(
        everyone=fields.yes("everyone"),
        units=fields.texts("units", LONGEST_NAME),
        roles=fields.texts("roles", LONGEST_NAME),
        sites=fields.texts("sites", LONGEST_NAME),
        emails=fields.emails("emails", LONGEST_NAME),
        excluded=_audience(fields, "except", depth + 1),
    )
    if replace(audience, excluded=None) == Audience():
        fields.wrong_here("names nobody; write everyone = true, or units, roles, sites or emails")
    fields.close()
    return audience


def _cadence(parent: Fields) -> Cadence:
    fields = parent.table("cadence")
    if fields is None:
        return Cadence("", EARLIEST, time())
    cadence = Cadence(
        rule=fields.text("rule", LONGEST_RULE),
        starts=fields.day("starts", EARLIEST, LATEST),
        at=fields.hour("at"),
        open_working_days=fields.number("open_working_days", 1, 20, 3),
        reminders=fields.number("reminders", 0, MOST_REMINDERS, 1),
    )
    if cadence.rule and (wrong := rule_fault(cadence.rule, cadence.starts)):
        fields.wrong("rule", wrong)
    fields.close()
    return cadence


def questions_in(parent: Fields) -> tuple[Question, ...]:
    tables = parent.tables("questions")
    if not 1 <= len(tables) <= MOST_QUESTIONS:
        parent.wrong("questions", f"are {len(tables)}; a pulse asks 1 to {MOST_QUESTIONS}")
    questions = tuple(_question(table) for table in tables)
    _check_ids(tables, questions)
    comments = sum(question.kind == "comment" for question in questions)
    if comments > MOST_COMMENTS:
        parent.wrong("questions", f"hold {comments} comments; a pulse takes {MOST_COMMENTS}")
    return questions


def _check_ids(tables: Sequence[Fields], questions: Sequence[Question]) -> None:
    first: dict[str, str] = {}
    for table, question in zip(tables, questions, strict=True):
        for step, parent in every_step((question,)):
            key = "follow_up.id" if parent else "id"
            path = first.setdefault(step.id, table.path(key))
            if step.id and path != table.path(key):
                table.wrong(key, f"{shown(step.id)} is the id of {path} already; choose another")


def _question(fields: Fields) -> Question:
    before = len(fields.faults)
    question = Question(
        id=fields.id(),
        kind=fields.word("kind", KINDS),
        text=fields.text("text", LONGEST_QUESTION),
        options=_options(fields),
        follow_up=_follow_up(fields),
    )
    fields.close()
    if len(fields.faults) == before:
        _check_kind(fields, question)
        if question.follow_up and not _is_scale(question):
            fields.wrong("follow_up", f"cannot follow a {question.kind}; only a scale has one")
    return question


def _follow_up(parent: Fields) -> Question | None:
    fields = parent.table("follow_up", required=False)
    if fields is None:
        return None
    before = len(fields.faults)
    text, wordings = _wordings(fields)
    question = Question(
        id=fields.id(),
        kind=fields.word("kind", FOLLOW_UP_KINDS),
        text=text,
        options=_options(fields),
        wordings=wordings,
    )
    fields.close()
    if len(fields.faults) == before:
        _check_kind(fields, question)
    return question


def _wordings(fields: Fields) -> tuple[str, Mapping[str, str] | None]:
    """One wording for every band, or none and one by band."""
    if not isinstance(fields.get("text"), dict):
        return fields.text("text", LONGEST_QUESTION), None
    by_band = fields.table("text")
    assert by_band is not None
    wordings = {band: by_band.text(band, LONGEST_QUESTION) for band in BANDS}
    by_band.close()
    return "", wordings


def _options(fields: Fields) -> tuple[Choice, ...]:
    tables = fields.tables("options")
    options = tuple(_option(table) for table in tables)
    ids = [option.id for option in options if option.id]
    if len(options) > MOST_OPTIONS:
        fields.wrong("options", f"are {len(options)}; {MOST_OPTIONS} fit")
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        fields.wrong("options", f"the id {shown(id)} stands there twice; change one of the two")
    return options


def _option(fields: Fields) -> Choice:
    option = Choice(fields.id(), fields.text("label", LONGEST_LABEL))
    fields.close()
    return option


def _check_kind(fields: Fields, question: Question) -> None:
    for wrong in KINDS[question.kind].check(question):
        fields.wrong_here(wrong)


def _is_scale(question: Question) -> bool:
    return isinstance(KINDS[question.kind].part(question, Ref("answer"), question.text), Scale)
