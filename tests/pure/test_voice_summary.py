"""What a round's comments say, summed up: the same comments always give the same summary."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.voice import Voice, rising, summary
from bot.voice.summary import ordinal
from bot.voice.typical import typical

VPN = [
    "VPN at 9 am is hopeless",
    "The VPN at 9 am drops twice a day",
    "Forget VPN at 9 am",
    "Every Monday the VPN at 9 am is gone",
]
QUIET = ["The canteen screen is new", "Printer moved", "Nice keyboard", "Calendar is fine"]


def voices(texts: list[str], theme: str = "network", sentiment: str = "negative") -> list[Voice]:
    return [Voice(text, sentiment, (theme,)) for text in texts]


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


def test_a_summary_names_themes_with_share_quotes_and_how_long_they_are_heard() -> None:
    told = summary(
        voices(VPN) + voices(QUIET[:1], "hardware", "neutral"),
        [voices(VPN), voices(VPN), voices(QUIET, "hardware")],
        every="week",
    )
    (topic,) = told.topics
    assert told.headline == "5 comments, mostly negative (4); most are about connections."
    assert (topic.theme, topic.mentions, topic.negative, topic.share) == ("network", 4, 4, 0.8)
    assert topic.heard == "You are hearing this for the 3rd week."
    assert len(topic.quotes) == 2
    assert set(topic.quotes) <= set(VPN)


def test_a_theme_of_fewer_than_three_comments_is_not_named() -> None:
    assert summary(voices(VPN[:2])).topics == ()


def test_a_theme_that_has_grown_is_new_or_up_and_one_that_shrank_is_down() -> None:
    much, little = voices(VPN * 10), voices(QUIET * 10, "hardware")
    assert summary(much, [little]).topics[0].direction == "new"
    assert summary(much + little, [little + voices(VPN)]).topics[1].direction == "up"
    assert summary(little * 3 + voices(VPN), [much]).topics[1].direction == "down"


def test_with_few_comments_a_direction_cannot_be_told() -> None:
    others = voices(QUIET, "hardware")
    found = summary(voices(VPN) + others[:3], [voices(VPN[:2]) + others[:3]])
    assert found.topics[0].direction == "can't tell"
    assert summary(voices(VPN), []).topics[0].direction == "can't tell"


def test_junk_and_unread_languages_are_counted_apart_and_themeless_as_other() -> None:
    told = summary(
        [Voice("asdf", "junk"), Voice("спасибо", "unknown"), Voice("All calm", "neutral")]
    )
    assert (told.aside, told.other, told.headline) == (2, 1, "1 comment, neutral.")
    assert summary([]).headline == "No comments."


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
    before = [voices(QUIET)]
    assert summary(voices(texts), before) == summary(voices(shuffled), before)


def test_rounds_are_counted_in_words_as_people_say_them() -> None:
    assert [ordinal(n) for n in (2, 3, 4, 11, 21, 112)] == [
        *("2nd", "3rd", "4th", "11th", "21st", "112th")
    ]
