"""Whoever knows everybody and asks all that may be asked learns nothing about anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from tests.attack.attack import K, attack
from tests.attack.controls import sound
from tests.attack.permuting import changed_outputs, same_outputs, with_whole_ballots_dealt
from tests.attack.stage import Played, read
from tests.attack.world import LONELY_UNIT, UNHAPPY_UNIT, Scheme


def test_no_combination_of_figures_gives_an_answer_away(played: Played) -> None:
    found = attack(sound(played), played.said)
    assert found.answers > 100
    assert found.queries > 25_000
    assert (found.recovered, found.certainly_dissatisfied, found.reasons_recovered) == (0, 0, 0)
    assert found.smallest_set >= K
    assert found.smallest_text_set >= 10
    assert found.fewest_comments >= 3
    assert not found.bad
    assert json.dumps(found.wire())


def test_nothing_changes_when_answers_change_hands_within_their_blocks(played: Played) -> None:
    assert changed_outputs(played, 3, Random(played.world.seed)) == 0


def test_nothing_at_all_changes_when_whole_ballots_change_hands_within_all_blocks(
    played: Played,
) -> None:
    for number, released in enumerate(played.released):
        dealt = with_whole_ballots_dealt(played, number, Random(played.world.seed))
        found = played.release(number, dealt)
        assert same_outputs(released, read(found))
        assert found.connections == played.connections[number]


def test_what_goes_together_is_told_where_enough_answered_everything(
    company: Callable[[Scheme], Played],
) -> None:
    assert all(company("census").connections)
    assert not any(company("slices").connections)


def test_what_was_stored_is_what_the_accepted_answers_come_to(played: Played) -> None:
    for number, released in enumerate(played.released):
        assert same_outputs(released, played.publish(number, played.of_round(number)))


def test_late_answers_are_refused(played: Played) -> None:
    late = [one for one in played.world.submissions if one.late]
    refused = [(one, why) for one, why in played.refused if one.late]
    assert len(late) == len(refused) > 5
    assert {why for _, why in refused} == {"not_open"}


def test_somebody_alone_and_somebody_all_unhappy_are_there_to_be_found(played: Played) -> None:
    unhappy = [one for one in played.said if one.place.unit == f"Unit {UNHAPPY_UNIT:02}"]
    alone = [one for one in played.said if one.place.unit == f"Unit {LONELY_UNIT:02}"]
    alone = [one for one in alone if one.place.role == "Executive"]
    assert len(unhappy) >= K
    assert len({one.person for one in alone}) == 1
    assert {one.answers["overall"] for one in (*unhappy, *alone)} <= {1, None}
