"""Which phrases rise and which comments are typical: the same comments always give the same."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.voice import rising, typical

VPN = [
    "VPN at 9 am is hopeless",
    "The VPN at 9 am drops twice a day",
    "Forget VPN at 9 am",
    "Every Monday the VPN at 9 am is gone",
]
QUIET = ["The canteen screen is new", "Printer moved", "Nice keyboard", "Calendar is fine"]


def test_a_phrase_that_many_write_now_and_few_before_is_named_with_both_counts() -> None:
    (rise,) = rising(VPN * 2 + QUIET, [[*QUIET * 3, VPN[0]]])
    assert (rise.phrase, rise.mentions, rise.before) == ("VPN at 9 am", 8, 1)


def test_a_phrase_of_fewer_than_three_comments_is_not_named() -> None:
    assert rising(VPN[:2], [QUIET * 3]) == []


def test_what_is_written_as_often_as_before_has_not_risen() -> None:
    assert rising(VPN, [VPN, VPN]) == []


def test_without_a_round_before_nothing_rises() -> None:
    assert rising(VPN, []) == []
    assert rising([], [VPN]) == []


def test_a_placeholder_is_no_phrase() -> None:
    assert rising(["thanks [name]", "ask [name]", "so says [name]"], [QUIET]) == []


def test_quotes_are_typical_not_extreme_and_not_twice_the_same() -> None:
    texts = ["The printer jams daily on floor two", "The printer jams daily on floor three"]
    texts += ["The printer jams with labels", "WORST THING EVER, burn it!!!", "Jams, as always"]
    quotes = typical(texts, 2)
    assert all("printer" in quote for quote in quotes)
    assert len({quote[:29] for quote in quotes}) == 2


@settings(deadline=None)
@given(st.lists(st.sampled_from(VPN + QUIET), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_comments_makes_no_difference(texts: list[str], chance: Random) -> None:
    shuffled = list(texts)
    chance.shuffle(shuffled)
    assert typical(texts, 2) == typical(shuffled, 2)
    assert rising(texts, [QUIET]) == rising(shuffled, [QUIET])
