"""The documents say what is so: links lead somewhere, and every name in them exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import typer

from adapters.terminal.words import application
from bot.commands import COMMANDS
from bot.domain import grumbles, release, rights
from bot.domain.connections import FEWEST_COMPLETE
from bot.domain.drivers import SURE
from bot.domain.insight.nps import ENOUGH_FOR_NPS
from bot.domain.pulse import FEWEST_INVITED, K
from bot.questions import KINDS
from bot.questions.comment import LONGEST
from schedules.seal_again import FEWEST_FOR_SHARE
from storage.keyring import TTL
from storage.tables import metadata

TOP: Final = Path(__file__).parents[2]
PAGES: Final = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))

ROOMS: Final = ("bot", "adapters", "storage", "schedules", "tests", "benchmarks", "docs")

#: What a reader has no use for: praise, places on somebody's machine, where packages come from.
FORBIDDEN: Final = re.compile(
    r"seamless|powerful|cutting.edge|leverag|robust|world.class|state.of.the.art|effortless"
    r"|blazing|revolution|next.generation|best.in.class|unleash|game.chang|synerg|holistic"
    r"|/wor[k]/|/roo[t]/|/tm[p]/|/hom[e]/"
    r"|\.\./shared|index-url|pypi\.org|\bissue \d|\bTODO\b|\bTBD\b",
    re.IGNORECASE,
)
LINK: Final = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE: Final = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
SETTING: Final = re.compile(r"\b(?:ITPULSE|SLACK|TEAMS|POSTGRES)_[A-Z_]*[A-Z]\b")


def code_in(page: Path) -> Iterator[str]:
    """Everything between backticks, a line at a time, without comments."""
    for found in CODE.findall(page.read_text()):
        for line in found.strip("`").splitlines():
            yield re.sub(r"\s#\s.*", "", line)


def anchor(heading: str) -> str:
    """As GitHub writes it."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.strip().replace(" ", "-")


@pages
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, place = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        if place:
            headings = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE)
            assert place in map(anchor, headings), target


@pages
def test_every_place_in_the_house_is_there(page: Path) -> None:
    for code in code_in(page):
        for path in re.findall(rf"(?<![\w./])(?:{'|'.join(ROOMS)})/[\w./-]*", code):
            assert (TOP / path.rstrip(".")).exists(), path


@pages
def test_every_word_of_the_command_line_exists(page: Path) -> None:
    for code in code_in(page):
        for said in re.findall(r"(?<!/)\bitpulse ([a-z][^|&<>]*)", code):
            walk(shlex.split(said.replace("…", "")))
        for said in re.findall(r"docker compose run .*?\bapp ([^|&<>]*)", code):
            walk(shlex.split(said))


def walk(words: list[str]) -> None:
    """Raises where a word or an option is not there."""
    command: Any = typer.main.get_command(application())
    for word in words:
        if word.startswith("--"):
            known = {option for parameter in command.params for option in parameter.opts}
            assert word in known | {"--help"}, f"{' '.join(words)}: {word}"
        elif hasattr(command, "commands"):
            assert word in command.commands, f"{' '.join(words)}: {word}"
            command = command.commands[word]
    assert not hasattr(command, "commands"), f"{' '.join(words)} is not a whole word"


@pages
def test_every_setting_exists(page: Path) -> None:
    known = set(SETTING.findall((TOP / ".env.example").read_text()))
    told = set(SETTING.findall(page.read_text()))
    assert {name for name in told - known if not name.startswith("ITPULSE_TEST_")} == set()


@pages
def test_every_make_word_exists(page: Path) -> None:
    known = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(), re.MULTILINE))
    for code in code_in(page):
        assert set(re.findall(r"\bmake ([a-z]+)", code)) <= known, code


@pages
def test_nothing_is_praised_and_no_machine_named(page: Path) -> None:
    assert FORBIDDEN.findall(page.read_text()) == []


