"""The people list as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.files.people_csv import COLUMNS, compare, onto, read_entries, read_people
from bot.domain.people import UNASSIGNED, Person
from bot.errors import Fault

HEADER = "email,name,unit,division,role,site,timezone,country,language,manager_email"
ANN = (
    "ann@example.com,Ann Example,Finance,Corporate,Analyst,Berlin,Europe/Berlin,DE,de,"
    "bo@example.com"
)


def faults(text: str) -> list[str]:
    with pytest.raises(Fault) as caught:
        read_people(text)
    return caught.value.lines


def attempt(text: str) -> tuple[list[Person], list[str]]:
    try:
        return read_people(text), []
    except Fault as wrong:
        return [], wrong.lines


def test_every_column_becomes_a_field_of_the_person() -> None:
    assert read_people(f"{HEADER}\n{ANN}\n") == [
        Person(
            email="ann@example.com",
            name="Ann Example",
            unit="Finance",
            division="Corporate",
            role="Analyst",
            site="Berlin",
            zone="Europe/Berlin",
            country="DE",
            language="de",
            leader_email="bo@example.com",
        )
    ]


def test_email_and_name_are_enough_and_columns_may_stand_in_any_order() -> None:
    assert read_people("Name,EMAIL\nAnn,Ann@Example.com\n") == [Person("ann@example.com", "Ann")]


def test_empty_cells_take_the_defaults() -> None:
    [person] = read_people("email,name,unit,division,timezone\nann@example.com,Ann,,,\n")
    assert (person.unit, person.division, person.zone) == (UNASSIGNED, UNASSIGNED, "UTC")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_spreadsheets_write_is_read(delimiter: str, end: str, mark: str) -> None:
    lines = ["email,name,unit", 'ann@example.com,"Ann ""A.""",Finance', ",,", ""]
    text = mark + end.join(lines).replace(",", delimiter)
    assert read_people(text) == [Person("ann@example.com", 'Ann "A."', unit="Finance")]


def test_the_same_unit_typed_on_two_systems_is_one_unit() -> None:
    text = "email,name,unit\na@example.com,A,Zu\u0308rich\nb@example.com,B, Z\u00fcrich \n"
    first, second = read_people(text)
    assert first.unit == second.unit == "Z\u00fcrich"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("timezone=Mars/Base", "“Mars/Base” is not a time zone; use a name like Europe/Berlin"),
        ("timezone=localtime", "“localtime” is not a time zone; use a name like Europe/Berlin"),
        ("timezone=../etc", "“../etc” is not a time zone; use a name like Europe/Berlin"),
        ("email=", "is empty; everybody needs an e-mail address"),
        ("email=ann", "“ann” is not an e-mail address; use a form like ann@example.com"),
        ("email=a b@c.de", "“a b@c.de” is not an e-mail address; use a form like ann@example.com"),
        ("email=a@b@c.de", "“a@b@c.de” is not an e-mail address; use a form like ann@example.com"),
        ("manager_email=bo", "“bo” is not an e-mail address; use a form like ann@example.com"),
        ("name=", "is empty; everybody needs a name"),
        ("name=A\0n", "holds the control character U+0000; remove it"),
        ("name=A\x1bn", "holds the control character U+001B; remove it"),
        ("unit=A\u2028n", "holds the control character U+2028; remove it"),
        ("unit=A\u202en", "holds the control character U+202E; remove it"),
        ("unit=" + "x" * 201, "is 201 characters long; 200 fit"),
        ("country=Germany", "“Germany” is not a country code; use two letters like DE"),
        ("language=?", "“?” is not a language code; use a form like de or en-GB"),
    ],
)
def test_a_fault_names_its_line_and_its_field(cells: str, told: str) -> None:
    column, _, wrong = cells.partition("=")
    row = dict(zip(HEADER.split(","), ANN.split(","), strict=True)) | {column: wrong}
    text = f"{HEADER}\n{ANN.replace('ann@', 'other@')}\n{','.join(row.values())}\n"
    assert faults(text) == [f"line 3, {column}: {told}"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: the file is empty; its first line names the columns: email,name,…"),
        ("\n,,\n", "line 1: the file is empty; its first line names the columns: email,name,…"),
        (
            "email,name,salary\n",
            f"line 1: the column “salary” is unknown; known are {', '.join(COLUMNS)}",
        ),
        ("email\n", "line 1: the column name is missing; the first line names the columns"),
        ("email,name,Email\n", "line 1: the column email stands there twice; keep one of the two"),
        (
            "email,name\na@example.com\n",
            "line 2: has 1 cells where the first line names 2 columns; "
            "a cell that holds the delimiter needs quotes",
        ),
        (
            'email,name\n"a@example.com,A\n',
            'line 2: the quotation marks do not match; write a quotation mark inside a cell as ""',
        ),
        (
            'email,name\na@example.com,"' + "x" * 140_000 + '"\n',
            "line 2: one cell is far too long; a closing quotation mark may be missing",
        ),
        (
            "email,name\na@example.com,A\nA@EXAMPLE.com,B\n",
            "line 3, email: “a@example.com” is on line 2 already; keep one of them",
        ),
    ],
)
def test_a_table_that_is_out_of_shape_is_refused(text: str, told: str) -> None:
    assert faults(text) == [told]


