"""Which room may know which, and the words that hide a missing noun."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.libraries import Libraries

TOP = Path(__file__).parents[2]
ROOMS = ["bot", "adapters", "storage", "schedules", "tests", "benchmarks"]
WORDS = {"manager", "service", "handler", "helper", "util", "data", "process", "impl"}
FIRST_WORDS = {"base", "abstract"}
#: Names with such a word in them that hide nothing, each with its reason.
ACCEPTED = {
    "InProcess": "where jobs run, as against on a queue",
    "process_activity": "botbuilder calls it so",
    "process_bind_param": "SQLAlchemy calls it so",
    "process_result_value": "SQLAlchemy calls it so",
}


def sources() -> list[Path]:
    return [
        *TOP.glob("*.py"),
        *(path for room in ROOMS for path in sorted((TOP / room).rglob("*.py"))),
    ]


def test_every_room_keeps_its_doors() -> None:
    command = "import sys; from importlinter.cli import lint_imports as go; sys.exit(go())"
    seen = subprocess.run(
        [sys.executable, "-c", command], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert seen.returncode == 0, seen.stdout + seen.stderr


@pytest.mark.parametrize(
    ("importer", "library", "allowed"),
    [
        ("bot.domain.cadence", "dateutil.rrule", True),
        ("bot.domain.cadence", "datetime", True),
        ("bot.domain.cadence", "os.path", False),
        ("bot.domain.cadence", "sqlalchemy", False),
        ("bot.voice.sentiment", "textblob.en", True),
        ("bot.voices", "textblob", False),
        ("storage.people", "os", True),
        ("adapters.slack", "aiohttp.web", True),
        ("adapters.slack.render", "slack_sdk", True),
        ("adapters.simulator", "slack_sdk", False),
    ],
)
def test_a_room_imports_what_it_lists_and_no_more(
    importer: str, library: str, allowed: bool
) -> None:
    rooms = [
        "bot: dateutil",
        "bot.voice: textblob",
        "adapters: aiohttp",
        "adapters.slack: slack_sdk",
    ]
    options = {"rooms": rooms, "refused": ["bot: os"]}
    assert Libraries("libraries", {}, options).may_import(importer, library) is allowed


def test_no_name_hides_its_noun() -> None:
    hiding = [f"{where}: {name}" for where, name in names() if hides_its_noun(name)]
    assert not hiding, "\n".join(hiding)


@pytest.mark.parametrize(
    ("name", "hides"),
    [
        ("PulseManager", True),
        ("handlers", True),
        ("BaseCard", True),
        ("card_base", False),
        ("dataclass_fields", False),
        ("EngineImpl", True),
        ("HTTPService", True),
        ("Database", False),
    ],
)
def test_a_name_is_read_word_by_word(name: str, hides: bool) -> None:
    assert hides_its_noun(name) is hides


def test_tests_neither_mock_nor_sleep() -> None:
    found = [
        f"{path.relative_to(TOP)}: {ast.unparse(node)}"
        for path in sorted((TOP / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if mocks(node) or sleeps(node)
    ]
    assert not found, "\n".join(found)


def names() -> Iterator[tuple[str, str]]:
    """Of files, folders, classes and functions, each with where it is."""
    for path in sources():
        where = str(path.relative_to(TOP))
        yield from ((where, part) for part in path.relative_to(TOP).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{where}:{node.lineno}", node.name


def hides_its_noun(name: str) -> bool:
    """A test's name is a sentence and may say what it likes."""
    if name in ACCEPTED or name.startswith("test_"):
        return False
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    lower = [word.lower() for word in words]
    return bool(
        WORDS & {*lower, *(word.removesuffix("s") for word in lower)}
        or FIRST_WORDS & set(lower[:1])
    )


def mocks(node: ast.AST) -> bool:
    return (isinstance(node, ast.ImportFrom) and node.module in {"unittest", "unittest.mock"}) or (
        isinstance(node, ast.Import) and any(a.name.startswith("unittest") for a in node.names)
    )


def sleeps(node: ast.AST) -> bool:
    """Giving way to other tasks for no time, `asyncio.sleep(0)`, is no sleep."""
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"time.sleep", "asyncio.sleep"}
        and [ast.unparse(argument) for argument in node.args] != ["0"]
    )
