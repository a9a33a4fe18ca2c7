"""Whatever comes in: it is taken as it was meant, or refused in words, and never half of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any, Final

import pytest

from bot.domain.pulse import Audience
from bot.errors import NotInvited, NotOpen, TooLong, UnknownPerson
from bot.events import Address, Arrived, Commanded, Wrote
from bot.questions import KINDS
from bot.questions.comment import clean
from bot.refs import VERBS, Ref
from tests.faults.crashes import CLOSES, OPENS
from tests.faults.events import EVERYTHING, answer, ballot, press, refused, submit
from tests.faults.saying import ROUND
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

OPTIONS: Final = ("speed", "help", "other")
SPANS: Final = ("0", "1-15", "16-30", "31-60", "61-120", "121-240", "240+")


def whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and low <= value <= high


#: Kind -> whether a value is one of its answers.
MEANT: Final[dict[str, Callable[[Any], bool]]] = {
    "satisfaction": whole(1, 5),
    "agree": whole(1, 5),
    "recommend": whole(0, 10),
    "effort": whole(1, 7),
    "yes_no": lambda value: isinstance(value, bool),
    "choice": lambda value: isinstance(value, str) and value in OPTIONS,
    "several": lambda value: isinstance(value, list) and all(v in OPTIONS for v in value),
    "lost_time": lambda value: isinstance(value, str) and value in SPANS,
    "comment": lambda value: isinstance(value, str) and len(value) <= 1_000 and value != "😀" * 999,
}
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, -1, 0, 1, 3, 5, 6, 7, 8, 10, 11, 2**31, 2**63, 10**40),
    *(0.0, 1.0, 4.5, -0.0, float("inf"), float("nan")),
    *("", " ", "0", "1", "4", "true", "speed", "Speed", "speed ", "other", "1-15", "240+", "null"),
    *("\0", "\ud800", "😀", "😀" * 999, "x" * 1_001, "x" * 10_000),
    *([], ["speed"], ["speed", "speed", "other"], ["nothing"], [["speed"]], [1], [None], [True]),
    *({}, {"value": 4}, {"speed": True}, [{}], ["speed", {}], {"": {"": []}}),
)


async def test_a_foreign_value_is_refused_and_changes_nothing(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(EVERYTHING)
    await company.at(OPENS)
    assert set(MEANT) == set(KINDS)
    for kind, value in product(sorted(KINDS), VALUES):
        before = await ballot(company, 1)
        reply = await press(company, 1, answer(kind), value)
        assert refused(reply) != MEANT[kind](value), (kind, value)
        if refused(reply):
            assert await ballot(company, 1) == before, (kind, value)


async def test_a_submission_with_one_foreign_value_is_refused_as_a_whole(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(EVERYTHING)
    await company.at(OPENS)
    good = {"satisfaction": 4, "recommend": 9, "comment": "Fine."}
    for kind, value in product(sorted(KINDS), VALUES):
        if value is None or MEANT[kind](value):
            continue
        reply = await submit(company, 1, Ref("answers", ROUND), {**good, kind: value})
        assert list(reply.errors) == [kind], (kind, value)
        assert refused(reply), (kind, value)
    reply = await submit(company, 1, Ref("answers", ROUND), {**good, "nothing": 1, "\ud800": 1})
    assert set(reply.errors) == {"nothing", "\ud800"}
    assert not (await ballot(company, 1)).begun


async def test_too_long_a_comment_is_refused_at_its_field_with_the_count(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    reply = await submit(company, 1, answer("words"), {"text": "é" * 10_000})
    assert list(reply.errors) == ["text"]
    assert isinstance(reply.errors["text"], TooLong)
    assert "10,000 characters" in str(reply.errors["text"])
    reply = await submit(company, 1, Ref("answers", ROUND), {"words": "字" * 999, "overall": 2})
    assert list(reply.errors) == ["words"]
    assert "2,997 bytes" in str(reply.errors["words"])
    assert not (await ballot(company, 1)).begun


WORDS: Final = (
    "Thanks 👩‍👩‍👧‍👦 and 🇩🇪 and 👍🏽!",
    "شبكة المكتب بطيئة جدا اليوم",
    "The \u202eesrever\u202c of it",
    "A nul\0 in the middle",
    "Half \ud83d of a pair, and \udc4d the other",
    "Two lines\r\nand a\ttab",
    "é is not e\u0301, ﬁ is not fi",
    "A line\u2028separator and a \x85 next line",
    "\x1b[31mred\x1b[0m \x07bell",
    "<script>alert(1)</script> & “quotes” \"'`",
    "'; DROP TABLE ballot; --",
    "{{7*7}} ${7*7} %s %(x)s \\u0041 \\",
    "日本語のコメントです。",
    "\ufeffA mark of byte order",
    "z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍a̴̵̜̰͔ͫ͗͢l̠ͨͧͩ͘g̴͔̲̥ͨo",
)


async def test_words_of_every_script_are_published_as_they_were_meant(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    for number, text in enumerate(WORDS, start=1):
        values = {"overall": number % 5 + 1, "words": text}
        reply = await submit(company, number, Ref("answers", ROUND), values)
        assert not refused(reply), text
    await company.at(CLOSES)
    found = await company.house.store.read(lambda tx: tx.releases.texts([ROUND]))
    assert Counter(text.body for text in found) == Counter(map(clean, WORDS))


async def test_words_of_nothing_leave_the_question_out(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    for text in ("", "  \n ", "\0\0", "\ud800", "\x7f\x01"):
        assert not refused(await submit(company, 1, answer("words"), {"text": text}))
        assert (await ballot(company, 1)).answers == {"words": None}


ROUNDS: Final = (
    *("", "it-weekly", "it-weekly@", "it-weekly@2026-11-25", "it-weekly@2026-12-01", "IT-WEEKLY"),
    *("other@2026-11-24", "grumbles@2026-11-25", "../../keys", "x" * 200, "é", "\0", "\ud800", "%"),
)
ITEMS: Final = ("", "overall", "nothing", "00", "f" * 32, "zz", "../x", "\0", "\ud800")


async def test_controls_we_never_drew_are_refused(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    # These two mean what they say, whatever round they carry.
    for verb, round, item in product(sorted(VERBS - {"command", "forget"}), ROUNDS, ITEMS):
        ref = Ref(verb, round, item)
        assert refused(await press(company, 1, ref, 4)), ref
        assert refused(await submit(company, 1, ref, {"text": 4})), ref
    for item in ITEMS:
        if item != "overall":
            for ref in (Ref("answer", ROUND, item), Ref("skip", ROUND, item)):
                assert refused(await press(company, 1, ref, 4)), ref
    assert not (await ballot(company, 1)).begun


async def test_who_is_not_invited_is_told_so(company: Company) -> None:
    await company.hire(*staff(20, "Finance"), *staff(20, "Sales", first=101))
    await company.ask(replace(WEEKLY, audience=Audience(units=("Finance",))))
    await company.at(OPENS)
    await company.hire(*staff(1, "Finance", first=21))
    for number in (30, 41):  # of another unit; come after the opening
        for reply in (
            await press(company, number, answer("overall"), 4),
            await submit(company, number, Ref("answers", ROUND), {"overall": 4}),
            await press(company, number, Ref("review", ROUND), None),
        ):
            assert isinstance(reply.refusal, NotInvited)
    assert not refused(await press(company, 20, answer("overall"), 4))


async def test_answers_after_the_close_are_refused_kindly(company: Company) -> None:
    await company.hire(*staff(40))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    for number in range(1, 31):
        await press(company, number, answer("overall"), number % 5 + 1)
    before = await company.house.store.read(lambda tx: tx.releases.blocks([ROUND]))
    await company.at(CLOSES)
    closed = await company.house.store.read(lambda tx: tx.releases.blocks([ROUND]))
    assert (before, len(closed) > 0) == ([], True)
    for number in (1, 40):
        for reply in (
            await press(company, number, answer("overall"), 1),
            await press(company, number, Ref("skip", ROUND, "overall"), None),
            await submit(company, number, Ref("answers", ROUND), {"overall": 1, "words": "Late"}),
            await press(company, number, Ref("review", ROUND), None),
        ):
            assert isinstance(reply.refusal, NotOpen)
            assert "Thank you" in str(reply.refusal)
    assert await company.house.store.read(lambda tx: tx.releases.blocks([ROUND])) == closed


async def test_whom_nobody_knows_is_told_where_to_turn(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    now = company.house.clock.now()
    for who in (
        Address("simulator", "demo", "u999"),
        Address("slack", "demo", "u1"),
        Address("simulator", "elsewhere", "u1"),
        Address("", "", ""),
        Address("simulator", "demo", "\ud800"),
    ):
        for event in (
            Wrote("", who, now, "hello"),
            Commanded("", who, now, "summary"),
        ):
            reply = await company.house.handle(event)
            assert isinstance(reply.refusal, UnknownPerson)
        # Whoever has just come is known a moment later, and is greeted all the same.
        greeted = await company.house.handle(Arrived("", who, now))
        assert greeted.refusal is None
        assert greeted.say
    assert isinstance((await press(company, 999, answer("overall"), 4)).refusal, UnknownPerson)


@pytest.mark.parametrize("said", [*WORDS, "", " ", "/itpulse", "/itpulse \0", "x" * 10_000])
async def test_whatever_is_typed_is_answered(company: Company, said: str) -> None:
    await company.hire(*staff(20))
    await company.grant("p001@example.com", "lead")
    await company.ask(WEEKLY)
    await company.at(OPENS)
    who, now = Address("simulator", "demo", "u1"), company.house.clock.now()
    for event in (
        Wrote("", who, now, said),
        Commanded("", who, now, said),
        Commanded("", who, now, f"summary {said}"),
        Commanded("", who, now, f"compare {said}"),
    ):
        reply = await company.house.handle(event)
        assert reply.say or refused(reply)


@pytest.mark.parametrize("event_id", ["\ud800", "\0", "x" * 10_000, "👍", "' OR 1=1"])
async def test_an_event_of_any_name_counts_once(company: Company, event_id: str) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    assert (await press(company, 1, answer("overall"), 4, event_id)).redraw
    assert not (await press(company, 1, answer("overall"), 2, event_id)).redraw
    assert (await ballot(company, 1)).answers["overall"] == 4
