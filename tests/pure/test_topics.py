"""What people wrote about, and which of their words are quoted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.cards import Quote
from bot.commands.about import quotes
from bot.domain.people import Cell
from bot.domain.publishing import Release
from bot.domain.release import ReleasedText
from bot.domain.report import report
from bot.domain.topics import Topic, Topics, topics
from bot.domain.typical import typical
from tests.staff import DAY, EVERYBODY, FINANCE, SALES, Said, Staff, published, released, round_of


def written(weeks: int, *comments: str) -> Release:
    """A round in which everybody answered, the first so many with these words."""
    count = {FINANCE: 20, SALES: 20}
    round = round_of(Staff(count, count), day=DAY + timedelta(weeks=weeks))
    said: Said = [(FINANCE, {"overall": 4, "words": text}) for text in comments]
    said += [(FINANCE, {"overall": 4})] * (20 - len(comments))
    return released(round, said + [(SALES, {"overall": 4})] * 20)


def found(*weeks: tuple[str, ...], cell: Cell = EVERYBODY) -> Topics:
    tx = published(*(written(week, *texts) for week, texts in enumerate(weeks)))
    return topics(tx, report(tx, None, cell))


def test_a_theme_is_named_from_three_comments_on() -> None:
    known = found(("Vpn slow",) * 3 + ("Laptop fine",) * 2)
    assert [topic.theme for topic in known.now] == ["vpn"]
    (vpn,) = known.now
    assert vpn == Topic("vpn", 3, 3, 3 / 5)


def test_more_of_a_theme_than_before_is_said_only_where_it_can_be_told() -> None:
    quiet = ("Fine words",) * 17
    up = found((*quiet, *("Vpn slow",) * 3), ("Vpn slow",) * 15 + ("Fine words",) * 5)
    assert {t.theme: t.change for t in up.now} == {"vpn": "up", "fine": "down"}
    same = found(("Vpn slow",) * 3, ("Vpn slow",) * 3)
    assert same.now[0].change in ("no change", "can't tell yet")
    first = found(("Vpn slow",) * 3)
    assert first.now[0].change is None


def test_a_theme_that_had_no_name_before_may_have_had_two_comments() -> None:
    many = found(("Fine words",) * 18, ("Vpn slow",) * 18)
    assert many.now[0].change == "up"
    assert not many.now[0].named_before
    assert [gone.theme for gone in many.gone] == ["fine"]
    few = found(("Fine words",) * 4, ("Vpn slow",) * 3)
    assert few.now[0].change == "can't tell yet"


def test_themes_of_a_unit_are_those_of_its_published_words() -> None:
    known = found(("Vpn slow",) * 4, cell=Cell(unit="Finance"))
    assert [(t.theme, t.mentions) for t in known.now] == [("vpn", 4)]
    assert found(("Vpn slow",) * 4, cell=Cell(unit="Sales")).now == ()


def text(number: int, body: str, sentiment: str = "negative", *themes: str) -> ReleasedText:
    return ReleasedText(f"{number:032x}", "r", "words", "Everybody", body, themes, sentiment)


VPN = [text(n, f"The VPN drops every morning in room {n}", "negative", "vpn") for n in range(3)]
ODD = text(9, "My chair squeaks whenever somebody laughs loudly", "negative")
KIND = text(10, "Thank you for the laptop", "positive")


def test_the_quote_is_what_most_others_say_too() -> None:
    (chosen,) = typical([ODD, *VPN], 1)
    assert chosen in VPN


def test_the_quote_does_not_depend_on_the_order() -> None:
    every = [ODD, *VPN]
    orders = [Random(seed).sample(every, len(every)) for seed in range(5)]
    assert len({typical(order, 2) for order in orders}) == 1


def test_a_long_comment_is_quoted_only_where_there_is_no_other() -> None:
    long = text(11, "The VPN drops every morning " * 20, "negative", "vpn")
    assert typical([long, *VPN], 1)[0] in VPN
    assert typical([long], 1) == (long,)


def test_one_critical_and_one_kind_comment_are_quoted_or_two_of_a_kind() -> None:
    both = quotes([ODD, *VPN, KIND])
    assert [quote.about for quote in both if isinstance(quote, Quote)] == [
        *("A critical voice", "A kind voice")
    ]
    assert len(quotes(VPN)) == 2
    assert quotes([replace(KIND, sentiment="junk")]) == []
