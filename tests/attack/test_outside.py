"""From outside, with the command line and its exports alone, nothing more is to be had.

Over several rounds in which all are asked, and over a cycle in which each is asked once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pytest

from tests.attack.attack import REASONS, K, learn, who_scored
from tests.attack.bounds import certain
from tests.attack.conftest import SEED
from tests.attack.outside import (
    Exported,
    Line,
    about_reason,
    about_scores,
    export,
    in_time,
    members,
    turns_of,
)
from tests.attack.reading import SCORES, hist_of, mark_of
from tests.attack.stage import Said
from tests.attack.world import ROUNDS, World, make_world

WORLDS: Final = (make_world(SEED, "census").first(2), make_world(SEED, "slices").first(ROUNDS))


@dataclass(frozen=True)
class Outside:
    """What the command line said of a world, and what everybody knows of who answered."""

    world: World
    exported: Exported
    scored: list[Said]

    @property
    def cells(self) -> Sequence[Line]:
        return self.exported.cells


@pytest.fixture(scope="module", params=WORLDS, ids=lambda world: str(world.scheme))
def outside(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outside:
    world: World = request.param
    exported = export(world, tmp_path_factory.mktemp("outside"))
    return Outside(world, exported, who_scored(in_time(world)))


def test_the_command_line_takes_what_came_in_time_from_those_who_were_asked(
    outside: Outside,
) -> None:
    sent, turns = outside.world.submissions, turns_of(outside.world)
    late = sum(one.late for one in sent)
    others = sum(not one.late and turns.get(one.person, one.round) != one.round for one in sent)
    refused = {"not_invited": others, "not_open": late}
    assert outside.exported.replayed["accepted"] == len(sent) - late - others
    assert outside.exported.replayed["refused"] == {why: n for why, n in refused.items() if n}


def test_nothing_exported_gives_an_answer_away(outside: Outside) -> None:
    summaries = outside.exported.summaries
    found = about_scores(outside.cells, outside.scored, summaries=summaries)
    assert {line["round"] for line in outside.cells} == outside.world.round_names
    assert len(found.rows) > len(outside.world.round_names) * 5
    learnt = learn(found)
    assert (learnt.recovered, learnt.certainly_dissatisfied) == (0, 0)
    assert learnt.smallest_set >= K


def test_rounds_added_up_say_no_more_than_each(outside: Outside) -> None:
    shown = [told for told in outside.exported.summaries if told.score]
    assert len(shown) > 10
    alone = about_scores(outside.cells, outside.scored)
    both = about_scores(outside.cells, outside.scored, summaries=shown)
    assert len(both.rows) > len(alone.rows)
    assert both.smallest_set == alone.smallest_set
    assert len(both.sets) == len(alone.sets)


@pytest.mark.parametrize("option", REASONS)
def test_no_reason_exported_tells_who_gave_it(outside: Outside, option: str) -> None:
    found = about_reason(outside.cells, outside.scored, option)
    assert found.rows
    assert not certain(found, [0]) | certain(found, [1])


def test_a_refused_cut_says_no_more_than_where_it_is_shown(outside: Outside) -> None:
    refused = [line for line in outside.cells if "n" not in line]
    known = {"round", "opens_on", "closes_on", "pulse", "question", "kind", "cell", "label"}
    assert refused
    assert all(line.keys() == {*known, "shown_only_as"} for line in refused)


def test_an_export_of_what_was_counted_is_caught(outside: Outside) -> None:
    lines = [line for line in outside.cells if line["question"] == "overall" and "of" in line]
    leaking = [{**line, **as_counted(line, outside.scored)} for line in lines]
    found = about_scores(leaking, outside.scored, lambda truth: (truth, mark_of(truth)))
    assert learn(found).certainly_dissatisfied >= K


def as_counted(line: Line, scored: list[Said]) -> Line:
    """What a product would export that lets a whole block be known to be unhappy."""
    inside = np.flatnonzero(members(line, scored))
    said = Counter(str(scored[answer].answers["overall"]) for answer in inside)
    counts = tuple(said[score] for score in SCORES)
    return {"hist": hist_of(counts), "shown": mark_of(counts)}
