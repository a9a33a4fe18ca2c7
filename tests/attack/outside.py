"""The same attack by somebody who holds nothing but the command line and what it exports.

A company is made, asked and played by `itpulse` itself; of what it says only the JSON is read:
`export cells`, and `summary` of every unit over every number of rounds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from typer.testing import CliRunner, Result

import itpulse as roof
from adapters.terminal.house import Roof, Upkeep
from adapters.terminal.words import application
from bot.domain.people import Cell, Place
from bot.domain.slices import slots
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

COLUMNS: Final = ("email", "name", "unit", "division", "role", "site")

#: A line of the export.
Line = Mapping[str, Any]


class Summary(NamedTuple):
    """The newest rounds of a cut added up, and what was asked in them."""

    cell: Cell
    rounds: int
    questions: Sequence[Line]

    @property
    def score(self) -> Line | None:
        """None where it is shown only as part of another."""
        return next((line for line in self.questions if line["id"] == "overall"), None)


@dataclass(frozen=True, slots=True)
class Exported:
    """What the command line said."""

    cells: Sequence[Line]
    summaries: Sequence[Summary]
    replayed: Line


def itpulse(folder: Path, *words: str) -> Result:
    """What a command did: all of the program, from its words on, in this very interpreter."""
    bare = CliRunner(env={k: None for k in os.environ if k.startswith("ITPULSE_")})
    doors = roof.examine, roof.back_up, roof.restore, roof.adopt

    upkeep = Upkeep(*doors, lambda _: {}, lambda: b"", lambda: None)
    clock = roof.SystemClock().now
    opened = Roof(roof.open_house, roof.make_demo, roof.serve, roof.migrate_schema, clock, upkeep)
    return bare.invoke(application(), (*words, "--data", str(folder / "var")), obj=opened)


def told(folder: Path, *words: str) -> str:
    done = itpulse(folder, *words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def export(world: World, folder: Path) -> Exported:
    (folder / "people.csv").write_text(people_file(world))
    (folder / "pulse.toml").write_text(world.pulse_file)
    (folder / "answers.jsonl").write_text(answers_file(world))
    told(folder, "demo", "--empty", "--prepare", "--now", STARTS.isoformat())
    told(folder, "people", "import", str(folder / "people.csv"))
    told(folder, "pulse", "apply", str(folder / "pulse.toml"))
    until = (world.submissions[-1].at + timedelta(days=3)).isoformat()
    played = told(folder, "replay", str(folder / "answers.jsonl"), "--until", until)
    cells = told(folder, "export", "cells", "--format", "json")
    return Exported(json.loads(cells), list(summaries(world, folder)), json.loads(played))


def summaries(world: World, folder: Path) -> Iterator[Summary]:
    """Of everybody and of each unit, over two rounds and more; one round is in the cells."""
    for unit in ("", *sorted({person.unit for person in world.people})):
        of = ("--unit", unit) if unit else ()
        for rounds in range(2, world.rounds + 1):
            asked = ("summary", "--format", "json", "--rounds", str(rounds), *of)
            if (done := itpulse(folder, *asked)).exit_code == 0:
                yield Summary(Cell(unit=unit), rounds, json.loads(done.stdout)["questions"])


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
    """What everybody knows to have been taken: who is asked when is in the program."""
    places = {person.email: person.place for person in world.people}
    turns = turns_of(world)
    return [
        Said(one.person, places[one.person], one.round, one.answers)
        for one in world.submissions
        if not one.late and turns.get(one.person, one.round) == one.round
    ]


def turns_of(world: World) -> dict[str, int]:
    """Person -> the one round of four that asks them; nobody where all are asked in each."""
    if world.scheme == "census":
        return {}
    imported = [replace(person, id=nth) for nth, person in enumerate(world.people, start=1)]
    given = slots(imported, {})
    return {person.email: given[person.id] for person in imported}


def about_scores(
    cells: Iterable[Line],
    said: Sequence[Said],
    publishing: Publishing = publishes,
    summaries: Iterable[Summary] = (),
) -> Evidence:
    lines = [line for line in cells if line["question"] == "overall" and "n" in line]
    alone = {_name(line, line["blocks"][0]): line for line in lines if "of" in line}
    truth = [int(str(one.answers["overall"])) - 1 for one in said]
    rows = [_scores(line, alone, said, publishing) for line in lines]
    rows += [_added_up(each, each.score, alone, said) for each in summaries if each.score]
    return evidence(truth, len(SCORES), rows)


def _added_up(
    asked: Summary, score: Line, alone: Mapping[tuple[str, int], Line], said: Sequence[Said]
) -> Row:
    """A summary is made of the blocks of its rounds in which any of its people answered."""
    newest = sorted({round for round, _ in alone})[-asked.rounds :]
    inside = np.array([asked.cell.holds(s.place) and round_name(s.round) in newest for s in said])
    assert inside.sum() == score["n"], f"{asked.cell.label} is added up from others than it says"
    parts = [line for line in alone.values() if (members(line, said) & inside).any()]
    shown = counts_of(score["hist"])
    if shown != _sum(counts_of(part["hist"]) for part in parts):
        return Row(inside, (Part((asked.rounds, asked.cell), (shown,)),))
    truths = [score_truths(counts_of(part["hist"]), part["shown"]) for part in parts]
    names = [_name(part, part["blocks"][0]) for part in parts]
    return Row(inside, tuple(map(Part, names, truths)))


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
