"""From outside, with the command line and its exports alone, nothing more is to be had."""

from __future__ import annotations

from collections import Counter
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
)
from tests.attack.reading import SCORES, hist_of, mark_of
from tests.attack.world import make_world

ROUNDS: Final = 1
WORLD: Final = make_world(SEED, "census").first(ROUNDS)
SCORED: Final = who_scored(in_time(WORLD))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return export(WORLD, tmp_path_factory.mktemp("outside"))


def test_the_command_line_takes_what_came_in_time(exported: Exported) -> None:
    late = len(WORLD.submissions) - len(in_time(WORLD))
    assert exported.replayed["accepted"] == len(in_time(WORLD))
    assert exported.replayed["refused"] == {"not_open": late}


def test_nothing_exported_gives_an_answer_away(exported: Exported) -> None:
    found = about_scores(exported.cells, SCORED)
    assert len(found.rows) > 15 * ROUNDS
    learnt = learn(found)
    assert (learnt.recovered, learnt.certainly_dissatisfied) == (0, 0)
    assert learnt.smallest_set >= K


@pytest.mark.parametrize("option", REASONS)
def test_no_reason_exported_tells_who_gave_it(exported: Exported, option: str) -> None:
    found = about_reason(exported.cells, SCORED, option)
    assert found.rows
    assert not certain(found, [0]) | certain(found, [1])


def test_a_refused_cut_says_no_more_than_where_it_is_shown(exported: Exported) -> None:
    refused = [line for line in exported.cells if "n" not in line]
    known = {"round", "opens_on", "closes_on", "pulse", "question", "kind", "cell", "label"}
    assert refused
    assert all(line.keys() == {*known, "shown_only_as"} for line in refused)


def test_an_export_of_what_was_counted_is_caught(exported: Exported) -> None:
    lines = [line for line in exported.cells if line["question"] == "overall" and "of" in line]
    leaking = [{**line, **as_counted(line)} for line in lines]
    found = about_scores(leaking, SCORED, lambda truth: (truth, mark_of(truth)))
    assert learn(found).certainly_dissatisfied >= K


def as_counted(line: Line) -> Line:
    """What a product would export that lets a whole block be known to be unhappy."""
    inside = np.flatnonzero(members(line, SCORED))
    said = Counter(str(SCORED[answer].answers["overall"]) for answer in inside)
    counts = tuple(said[score] for score in SCORES)
    return {"hist": hist_of(counts), "shown": mark_of(counts)}
