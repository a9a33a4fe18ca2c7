"""The attack has teeth: it gets into each of five products that are broken in one place."""

from __future__ import annotations

from tests.attack import controls
from tests.attack.attack import K, Learnt, attack_scores
from tests.attack.siege import Office
from tests.attack.stage import Played


def learnt(office: Office) -> Learnt:
    return attack_scores(office, office.editions[-1].said)


def test_the_sound_product_holds(rotated: Played) -> None:
    told = learnt(controls.sound(rotated))
    assert (told.recovered, told.certainly_dissatisfied) == (0, 0)
    assert told.smallest_set >= K


def test_without_the_remainder_check_somebody_stands_alone(rotated: Played) -> None:
    told = learnt(controls.without_remainder_check(rotated))
    assert told.smallest_set < K
    assert told.recovered


def test_without_deniability_the_unhappy_are_known_to_be_unhappy(rotated: Played) -> None:
    assert learnt(controls.without_deniability(rotated)).certainly_dissatisfied >= K


def test_a_flag_on_moved_answers_undoes_the_move(rotated: Played) -> None:
    assert learnt(controls.with_flagged_deniability(rotated)).certainly_dissatisfied >= K


def test_parents_counted_anew_undo_the_move(rotated: Played) -> None:
    assert learnt(controls.with_parents_counted_anew(rotated)).certainly_dissatisfied >= K


def test_a_late_answer_is_the_difference_of_two_editions(rotated: Played) -> None:
    told = learnt(controls.with_a_late_answer_republished(rotated))
    assert (told.recovered, told.smallest_set) == (1, 1)
