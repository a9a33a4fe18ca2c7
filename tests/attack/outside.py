"""The same attack by somebody who holds nothing but the command line and what it exports.

A company is made, asked and played by `itpulse` itself; of `export cells` only the JSON is read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.domain.people import Cell, Place
from tests.attack.evidence import Bits, Counts, Evidence, Part, Row, evidence
from tests.attack.figures import chose
from tests.attack.reading import (
    SCORES,
    Publishing,
    counts_of,
    publishes,
    reason_truths,
    score_truths,
)
from tests.attack.stage import Said
from tests.attack.world import STARTS, World, round_name

ROOT: Final = Path(__file__).parents[2]
COLUMNS: Final = ("email", "name", "unit", "division", "role", "site")

#: A line of the export.
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exported:
    """What the command line said."""

    cells: Sequence[Line]
    replayed: Line


def itpulse(folder: Path, *words: str) -> str:
    """What a command printed; raises CalledProcessError."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ITPULSE_")}
    said = subprocess.run(
        [sys.executable, "-m", "itpulse", *words, "--data", str(folder / "var")],
        check=True,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
    )
    return said.stdout.decode()


def export(world: World, folder: Path) -> Exported:
    (folder / "people.csv").write_text(people_file(world))
    (folder / "pulse.toml").write_text(world.pulse_file)
    (folder / "answers.jsonl").write_text(answers_file(world))
    itpulse(folder, "demo", "--empty", "--prepare", "--now", STARTS.isoformat())
    itpulse(folder, "people", "import", str(folder / "people.csv"))
    itpulse(folder, "pulse", "apply", str(folder / "pulse.toml"))
    until = (world.submissions[-1].at + timedelta(days=3)).isoformat()
    played = itpulse(folder, "replay", str(folder / "answers.jsonl"), "--until", until)
    cells = itpulse(folder, "export", "cells", "--format", "json")
    return Exported(json.loads(cells), json.loads(played))


def people_file(world: World) -> str:
    rows = [[str(getattr(person, column)) for column in COLUMNS] for person in world.people]
    return "".join(",".join(row) + "\n" for row in (COLUMNS, *rows))


def answers_file(world: World) -> str:
    return "".join(
        json.dumps(
            {
                "at": one.at.isoformat(),
                "person": one.person,
                "pulse": "it-weekly",
                "answers": one.answers,
            }
        )
        + "\n"
        for one in world.submissions
    )


def in_time(world: World) -> list[Said]:
    """What everybody knows to have been taken, where all are asked in every round."""
    places = {person.email: person.place for person in world.people}
    return [
        Said(one.person, places[one.person], one.round, one.answers)
        for one in world.submissions
        if not one.late
    ]


def about_scores(
    cells: Iterable[Line], said: Sequence[Said], publishing: Publishing = publishes
) -> Evidence:
    lines = [line for line in cells if line["question"] == "overall" and "n" in line]
    alone = {_name(line, line["blocks"][0]): line for line in lines if "of" in line}
    truth = [int(str(one.answers["overall"])) - 1 for one in said]
    rows = (_scores(line, alone, said, publishing) for line in lines)
    return evidence(truth, len(SCORES), rows)


def about_reason(cells: Iterable[Line], said: Sequence[Said], option: str) -> Evidence:
    """Chosen is 0, not chosen 1."""
    lines = [line for line in cells if line["question"] == "why" and "of" in line]
    truth = [int(not chose(one, option)) for one in said]
    rows = (
        Row(
            members(line, said),
            (Part(_name(line, line["blocks"][0]), reason_truths(line["hist"][option], line["n"])),),
        )
        for line in lines
    )
    return evidence(truth, 2, rows)


def _scores(
    line: Line, alone: Mapping[Any, Line], said: Sequence[Said], publishing: Publishing
) -> Row:
    inside = members(line, said)
    assert inside.sum() == line["n"], f"{line['label']} holds others than it says"
    shown = counts_of(line["hist"])
    parts = [alone[_name(line, block)] for block in line["blocks"]]
    if shown != _sum(counts_of(part["hist"]) for part in parts):
        return Row(inside, (Part((line["round"], line["label"]), (shown,)),))
    truths = [score_truths(counts_of(p["hist"]), p["shown"], publishing) for p in parts]
    names = [_name(line, block) for block in line["blocks"]]
    return Row(inside, tuple(map(Part, names, truths)))


def members(line: Line, said: Sequence[Said]) -> Bits:
    """The answers a line is about, by where their authors stand."""
    if "of" in line:
        of = {Place(*place) for place in line["of"]}
        held = [one.place in of for one in said]
    else:
        cell = Cell(**line["cell"])
        held = [cell.holds(one.place) for one in said]
    asked = [round_name(one.round) == line["round"] for one in said]
    return np.asarray(np.array(held) & np.array(asked))


def _name(line: Line, block: int) -> tuple[str, int]:
    return line["round"], block


def _sum(every: Iterable[Counts]) -> Counts:
    return tuple(int(count) for count in np.sum(list(every), axis=0))
