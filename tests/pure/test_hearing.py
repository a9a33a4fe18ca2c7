"""What a lead hears first: subjects, how long they have been heard, in whose words."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bot.domain.hearing import LONGEST, Subject, every_week, subjects
from bot.domain.people import Cell
from bot.domain.publishing import Release
from bot.domain.release import ReleasedText
from bot.domain.report import report
from tests.pure.test_topics import written
from tests.staff import EVERYBODY, published

VPN = (
    *("Vpn is slow every morning", "Vpn is slow before nine in the morning", "Vpn slow again"),
    *("Vpn slow on monday morning", "Vpn slow in Hall 3"),
)
LAPTOP = ("Laptop fine now", "Laptop fine and light", "Laptop fine, thanks")


def heard(*weeks: tuple[str, ...], cell: Cell = EVERYBODY) -> tuple[Subject, ...]:
    return listened(*(written(week, *texts) for week, texts in enumerate(weeks)), cell=cell)


def listened(*releases: Release, cell: Cell = EVERYBODY) -> tuple[Subject, ...]:
    tx = published(*releases)
    return subjects(tx, report(tx, None, cell))


def corrected(found: Release, words: str, tone: str) -> Release:
    texts = [replace(t, corrected=tone if t.body == words else "") for t in found.texts]
    return replace(found, texts=texts)


def test_a_subject_has_its_share_and_two_typical_comments_word_for_word() -> None:
    vpn, laptop = heard((*VPN, *LAPTOP))
    assert (vpn.topic.theme, vpn.topic.mentions, vpn.topic.share) == ("vpn", 5, 5 / 8)
    assert len(vpn.quotes) == 2
    assert {quote.body for quote in vpn.quotes} <= set(VPN)
    assert {quote.body for quote in laptop.quotes} <= set(LAPTOP)


def test_what_fewer_than_three_wrote_about_is_no_subject() -> None:
    assert heard((*VPN[:2], *LAPTOP[:2])) == ()


def test_at_most_three_subjects_are_told() -> None:
    many = tuple(f"{word} slow number {n}" for word in ("a", "b", "c", "d") for n in range(3))
    assert [subject.topic.theme for subject in heard(many)] == ["a", "b", "c"]


def test_it_is_said_for_how_many_rounds_in_a_row_a_subject_is_heard() -> None:
    (vpn,) = heard(LAPTOP, VPN, VPN, VPN)
    assert len(vpn.rounds) == 3
    assert every_week(vpn.rounds)
    (again,) = heard(VPN, VPN[:2], VPN)
    assert len(again.rounds) == 1


def test_a_row_that_may_be_longer_than_was_looked_at_says_so() -> None:
    (vpn,) = heard(*[VPN] * (LONGEST + 2))
    assert (len(vpn.rounds), vpn.at_least) == (LONGEST, True)
    (first,) = heard(VPN)
    assert not first.at_least


def test_rounds_that_are_no_week_apart_are_not_called_weeks() -> None:
    (vpn,) = listened(written(0, *VPN), written(2, *VPN))
    assert len(vpn.rounds) == 2
    assert not every_week(vpn.rounds)


def test_a_direction_is_told_only_where_the_numbers_allow_it() -> None:
    quiet = tuple(f"Fine words {n}" for n in range(17))
    up, _ = heard((*quiet, *VPN[:3]), (*VPN * 3, *quiet[:5]))
    assert up.topic.change == "up"
    (little,) = heard((*VPN[:3], "Fine"), VPN[:4])
    assert little.topic.change == "can't tell yet"


def test_a_unit_hears_its_own_comments_and_nobody_elses() -> None:
    (vpn,) = heard(VPN, VPN, cell=Cell(unit="Finance"))
    assert len(vpn.rounds) == 2
    assert heard(VPN, VPN, cell=Cell(unit="Sales")) == ()


def test_no_comment_is_quoted_twice_and_their_order_makes_no_difference() -> None:
    found = written(0, *VPN, "Vpn drops calls with customers", "Vpn asks for codes all day")
    texts = [replace(t, themes=("laptop", "vpn")) for t in found.texts]
    themes = [replace(found.themes[0], theme=theme) for theme in ("laptop", "vpn")]
    told = listened(replace(found, texts=texts, themes=themes))
    quoted = [quote.id for subject in told for quote in subject.quotes]
    assert len(set(quoted)) == len(quoted) > 2
    shuffled = Random(3).sample(texts, len(texts))
    assert listened(replace(found, texts=shuffled, themes=themes)) == told


def test_comments_whose_words_are_gone_leave_the_subject_without_quotes() -> None:
    (vpn,) = listened(replace(written(0, *VPN), texts=[]))
    assert (vpn.topic.mentions, vpn.quotes) == (5, ())


def test_a_correction_decides_about_quotes_and_never_about_figures() -> None:
    found = written(0, *VPN[:3])
    one, *_ = (text.body for text in found.texts)
    (before,), (after,) = listened(found), listened(corrected(found, one, "positive"))
    assert after.topic == before.topic
    assert one not in [quote.body for quote in after.quotes]


def test_a_comment_is_shown_in_the_tone_a_lead_gave_it() -> None:
    text = ReleasedText("a", "r", "words", "Everybody", "Vpn", (), "negative")
    assert (text.tone, replace(text, corrected="neutral").tone) == ("negative", "neutral")
