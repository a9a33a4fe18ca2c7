"""Comments are published by blocks of their own, in an order of their own, by nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import assume, given

from bot.domain.ballot import Ballot
from bot.domain.counting import Count
from bot.domain.grumbles import SLOTS, box
from bot.domain.people import Cell, Person, Place
from bot.domain.publishing import Release, release
from bot.domain.pulse import K
from bot.domain.release import ReleasedText
from schedules.close_rounds import listener
from tests.staff import (
    FINANCE,
    PULSE,
    SALES,
    Said,
    Staff,
    blocks_of,
    counted,
    heard,
    released,
    round_of,
    seeds,
    some_answers,
    staffs,
    weekly,
)


def written(place: Place, words: list[str]) -> Said:
    return [(place, {"words": text}) for text in words]


def test_comments_are_shown_from_ten_respondents_and_three_comments_on() -> None:
    words = ["VPN is slow", "VPN is fine", "VPN again"]
    others: Said = [(FINANCE, {"overall": 3})] * 7
    for said, expected in (
        (written(FINANCE, words) + others, 3),
        (written(FINANCE, words) + others[:6], 0),
        ([*written(FINANCE, words[:2]), *others, (FINANCE, {"overall": 4})], 0),
    ):
        found = weekly(said)
        assert found
        assert len(found.texts) == expected
        assert len(blocks_of(found, "words")) == bool(expected)


def test_a_pulse_that_asks_for_larger_groups_gets_them_for_comments_too() -> None:
    said: Said = [(place, {"words": "VPN is slow"}) for place in (FINANCE, SALES) * 12]
    staff = Staff({FINANCE: 12, SALES: 12}, {FINANCE: 12, SALES: 12})
    for smallest, blocks in ((5, [12, 12]), (13, [24])):
        found = released(round_of(staff, replace(PULSE, smallest_group=smallest)), said)
        assert [block.n for block in blocks_of(found, "words")] == blocks


@pytest.mark.parametrize(("respondents", "published"), [(12, True), (9, False)])
def test_only_a_published_comment_can_be_answered_and_by_its_token_alone(
    respondents: int, published: bool
) -> None:
    round = round_of(Staff({FINANCE: 12}, {FINANCE: respondents}))
    count = Count()
    for number in range(respondents):
        threads = {"words": f"{number:064x}"} if number < 4 else {}
        ballot = Ballot(FINANCE, {"words": f"VPN {number}"}, threads=threads)
        count.add(round.plan, ballot)
    found = release(round, count, heard)
    assert found
    bodies = {text.id: text.body for text in found.texts}
    told = {token: bodies[text] for token, text in found.threads}
    assert told == ({f"{n:064x}": f"VPN {n}" for n in range(4)} if published else {})


def box_of(*written: Sequence[str]) -> Release | None:
    """What comes out of the box into which so many people have written."""
    people = [Person(f"{n}@example.com", "P", "Finance", id=n) for n in range(40)]
    round = box(people, datetime(2026, 11, 23, tzinfo=UTC))
    place = people[0].place
    said = [(place, dict(zip(SLOTS, words, strict=False))) for words in written]
    return release(round, counted(round, said), heard)


def test_a_box_with_five_writers_is_opened_for_everybody_together() -> None:
    found = box_of(["VPN", "Mail"], ["VPN"], ["VPN"], ["Printer"], ["Thanks", "Bye", "Again"])
    assert found
    assert len(found.texts) == 8
    assert {text.block for text in found.texts} == {"Everybody"}
    assert [(block.n, block.invited) for block in found.blocks] == [(5, 40)]
    assert [group.cell for group in found.groups] == [Cell()]


def test_a_box_with_fewer_writers_tells_its_themes_and_not_how_many_wrote() -> None:
    found = box_of(["VPN", "Mail"], ["VPN"], ["VPN"], ["Mail"])
    assert found
    assert [theme.theme for theme in found.themes] == ["vpn"]
    assert found.round.answered == 0
    assert not any((found.texts, found.blocks, found.groups))


def test_a_box_with_nothing_to_tell_stays_shut() -> None:
    assert box_of() is None
    assert box_of(["VPN"], ["Mail"]) is None


def test_where_comments_may_not_be_shown_their_themes_still_are() -> None:
    found = weekly(written(FINANCE, ["VPN is slow", "VPN", "vpn again", "Mail", "Mail"]))
    assert found
    assert not found.texts
    assert [(t.theme, t.mentions, t.negative) for t in found.themes] == [("vpn", 3, 1)]


@given(staffs(), seeds)
def test_a_comment_is_shown_among_ten_respondents_and_three_comments(
    staff: Staff, random: Random
) -> None:
    said: Said = [
        (place, {**answers, "words": f"{'/'.join(place)}#{number}" if answers["words"] else None})
        for number, (place, answers) in enumerate(some_answers(staff, random))
        if answers["words"] or answers["overall"]
    ]
    assume(len(said) >= K)
    found = released(round_of(staff), said)
    blocks = {block.label: block for block in blocks_of(found, "words")}
    comments = Counter(text.block for text in found.texts)
    assert set(comments) <= set(blocks)
    for block in blocks.values():
        assert block.n >= 10
        assert comments[block.label] == 0 or comments[block.label] >= 3
    for text in found.texts:
        assert Place(*text.body.partition("#")[0].split("/")) in blocks[text.block].of
    assert len({text.body for text in found.texts}) == len(found.texts)


def test_a_comment_carries_its_block_and_nothing_of_who_wrote_it() -> None:
    carried = {field.name for field in fields(ReleasedText)}
    told = {"id", "round", "question", "block", "body", "themes", "sentiment", "because"}
    assert carried == told | {"corrected"}


def test_words_that_are_taken_out_are_not_kept_as_those_that_decided() -> None:
    listen = listener({"Anna Broken"})
    heard = listen("Anna Broken has a broken dock, it isn't fast")
    assert heard.body == "[name] has a [name] dock, it isn't fast"
    assert heard.because == ("not fast",)
    assert listener(set())("The dock is broken").because == ("broken",)


def test_comments_are_drawn_into_an_order_of_their_own() -> None:
    words = [f"{number:02} works" for number in range(60)]
    orders = []
    for _ in range(2):
        found = weekly(written(FINANCE, words))
        assert found
        orders.append([text.body for text in found.texts])
    assert sorted(orders[0]) == sorted(orders[1]) == words
    assert len({tuple(order) for order in [words, *orders]}) == 3


def test_ids_of_comments_are_drawn_at_random_each_time() -> None:
    ids = []
    for _ in range(2):
        found = weekly(written(FINANCE, ["The same"] * 30))
        assert found
        ids += [text.id for text in found.texts]
    assert len(set(ids)) == 60
    assert all(re.fullmatch("[0-9a-f]{32}", id) for id in ids)
