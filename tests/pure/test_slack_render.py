"""What is drawn for Slack: every control brings its answer back, and Slack takes all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import inbound
from adapters.slack.figures import Look
from adapters.slack.render import SHORTENED, draw, fits
from adapters.slack.stands import Stand
from adapters.slack.views import card_view, form_view, home_view
from bot import cards
from bot.cards import Button, Buttons, Card, Choices, Field, Form, FreeText, Option, Prose, Scale
from bot.events import Event
from bot.refs import Ref
from tests.contract.platform_suite import RoundTrip, intended
from tests.contract.sample_cards import EVERY_FIELD, FIGURES, SAMPLES, answer
from tests.slack import person
from tests.slack.limits import faults, view_faults

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
ALL = Look(native=True, picture=lambda _: "https://itpulse.example.com/charts/x.png")
WHERE = person.in_message("D1", "1764000000.000100", "https://hooks.slack.com/actions/1")


class TestTheRoundTrip(RoundTrip):
    somebody = "U2"

    def draw(self, card: Card) -> Any:
        drawn = draw(card)
        assert faults(drawn["blocks"]) == []
        return drawn

    def payloads(self, drawn: Any) -> Iterator[Any]:
        yield from uses(drawn["blocks"], WHERE)

    def read(self, payload: Any) -> Event:
        event = inbound.read(json.loads(json.dumps(payload)), AT)
        assert event
        return event


class TestInAWindow(TestTheRoundTrip):
    def draw(self, card: Card) -> Any:
        view = card_view([card])
        assert view_faults(view) == []
        return {**view, "blocks": [*view["blocks"], {"type": "x", "summary": card.summary}]}

    def payloads(self, drawn: Any) -> Iterator[Any]:
        yield from uses(drawn["blocks"], person.in_view({"id": "V1", "type": "modal"}))


class TestOnHome(TestTheRoundTrip):
    def draw(self, card: Card) -> Any:
        view = home_view([card])
        assert view_faults(view) == []
        return {**view, "blocks": [*view["blocks"], {"type": "x", "summary": card.summary}]}

    def payloads(self, drawn: Any) -> Iterator[Any]:
        yield from uses(drawn["blocks"], person.in_view({"id": "V1", "type": "home"}))


def uses(blocks: list[Any], where: Any) -> Iterator[Any]:
    """Every use that says something; a form that a button opens is filled in and sent."""
    for payload in person.every_use("U1", blocks, where):
        if asked := inbound.opens(payload):
            view = form_view(asked[0], Stand("D1", "1.2"), asked[1])
            assert view_faults(view) == []
            yield person.submission("U1", view, person.filled_in(view, "U2"))
        elif inbound.read(payload, AT):
            yield payload


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
def test_slack_takes_a_card_with_its_own_charts(card: Card) -> None:
    assert faults(draw(card, ALL)["blocks"]) == []


def test_a_line_without_gaps_is_slacks_own_chart_and_one_with_gaps_stays_words() -> None:
    (chart,) = (part for part in FIGURES.parts if isinstance(part, cards.Chart))
    whole = replace(chart, series=chart.series[:1])
    drawn = draw(Card("trend", (whole, chart)), ALL)["blocks"]
    assert [block["type"] for block in drawn].count("data_visualization") == 1
    (picture,) = (block for block in drawn if block["type"] == "image")
    assert picture["alt_text"] == f"{chart.title}: {chart.text}"
    assert chart.text in json.dumps(drawn, ensure_ascii=False)


def test_no_word_is_cut_away_for_a_picture() -> None:
    (chart,) = (part for part in FIGURES.parts if isinstance(part, cards.Chart))
    card = Card("trend", (chart,) * 6)
    long = Look(picture=lambda _: "https://itpulse.example.com/" + "x" * 2_500)
    assert draw(card, long) == draw(card)


def test_words_for_notifications_read_no_marks() -> None:
    drawn = draw(Card("5 < 6 & <!channel>", (Prose("x"),)))
    assert drawn["text"] == "5 &lt; 6 &amp; &lt;!channel&gt;"


def test_a_value_that_slack_would_refuse_takes_its_button_away_and_nothing_else() -> None:
    send = Button(Ref("grumble", item="named"), "Send this with my name", "<" * 1_000)
    skip = Button(Ref("command", item="next"), "Skip")
    drawn = draw(Card("x", (Prose("typed"), Buttons((send, skip)))))["blocks"]
    assert faults(drawn) == []
    assert [e["text"]["text"] for _, e in person.elements(drawn)] == ["Skip"]


def test_a_tick_says_nothing_before_done_is_pressed() -> None:
    card = Card("x", (Choices(answer("why"), "why", "Why?", (Option("a", "A"),), many=True),))
    block, boxes = next(person.elements(draw(card)["blocks"]))
    assert boxes["type"] == "checkboxes"
    assert inbound.read(person.press("U1", boxes, block, WHERE), AT) is None


def test_what_is_asked_anew_comes_without_ticks() -> None:
    """A client keeps ticks by the ids of block and element."""

    def ids(text: str) -> set[str]:
        part = Choices(answer("why"), "why", text, (Option("a", "A"),), many=True)
        drawn = draw(Card("x", (part,)))["blocks"]
        return {block["block_id"] for block, _ in person.elements(drawn)}

    assert ids("What got in the way?").isdisjoint(ids("What went well?"))


def test_what_is_too_much_for_a_message_says_so_and_fits_a_window() -> None:
    steps = tuple(Option(n, str(n)) for n in range(11))
    parts: list[Any] = []
    for number in range(20):
        ref = answer(f"question-{number}")
        parts.append(Scale(ref, "q", "How likely are you to recommend IT?", steps))
        parts.append(Buttons((Button(Ref("skip", ref.round, ref.item), "Skip this one"),)))
    card = Card("review", tuple(parts))
    cut = draw(card)["blocks"]
    assert not fits(card)
    assert faults(cut) == []
    assert SHORTENED in json.dumps(cut[-1])
    view = card_view([card])
    assert view_faults(view) == []
    assert len(list(person.elements(view["blocks"]))) == 20 * 12


def test_a_form_of_ten_long_fields_travels_in_its_button() -> None:
    options = tuple(Option(f"unit-{n}", f"Unit number {n}") for n in range(20))
    fields = tuple(
        Field(f"f{n}", "choice", f"Question {n}?", options=options, hint="A hint. " * 20)
        for n in range(10)
    )
    form = Form(Ref("answers", "r"), "All of it, in one go, please", fields)
    (block, element), *_ = person.elements(draw(Card("x", (form,)))["blocks"])
    asked = inbound.opens(person.press("U1", element, block, WHERE))
    assert asked
    assert asked[0].fields[9].options == options
    assert view_faults(form_view(asked[0], Stand())) == []


def test_a_form_keeps_what_stands_in_it() -> None:
    view = form_view(EVERY_FIELD, Stand("D1", "1.2"))
    standing = {
        block["block_id"]: value
        for block in view["blocks"]
        if block["type"] == "input"
        for name, value in block["element"].items()
        if name.startswith("initial")
    }
    assert standing["nick"] == "Mia"
    assert standing["overall"]["text"]["text"] == "Satisfied"
    assert [one["text"]["text"] for one in standing["why"]] == ["Speed"]
    assert standing["minutes"] == "15"


def test_long_titles_stand_in_the_window_and_not_on_its_frame() -> None:
    view = form_view(replace(EVERY_FIELD, title="T" * 200), Stand())
    assert view["title"]["text"] == "ITPulse"
    assert view["blocks"][0]["text"]["text"] == "T" * 200


TEXTS = st.text(min_size=1, max_size=4_000).filter(str.strip)
LABELS = st.text(min_size=1, max_size=200).filter(str.strip)
REFS = st.builds(Ref, st.just("answer"), st.just("it-weekly@2026-11-24"), st.just("q"))
OPTIONS = st.lists(st.builds(Option, st.integers(0, 99), LABELS), min_size=1, max_size=30).map(
    tuple
)
PARTS = st.one_of(
    st.builds(cards.Heading, TEXTS),
    st.builds(Prose, TEXTS),
    st.builds(cards.Fineprint, TEXTS),
    st.builds(cards.Quote, TEXTS, LABELS),
    st.builds(Scale, REFS, st.just("q"), TEXTS, OPTIONS),
    st.builds(Choices, REFS, st.just("q"), TEXTS, OPTIONS, st.booleans()),
    st.builds(FreeText, REFS, st.just("q"), st.text(min_size=1, max_size=400), st.just(1_000)),
    st.builds(cards.Facts, st.lists(st.tuples(LABELS, TEXTS), min_size=1, max_size=12).map(tuple)),
    st.builds(
        Buttons,
        st.lists(st.builds(Button, REFS, LABELS, TEXTS), min_size=1, max_size=30).map(tuple),
    ),
    st.builds(
        cards.Bars,
        LABELS,
        st.lists(
            st.builds(cards.Bar, LABELS, st.floats(-1, 2), LABELS), min_size=1, max_size=12
        ).map(tuple),
    ),
)


@given(st.lists(PARTS, min_size=1, max_size=12), TEXTS)
def test_whatever_is_drawn_slack_takes_it(parts: list[Any], summary: str) -> None:
    card = Card(summary, tuple(parts))
    assert faults(draw(card, ALL)["blocks"]) == []
    assert view_faults(card_view([card, card])) == []
    assert view_faults(home_view([card])) == []


@given(st.text(max_size=300), st.one_of(st.integers(), st.booleans(), st.none()))
def test_any_value_of_a_button_comes_back(text: str, other: Any) -> None:
    ref = Ref("grumble", item="named")
    for value in (text, other):
        card = Card("x", (Prose("p"), Buttons((Button(ref, "Send", value),))))
        for payload in person.every_use("U1", draw(card)["blocks"], WHERE):
            came = inbound.read(json.loads(json.dumps(payload)), AT)
            assert repr(came.value) == repr(value)  # type: ignore[union-attr]


def test_every_part_that_can_be_pressed_was_pressed() -> None:
    assert {type(p) for card in SAMPLES for p in card.parts if list(intended(p, "U2"))} == {
        Scale, Choices, FreeText, Buttons, Form,
    }  # fmt: skip