def test_a_line_keeps_its_number_behind_a_cell_of_several_lines() -> None:
    text = 'email,name\na@example.com,"A\nB"\nnobody,C\n'
    assert [line.partition(":")[0] for line in faults(text)] == ["line 2, name", "line 4, email"]


def test_twenty_faults_are_told_and_the_rest_counted() -> None:
    lines = faults("email,name\n" + "nobody,\n" * 15)
    assert len(lines) == 21
    assert lines[-1] == "and 10 more"


@given(st.text(), st.sampled_from(["", f"{HEADER}\n", "email,name\n", "name;email\n"]))
def test_any_text_gives_people_or_faults(text: str, header: str) -> None:
    people, told = attempt(header + text)
    assert all(person.email and person.name for person in people)
    assert len(told) <= 21
    assert not any("\n" in line for line in told)


printable = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=200)


@given(st.lists(st.tuples(printable, printable), max_size=8))
def test_whatever_stands_in_quotes_is_read_or_named(names: list[tuple[str, str]]) -> None:
    sheet = io.StringIO()
    lines = csv.writer(sheet)
    lines.writerow(["email", "name", "unit"])
    for i, (name, unit) in enumerate(names):
        lines.writerow([f"p{i}@example.com", f"x{name[1:]}", unit])
    assert len(read_people(sheet.getvalue())) == len(names)


ANN_BEFORE = Person("Ann@example.com", "Ann", "Finance", id=7, grants=frozenset({"lead"}))
BO = Person("bo@example.com", "Bo", id=8)


def test_an_import_adds_and_changes_and_never_deletes() -> None:
    text = "email,name,unit\nann@example.com,Ann,Legal\ncy@example.com,Cy,\n"
    diff = compare([ANN_BEFORE, BO], read_people(text))
    assert [person.email for person in diff.added] == ["cy@example.com"]
    assert [(p.email, fields) for p, fields in diff.changed] == [
        ("ann@example.com", {"unit": ("Finance", "Legal")})
    ]
    assert diff.missing == [BO]
    assert diff.unchanged == []


def test_the_same_file_again_changes_nothing() -> None:
    after = read_people(f"{HEADER}\n{ANN}\n")
    stored = [replace(person, id=1, grants=frozenset({"admin"})) for person in after]
    diff = compare(stored, after)
    assert (diff.added, diff.changed, diff.missing) == ([], [], [])
    assert diff.unchanged == stored


def test_a_column_the_file_does_not_have_is_left_as_it_was() -> None:
    entries = read_entries("email,name\nann@example.com,Ann B.\n")
    [person] = onto(entries, [ANN_BEFORE, BO])
    assert (person.name, person.unit, person.id) == ("Ann B.", "Finance", 7)
