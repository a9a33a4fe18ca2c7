"""What Teams posts, well-formed and not."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams import inbound, wire
from adapters.teams.inbound import Joined, Left, Malformed, learned, read, speaker, spoken_at
from adapters.teams.reach import Reach, Sent
from bot.cards import Field, Form, Option
from bot.errors import UnknownControl
from bot.events import Address, Arrived, Commanded, Pressed, Submitted, Wrote
from bot.refs import Ref

REF = Ref("answer", "it-weekly@2026-11-24", "overall")
MIA = Address("teams", "t1", "29:mia")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
TYPES = ["message", "invoke", "installationUpdate", "conversationUpdate", "typing"]
NAMES = [inbound.EXECUTE, inbound.FETCH, inbound.SUBMIT, "other"]


def activity(kind: str = "message", **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "id": "7",
        "timestamp": "2026-11-24T09:00:00.1234567Z",
        "serviceUrl": "https://s/",
        "from": {"id": "29:mia"},
        "conversation": {"id": "c1", "conversationType": "personal", "tenantId": "t1"},
        **more,
    }


def test_an_event_says_who_where_and_when() -> None:
    event = read(activity(text="hello"))
    assert isinstance(event, Wrote)
    assert (event.id, event.who, event.text) == ("c1|7", MIA, "hello")
    assert event.at == datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=UTC)
    assert Reach.read(event.who.reach) == Reach("https://s/", "c1")


def test_the_channels_own_word_for_the_tenant_comes_first() -> None:
    told = activity(channelData={"tenant": {"id": "t2"}})
    assert speaker(told).space == "t2"


def test_a_channel_is_nobodys_own_chat() -> None:
    channel = {"id": "19:x", "conversationType": "channel", "tenantId": "t1"}
    told = activity(conversation=channel, channelData={"team": {"id": "19:team"}})
    assert Reach.read(speaker(told).reach) == Reach("https://s/", "", "19:team")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/itpulse summary Finance", "summary Finance"),
        ("ITPulse next", "next"),
        ("<at>ITPulse</at> /itpulse", ""),
        ("<at>ITPulse</at>\u00a0itpulse  forget me ", "forget me"),
    ],
)
def test_a_command_needs_neither_slash_nor_mention(text: str, words: str) -> None:
    event = read(activity(text=text))
    assert isinstance(event, Commanded)
    assert event.words == words


@pytest.mark.parametrize("text", ["itpulses", "my itpulse", "/help", "a\nb"])
def test_other_words_are_a_message(text: str) -> None:
    event = read(activity(text=text))
    assert isinstance(event, Wrote)
    assert event.text == text


def test_installing_removing_and_joining_are_told_apart() -> None:
    team = {"team": {"id": "19:team"}}
    assert isinstance(read(activity("installationUpdate", action="add")), Arrived)
    assert read(activity("installationUpdate", action="remove")) == Left(MIA)
    assert read(activity("installationUpdate", action="add", channelData=team)) == Joined("19:team")
    assert read(activity("installationUpdate", action="remove", channelData=team)) is None
    assert read(activity("installationUpdate", action="add-upgrade")) is None
    members = {"membersAdded": [{"id": "29:x"}], "channelData": team}
    assert read(activity("conversationUpdate", **members)) == Joined("19:team")
    assert read(activity("conversationUpdate", channelData=team)) is None
    assert read(activity("conversationUpdate", membersAdded=[{"id": "28:bot"}])) is None


def test_zone_and_locale_are_learned_where_they_stand() -> None:
    info = {"type": "clientInfo", "locale": "fr-FR", "timezone": "Europe/Paris"}
    profile = learned(activity(entities=["odd", info]))
    assert (profile.zone, profile.language) == ("Europe/Paris", "fr-FR")
    profile = learned(activity(localTimezone="Nowhere/Else", entities="odd"))
    assert (profile.zone, profile.language) == ("", "")


@pytest.mark.parametrize(
    "told", ["", "soon", None, 7, "2026-13-01T00:00:00Z", "0001-01-01T00:00+23:59"]
)
def test_an_odd_instant_is_malformed(told: Any) -> None:
    with pytest.raises(Malformed):
        spoken_at(activity(timestamp=told))


def test_an_instant_without_an_offset_is_utc() -> None:
    assert spoken_at(activity(timestamp="2026-11-24T09:00:00")).tzinfo is UTC


FORM = Form(
    REF,
    "Two",
    (
        Field("why", "choices", "Why?", options=(Option("a,b", "A, b"), Option(1, "One"))),
        Field("sure", "yes_no", "Sure?", required=False),
        Field("minutes", "number", "Minutes?", required=False),
        Field("day", "date", "Day?", required=False),
    ),
)


def sent(filled: dict[str, object], data: dict[str, Any] | None = None) -> Submitted:
    told = {**(data or wire.whole(FORM, "1")), **filled}
    event = read(activity("invoke", name=inbound.SUBMIT, value={"data": told}))
    assert isinstance(event, Submitted)
    return event


@pytest.mark.parametrize(
    ("filled", "values"),
    [
        ({}, {"why": [], "sure": None, "minutes": None, "day": None}),
        ({"itpulse.1.0": "1,0"}, {"why": [1, "a,b"], "sure": None, "minutes": None, "day": None}),
        (
            {"itpulse.1.1": "1", "itpulse.1.2": "2.50", "itpulse.1.3": "2026-01-01"},
            {"why": [], "sure": False, "minutes": 2.5, "day": "2026-01-01"},
        ),
        ({"itpulse.1.2": 3.0}, {"why": [], "sure": None, "minutes": 3, "day": None}),
        ({"itpulse.1.2": "many"}, {"why": [], "sure": None, "minutes": "many", "day": None}),
    ],
)
def test_inputs_are_read_by_what_they_were_drawn_as(
    filled: dict[str, object], values: dict[str, object]
) -> None:
    assert sent(filled).values == values


@pytest.mark.parametrize("odd", ["2", "-1", "x", "0,9", True, {"a": 1}])
def test_a_choice_that_was_never_offered_is_not_known(odd: object) -> None:
    data = wire.ask(REF, "1", (Field("why", "choice", "Why?", options=(Option("a", "A"),)),))
    with pytest.raises(UnknownControl):
        sent({"itpulse.1.0": odd}, data)


def test_a_form_comes_back_with_what_was_filled_in() -> None:
    data = {**wire.whole(FORM, "1"), "itpulse.1.0": "1", "itpulse.1.2": "30"}
    told = activity("invoke", name=inbound.SUBMIT, value={"data": data})
    form = inbound.sent_form(told)
    assert form
    assert [field.value for field in form.fields] == [(1,), None, 30, None]
    assert (form.ref, form.title, form.fields[0].options) == (REF, "Two", FORM.fields[0].options)


def test_only_what_we_wrote_is_a_control() -> None:
    for value in ({"other": 1}, {}, "text", None):
        assert isinstance(read(activity(text="hi", value=value)), Wrote)
    press = read(activity(value=wire.press(REF, True)))
    assert isinstance(press, Pressed)
    assert press.value is True


OURS = st.fixed_dictionaries(
    {"ref": st.just(REF.wire()) | JSON},
    optional=dict.fromkeys(("value", "of", "pick", "many", "ask", "form"), JSON),
)
VALUES = st.one_of(
    JSON,
    st.fixed_dictionaries({"itpulse": OURS}),
    st.fixed_dictionaries({"data": st.fixed_dictionaries({"itpulse": OURS}) | JSON}),
    st.fixed_dictionaries({"action": st.fixed_dictionaries({"data": JSON}) | JSON}),
)


@given(
    kind=st.sampled_from(TYPES) | JSON,
    name=st.sampled_from(NAMES) | JSON,
    value=VALUES,
    more=st.dictionaries(
        st.sampled_from(["text", "from", "conversation", "channelData", "entities", "action"]), JSON
    ),
)
def test_whatever_is_posted_is_read_or_refused(
    kind: Any, name: Any, value: Any, more: dict[str, Any]
) -> None:
    told = {**activity(), "type": kind, "name": name, "value": value, **more}
    with suppress(Malformed, UnknownControl):
        read(told)
    with suppress(Malformed):
        learned(told)
    with suppress(UnknownControl):
        inbound.sent_form(told)


@given(st.text())
def test_a_receipt_or_a_way_that_is_none_of_ours_says_nothing(text: str) -> None:
    assert isinstance(Reach.read(text), Reach)
    assert isinstance(Sent.read(text), Sent)


@given(st.text(), st.text(), st.text())
def test_how_to_get_there_comes_back_as_it_was_stored(a: str, b: str, c: str) -> None:
    assert Reach.read(Reach(a, b, c).wire()) == Reach(a, b, c)
    assert Sent.read(Sent(a, b, c, a).wire()) == Sent(a, b, c, a)
