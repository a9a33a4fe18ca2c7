"""What `make install` fetches is decided here, to the last byte and for every platform."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LOCKS = sorted((TOP / "requirements").glob("*.txt"))
PLATFORMS = {
    "slack-bolt",
    "slack-sdk",
    "botbuilder-core",
    "botbuilder-integration-aiohttp",
    "pillow",
}


def entries(lock: Path) -> list[str]:
    """One requirement each, with its hashes, on one line and without comments."""
    lines = [line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def versions(name: str) -> set[tuple[str, str]]:
    """(distribution, version) of a lock; there may be one for older Pythons and one for newer."""
    pinned = re.compile(r"([\w.-]+)(?:\[.*?\])?==(\S+)")
    return {
        found.groups()  # type: ignore[misc] # two groups, both always there
        for entry in entries(TOP / "requirements" / f"{name}.txt")
        if (found := pinned.match(entry))
    }


def asked_for(*requirements: str) -> set[str]:
    return {re.split(r"[\[<>=; ]", line)[0] for line in requirements if line[:1].isalpha()}


def project() -> set[str]:
    return asked_for(
        *tomllib.loads((TOP / "pyproject.toml").read_text())["project"]["dependencies"]
    )


def test_there_is_a_lock_for_each_use() -> None:
    assert [lock.stem for lock in LOCKS] == ["dev", "run", "serve", "uv"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    loose = [
        entry
        for entry in entries(lock)
        if not re.fullmatch(r"[\w.\[\],-]+==\S+( ; .*?)?( +--hash=sha256:[0-9a-f]{64})+", entry)
    ]
    assert not loose


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_lock_says_where_packages_come_from(lock: Path) -> None:
    text = lock.read_text()
    assert not re.findall(r"://|--\S*index|--find-links|--trusted-host| @ |^-[a-z]", text, re.M)


@pytest.mark.parametrize("part", ["run", "serve"])
def test_what_runs_is_what_was_tested(part: str) -> None:
    assert versions(part) <= versions("dev")


def test_a_production_installation_has_everything_the_project_asks_for() -> None:
    assert project() <= {name for name, _ in versions("serve")}


def test_the_demo_is_a_part_of_the_project_without_the_platforms() -> None:
    demo = asked_for(*(TOP / "requirements" / "run.in").read_text().splitlines())
    assert demo < project()
    assert not PLATFORMS & {name for name, _ in versions("run")}
