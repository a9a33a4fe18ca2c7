"""A pulse as a file."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.files.pulse_toml import read_pulse
from bot.domain.pulse import Audience, Cadence, Choice, Pulse, Question
from bot.errors import Fault

WEEKLY = """\
id = "it-weekly"
title = "How is IT doing for you?"
manner = "confidential"
smallest_group = 5
audience = { everyone = true }
cadence = { rule = "FREQ=WEEKLY;BYDAY=TU", starts = "2026-11-24", at = "10:00", \
open_working_days = 3, reminders = 1 }
rotation = "none"
[[questions]]
id = "overall"
kind = "satisfaction"
text = "How satisfied were you with IT this week?"
follow_up = { id = "why", kind = "several", text = { low = "What got in the way?", \
middle = "What would have made it better?", high = "What went well?" }, \
options = [{ id = "speed", label = "Speed" }, { id = "other", label = "Other" }] }
"""
COMMENT = '[[questions]]\nid = "words{0}"\nkind = "comment"\ntext = "Anything else?"\n'


def told(text: str) -> list[str]:
    with pytest.raises(Fault) as caught:
        read_pulse(text)
    return caught.value.lines


def attempt(text: str) -> tuple[Pulse | None, list[str]]:
    try:
        return read_pulse(text), []
    except Fault as wrong:
        return None, wrong.lines


def test_a_pulse_file_is_read() -> None:
    why = Question(
        "why",
        "several",
        "",
        (Choice("speed", "Speed"), Choice("other", "Other")),
        wordings={
            "low": "What got in the way?",
            "middle": "What would have made it better?",
            "high": "What went well?",
        },
    )
    assert read_pulse(WEEKLY) == Pulse(
        id="it-weekly",
        title="How is IT doing for you?",
        questions=(
            Question(
                "overall",
                "satisfaction",
                "How satisfied were you with IT this week?",
                follow_up=why,
            ),
        ),
        audience=Audience(everyone=True),
        cadence=Cadence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), time(10), 3, 1),
    )


def test_what_has_a_default_may_be_left_out() -> None:
    text = WEEKLY
    for part in (
        'manner = "confidential"\n',
        "smallest_group = 5\n",
        'rotation = "none"\n',
        ", open_working_days = 3",
        ", reminders = 1",
    ):
        assert part in text
        text = text.replace(part, "")
    assert read_pulse(text) == read_pulse(WEEKLY)


def test_dates_and_hours_may_be_toml_s_own() -> None:
    text = WEEKLY.replace('"2026-11-24"', "2026-11-24").replace('"10:00"', "10:00:00")
    assert read_pulse(text) == read_pulse(WEEKLY)


def test_an_audience_may_leave_people_out_again() -> None:
    text = WEEKLY.replace(
        "{ everyone = true }",
        '{ units = ["IT"], roles = ["Lead"], sites = ["Bonn"], emails = ["Ann@Example.com"], '
        'except = { units = ["Board"], except = { emails = ["bo@example.com"] } } }',
    )
    assert read_pulse(text).audience == Audience(
        units=("IT",),
        roles=("Lead",),
        sites=("Bonn",),
        emails=("ann@example.com",),
        excluded=Audience(units=("Board",), excluded=Audience(emails=("bo@example.com",))),
    )


OPTIONS = '[{ id = "speed", label = "Speed" }, { id = "other", label = "Other" }]'
KNOWN = (
    "id, title, manner, smallest_group, audience, cadence, rotation, above_cap, rotate, "
    "questions, bank"
)
KNOWN_OF_A_QUESTION = "id, kind, text, options, follow_up"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"it-weekly"', '"IT weekly"', "id: “IT weekly” is no id; use 1 to 40 of the characters"),
        ('"it-weekly"', "7", "id: 7 is no id; use 1 to 40 of the characters a-z, 0-9 and -"),
        ('"it-weekly"', '"grumbles"', "id: “grumbles” is built in; choose another id"),
        ('id = "it-weekly"', "", "id: is missing; use 1 to 40 of the characters a-z, 0-9 and -"),
        ("How is IT doing for you?", "x" * 76, "title: is 76 characters long; 75 fit"),
        ('"How is IT doing for you?"', "true", "title: true is no text; write it in quotes"),
        ('"How is IT doing for you?"', '" "', "title: “ ” is no text; write it in quotes"),
        ("How is IT doing", "\\u0007", "title: holds the control character U+0007; remove it"),
        ('"confidential"', '"secret"', "manner: “secret” is unknown; use one of confidential,"),
        ("= 5", "= 4", "smallest_group: 4 is out of range; use a whole number from 5 to 1000"),
        ("= 5", "= true", "smallest_group: true is out of range; use a whole number from 5"),
        ("= 5", "= 5.0", "smallest_group: 5.0 is out of range; use a whole number from 5"),
        ("= 5", f"= 0x{'f' * 9000}", "smallest_group: a very large number is out of range;"),
        ("{ everyone = true }", "{}", "audience: names nobody; write everyone = true, or units"),
        ("{ everyone = true }", "{ everyone = false }", "audience: names nobody; write everyone"),
        ("everyone = true", 'everyone = "yes"', "audience.everyone: “yes” is neither true nor"),
        ("everyone = true", "units = []", "audience.units: a list is no list of texts; write it"),
        ("everyone = true", 'units = ["IT", 7]', "audience.units[1]: 7 is no text; write it in"),
        ("everyone = true", 'emails = ["ann"]', "audience.emails: “ann” is not an e-mail address;"),
        ("everyone = true", "everyone = true, except = {}", "audience.except: names nobody; write"),
        ("everyone = true", "all = true", "audience: names nobody; write everyone = true, or"),
        ("audience = { everyone = true }", "", "audience: is missing; write it as audience = {"),
        ("audience = {", "audiences = {", "audience: is missing; write it as audience = { … }"),
        ("FREQ=WEEKLY;", "", "cadence.rule: has no FREQ; write one like FREQ=WEEKLY;BYDAY=TU"),
        ("2026-11-24", "24.11.2026", "cadence.starts: “24.11.2026” is no date we can use; write a"),
        ('"10:00"', '"25:00"', "cadence.at: “25:00” is no time of day; write hours and minutes"),
        ('"10:00"', '"10:00:30"', "cadence.at: “10:00:30” is no time of day; write hours and"),
        ("days = 3", "days = 0", "cadence.open_working_days: 0 is out of range; use a whole"),
        ("days = 3", "days = 21", "cadence.open_working_days: 21 is out of range; use a whole"),
        ("reminders = 1", "reminders = 3", "cadence.reminders: 3 is out of range; use a whole"),
        ("reminders = 1", "hour = 1", "cadence.hour: unknown; known are rule, starts, at, open_"),
        ('"none"', '"quarters"', "rotation: “quarters” is unknown; use one of none, slices"),
        ('rotation = "none"', "colour = 1", f"colour: unknown; known are {KNOWN}"),
        ('"overall"', '""', "questions[0].id: “” is no id; use 1 to 40 of the characters"),
        ('"satisfaction"', '"joy"', "questions[0].kind: “joy” is unknown; use one of"),
        ("How satisfied", "x" * 300, "questions[0].text: is 328 characters long; 300 fit"),
        (
            '[[questions]]\nid = "overall"',
            '[[questions]]\nid = "overall"\ncolour = "red"',
            f"questions[0].colour: unknown; known are {KNOWN_OF_A_QUESTION}",
        ),
        (
            'kind = "satisfaction"',
            f'kind = "satisfaction"\noptions = {OPTIONS}',
            "questions[0]: satisfaction takes no options; remove them",
        ),
        (
            'kind = "satisfaction"',
            'kind = "comment"',
            "questions[0].follow_up: cannot follow a comment; only a scale has one",
        ),
        ('id = "why"', 'id = "overall"', "questions[0].follow_up.id: “overall” is the id of"),
        ('"several"', '"comment"', "questions[0].follow_up.kind: “comment” is unknown; use one of"),
        ('id = "speed"', 'id = "Speed"', "questions[0].follow_up.options[0].id: “Speed” is no id;"),
        ('"Speed"', f'"{"x" * 76}"', "questions[0].follow_up.options[0].label: is 76 characters"),
        (
            '{ id = "speed", label = "Speed" }',
            "7",
            "questions[0].follow_up.options[0]: is no table",
        ),
        ('id = "speed"', 'id = "other"', "questions[0].follow_up.options: the id “other” stands"),
        (OPTIONS, "7", "questions[0].follow_up.options: 7 is no list of tables; write it as"),
        (f", \\\noptions = {OPTIONS}".replace("\\\n", ""), "", "questions[0].follow_up: give at"),
        (
            'low = "What got in the way?", ',
            "",
            "questions[0].follow_up.text.low: is missing; write",
        ),
        (
            'low = "What',
            'none = "", low = "What',
            "questions[0].follow_up.text.none: unknown; known",
        ),
        (
            "follow_up = {",
            'follow_up = { follow_up = { id = "x" },',
            "questions[0].follow_up.follow_up: unknown; known are text, id, kind, options",
        ),
        ("follow_up = {", "follow_up = 7 #", "questions[0].follow_up: 7 is no table; write it as"),
        ("[[questions]]", "[questions]", "questions: a table is no list of tables; write it as"),
    ],
)
def test_a_fault_is_named_by_its_field(old: str, new: str, fault: str) -> None:
    assert old in WEEKLY
    assert told(WEEKLY.replace(old, new, 1))[0].startswith(fault)


def test_ten_questions_and_three_comments_are_the_most() -> None:
    comments = [COMMENT.format(i) for i in range(10)]
    assert len(read_pulse(WEEKLY + "".join(comments[:3])).questions) == 4
    assert told(WEEKLY + "".join(comments)) == [
        "questions: are 11; a pulse asks 1 to 10",
        "questions: hold 10 comments; a pulse takes 3",
    ]
    assert told(WEEKLY.partition("[[questions]]")[0]) == ["questions: are 0; a pulse asks 1 to 10"]


def test_eleven_options_are_too_many() -> None:
    options = ", ".join(f'{{ id = "o{i}", label = "O" }}' for i in range(11))
    assert told(WEEKLY.replace(OPTIONS, f"[{options}]")) == [
        "questions[0].follow_up.options: are 11; 10 fit"
    ]


def test_two_questions_of_one_id_are_refused() -> None:
    assert told(WEEKLY + COMMENT.format("") + COMMENT.format("")) == [
        "questions[2].id: “words” is the id of questions[1].id already; choose another"
    ]


def test_what_is_no_toml_is_named_by_line_and_column() -> None:
    assert told('id = "x"\ntitle = what\n') == [
        "line 2, column 9: Invalid value; this is where the file stops being TOML"
    ]
    assert told(f"id = {'1' * 5000}") == ["the file is no TOML: a number in it is too long"]
    assert told("a = " + "[" * 10_000) == [
        "the file is nested too deeply; see `itpulse pulse export`"
    ]


@given(st.text())
def test_any_text_gives_a_pulse_or_faults(text: str) -> None:
    for whole in (text, WEEKLY + text, text + WEEKLY):
        pulse, faults = attempt(whole)
        assert (pulse is None) == bool(faults)
        assert not any("\n" in line for line in faults)


wild = st.sampled_from(
    [
        *("7", "-1", "1.5", "nan", "true", "what", '""', '"x"', '"\\u0000"', "''' '''"),
        *("[]", "[[]]", '["a", 1]', "[{}]", "{}", "{ id = 7 }"),
        *("2026-01-01", "10:00:00", "2026-01-01T00:00:00Z"),
    ]
)
LINES = [line for line in WEEKLY.splitlines() if " = " in line]


@given(st.sampled_from(LINES), wild)
def test_any_value_for_any_field_gives_a_pulse_or_faults(line: str, value: str) -> None:
    pulse, faults = attempt(WEEKLY.replace(line, f"{line.partition(' = ')[0]} = {value}"))
    assert (pulse is None) == bool(faults)
    assert not any("\n" in told for told in faults)


KEYED = [i for i in range(len(WEEKLY)) if WEEKLY.startswith(" = ", i)]


@given(st.sampled_from(KEYED), wild)
def test_any_value_deep_inside_gives_a_pulse_or_faults(at: int, value: str) -> None:
    rest = WEEKLY[at + 3 :]
    end = min((i for i in (rest.find(","), rest.find(" }"), rest.find("\n")) if i >= 0), default=0)
    pulse, faults = attempt(f"{WEEKLY[: at + 3]}{value}{rest[end:]}")
    assert (pulse is None) == bool(faults)
    assert not any("\n" in told for told in faults)