def test_the_readme_names_every_word_of_the_chat_and_no_other() -> None:
    whose = r"^\| (?:everybody|IT leads|admins) \| (.+) \|$"
    rows = re.findall(whose, read("README.md"), re.MULTILINE)
    told = [word.split()[0] for row in rows for word in re.findall(r"`([^`]+)`", row)]
    assert sorted(told) == sorted(COMMANDS)
    everybody = re.findall(r"`(\w+)", rows[0])
    assert set(everybody) == {word for word, command in COMMANDS.items() if not command.needs}


def test_the_readme_names_every_kind_of_question() -> None:
    assert set(KINDS) <= set(re.findall(r"`(\w+)`", read("README.md")))


def test_the_readme_begins_with_the_two_commands() -> None:
    told = [code for code in code_in(TOP / "README.md") if code.startswith("make ")]
    assert [code.strip() for code in told[:2]] == ["make demo", "make test"]


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_the_data_sheet_names_every_table_with_every_field(table: Any) -> None:
    sections = re.split(r"^#{2,3} ", read("docs/privacy.md"), flags=re.MULTILINE)
    (section,) = (text for text in sections if text.startswith(f"`{table.name}`"))
    fields = set(re.findall(r"`(\w+)`", section.partition("\n")[2]))
    assert {column.name for column in table.columns} <= fields
    if table.name != "note":
        assert "Kept: " in section


def test_the_data_sheet_names_no_table_that_is_gone() -> None:
    told = re.findall(r"^### `(\w+)`", read("docs/privacy.md"), re.MULTILINE)
    assert sorted(told) == sorted(metadata.tables)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("comments", f"{rights.TEXTS_KEPT.days} days after the round closed"),
        ("who was asked and reached", f"{rights.DELIVERIES_KEPT.days} days after the round closed"),
        ("conversations", f"{rights.THREADS_KEPT.days} days after the round closed"),
        ("audit", f"{rights.AUDIT_KEPT.days // 365} years"),
        ("marks of messages heard", f"{rights.MARKS_KEPT.days} days"),
        ("smallest block", f"{K} people who answered; a pulse may raise it"),
        ("smallest block of a yes/no question", str(KINDS["yes_no"].smallest_block)),
        ("people asked in a confidential round", str(FEWEST_INVITED)),
        (
            "comments word for word",
            f"{release.RESPONDENTS_FOR_TEXT} who answered the round, "
            f"{release.FEWEST_TEXTS} comments",
        ),
        ("a theme is named", f"{release.FEWEST_OF_AN_OPTION} comments"),
        (
            "count of a follow-up's option",
            f"{release.FEWEST_OF_AN_OPTION}, and {release.FEWEST_OF_AN_OPTION} fewer than all",
        ),
        ("people who answered every scale, for connections between answers", str(FEWEST_COMPLETE)),
        (
            "a question is named as the one that goes together most",
            f"first in {SURE} of 100 draws",
        ),
        ("share while the round is open", f"{FEWEST_FOR_SHARE} invited, in tenths, once a day"),
        ("recommendation score (NPS)", f"{ENOUGH_FOR_NPS} answers"),
        ("box for grumbles", f"{grumbles.FEWEST_WRITERS} writers"),
        (
            "messages of a conversation go over",
            f"{rights.BATCH} together, or after {rights.LONGEST_WAIT.days} days",
        ),
    ],
)
def test_the_data_sheet_has_the_numbers_of_the_program(what: str, told: str) -> None:
    assert f"| {what} | {told} |" in read("docs/privacy.md")


def test_the_data_sheet_has_the_numbers_that_stand_in_sentences() -> None:
    sheet = read("docs/privacy.md")
    assert f"at most {LONGEST:,} characters" in sheet
    assert f"at most {TTL:.0f} seconds" in sheet
    assert f"up to {len(grumbles.SLOTS)} comments into a box" in sheet
    assert f"After {grumbles.LONGEST_OPEN.days // 7} weeks only themes" in sheet


def test_every_picture_is_shown_and_small() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in LINK.findall(page.read_text())
        if target.endswith(".png")
    }
    there = set((TOP / "docs" / "pictures").glob("*.png"))
    assert {path for path in there if path.stat().st_size > 200_000} == set()
    assert shown == there


def read(name: str) -> str:
    return (TOP / name).read_text()
