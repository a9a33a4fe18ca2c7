"""What was released, as the JSON that files, the terminal and other programs rely on."""

from __future__ import annotations

from typing import Any

from bot.domain import grumbles
from bot.domain.answer import Released, Shown, added, questions_of
from bot.domain.insight import response_rate
from bot.domain.named import named_wire, newest_named
from bot.domain.people import Cell
from bot.domain.release import ReleasedBlock, ReleasedRound
from bot.domain.report import SENTIMENTS, Report, report
from bot.errors import Refusal
from bot.ports import Transaction


class OneNamedRound(Refusal):
    """This pulse is named: its newest round is shown whole, so leave unit and rounds out."""

    reason = "bad_value"


def summary_wire(
    tx: Transaction, pulse: str | None, unit: str | None, rounds: int
) -> dict[str, Any]:
    """The summary as JSON, in the shape the outside relies on.

    Of a pulse whose newest round was named: that round's answers by name, and no figure.
    """
    if pulse and (named := newest_named(tx, pulse)):
        if unit or rounds > 1:
            raise OneNamedRound
        return named_wire(tx, named)
    found = report(tx, pulse, Cell(unit=unit or ""), rounds)
    newest, answered, invited = found.newest, found.answered, found.invited
    hidden = found.shown_only_as is not None
    return {
        "pulse": newest.pulse,
        "round": newest.round,
        "opens_on": newest.opens_on.isoformat(),
        "closes_on": newest.closes_on.isoformat(),
        "invited": None if hidden else invited,
        "answered": None if hidden else answered,
        "response_rate": None if hidden else round_to(response_rate(answered, invited), 4),
        "questions": [_question_wire(shown) for shown in found.questions],
        "sentiment": dict(found.sentiment) or dict.fromkeys(SENTIMENTS, 0),
        "themes": _themes_wire(found),
        "comments": [
            {"text": t.body, "sentiment": t.tone, "themes": list(t.themes), "judged": t.sentiment}
            for t in found.texts
        ],
        "shown_only_as": found.shown_only_as,
    }


def round_to(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _question_wire(shown: Shown) -> dict[str, Any]:
    figure = shown.figure
    numbers = (figure.value, figure.low, figure.high) if figure else (None, None, None)
    value, low, high = (round_to(number, 4) for number in numbers)
    return {
        "id": shown.question,
        "kind": shown.kind,
        "formula": shown.formula,
        "value": value,
        "low": low,
        "high": high,
        "n": shown.n,
        "hist": dict(shown.hist),
        "change": shown.change.verdict if shown.change else None,
    }


def _themes_wire(found: Report) -> list[dict[str, Any]]:
    mentions: dict[str, list[int]] = {}
    for theme in found.themes:
        counts = mentions.setdefault(theme.theme, [0, 0])
        counts[0] += theme.mentions
        counts[1] += theme.negative
    ranked = sorted(mentions.items(), key=lambda item: (-item[1][0], item[0]))
    return [
        {
            "id": theme,
            "mentions": count,
            "share": round_to(count / found.written if found.written else None, 4),
            "negative_share": round_to(negative / count, 4),
        }
        for theme, (count, negative) in ranked
    ]


def texts_wire(tx: Transaction) -> list[dict[str, Any]]:
    """Every released comment, those out of the box for grumbles too."""
    return [
        {
            "round": t.round,
            "pulse": t.round.partition("@")[0],
            "block": t.block,
            "text": t.body,
            "sentiment": t.tone,
            "themes": list(t.themes),
            # As the program read it at close, which is what figures count.
            "judged": t.sentiment,
        }
        for pulse in (*(pulse.id for pulse in tx.pulses.all()), grumbles.PULSE)
        for t in tx.releases.texts([round.round for round in tx.releases.rounds(pulse)])
    ]


def cells_wire(tx: Transaction) -> list[dict[str, Any]]:
    """Every released figure: each block, each cut shown, and the cuts that may not be."""
    rows: list[dict[str, Any]] = []
    for pulse in tx.pulses.all():
        for round in tx.releases.rounds(pulse.id):
            released = Released.figures(tx, [round])
            for question in questions_of(released):
                rows += _question_cells(released, round, question)
    return rows


def _question_cells(
    released: Released, round: ReleasedRound, question: str
) -> list[dict[str, Any]]:
    sheet = released.sheets[round.round, question]
    head = {
        "round": round.round,
        "opens_on": round.opens_on.isoformat(),
        "closes_on": round.closes_on.isoformat(),
        "pulse": round.pulse,
        "question": question,
        "kind": sheet.kind,
    }
    rows = [head | _block_cell(block) for block in sheet.blocks]
    for cell, group in sheet.groups.items():
        shown = added(sheet.blocks_of(cell), group.invited)
        rows.append(head | {"cell": cell.named(), "label": cell.label} | _counts(shown))
    for cell in sheet.refused():
        where = sheet.around(cell).label
        rows.append(head | {"cell": cell.named(), "label": cell.label, "shown_only_as": where})
    return rows


def _block_cell(block: ReleasedBlock) -> dict[str, Any]:
    """A block by itself, with every invited place in it, silent ones too."""
    named = {"cell": {"block": block.label}, "label": block.label}
    of = [list(place) for place in sorted(block.of)]
    return named | _counts(added([block], block.invited)) | {"of": of}


def _counts(shown: Shown) -> dict[str, Any]:
    counts = {
        "blocks": list(shown.blocks),
        "n": shown.n,
        "invited": shown.invited,
        "hist": dict(shown.hist),
        "shown": shown.certainty,
    }
    return counts | ({"doubtful": list(shown.doubtful)} if shown.doubtful else {})
