"""The container image and docker-compose.yml, read as text: no container engine is needed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

TOP = Path(__file__).parents[2]
OURS = ["migrate", "app"]
PLACEHOLDER = re.compile(r"\$\{(\w+)(?::\?([^}]+)|:-)?\}")
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|DATABASE_URL")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((TOP / "docker-compose.yml").read_text())
    return read


@pytest.fixture(scope="module")
def dockerfile() -> list[str]:
    """Its instructions, one a line."""
    text = (TOP / "Dockerfile").read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def known_settings() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", (TOP / ".env.example").read_text(), re.M))


def test_compose_starts_a_database_its_schema_and_the_web(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"database", *OURS, "demo"}
    assert [name for name, part in compose["services"].items() if "profiles" in part] == ["demo"]
    assert compose["services"]["database"]["image"] == "postgres:17"
    words = [compose["services"][name]["command"][0] for name in OURS]
    assert words == ["migrate", "serve"]


def test_what_can_be_asked_for_its_health_is_asked(compose: dict[str, Any]) -> None:
    checks = {name: part["healthcheck"] for name, part in compose["services"].items()}
    assert "pg_isready" in checks["database"]["test"]
    assert "/readyz" in checks["app"]["test"][-1]
    assert checks["migrate"] == {"disable": True}


def test_nothing_starts_before_the_schema_is_current(compose: dict[str, Any]) -> None:
    waits = {name: compose["services"][name]["depends_on"] for name in OURS}
    assert waits["migrate"] == {"database": {"condition": "service_healthy"}}
    assert waits["app"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_keys_lie_apart_from_the_database(compose: dict[str, Any]) -> None:
    mounted = {
        name: {volume.partition(":")[0] for volume in part.get("volumes", [])}
        for name, part in compose["services"].items()
    }
    assert mounted["database"] == {"database"}
    assert mounted["app"] == {"var", "keys"}
    assert set(compose["volumes"]) == {"database", "var", "keys", "demo"}
    keyring = compose["services"]["app"]["environment"]["ITPULSE_KEYRING"]
    assert f"keys:{keyring.removeprefix('file://')}" in compose["services"]["app"]["volumes"]


def test_containers_can_change_nothing_but_their_volumes(compose: dict[str, Any]) -> None:
    for part in compose["services"].values():
        assert part["read_only"]
        assert part["security_opt"] == ["no-new-privileges:true"]
    assert all(compose["services"][name]["cap_drop"] == ["ALL"] for name in (*OURS, "demo"))


def test_only_this_machine_reaches_the_web_and_only_the_inside_the_database(
    compose: dict[str, Any],
) -> None:
    assert compose["services"]["app"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in compose["services"]["database"]
    assert compose["services"]["database"]["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}


def test_the_demo_sees_nothing_of_the_real_thing(compose: dict[str, Any]) -> None:
    demo = compose["services"]["demo"]
    assert "env_file" not in demo
    assert set(demo["environment"]) == {"DEMO_PASSWORD"}
    assert demo["volumes"] == ["demo:/srv/itpulse/var"]
    assert demo["networks"] == ["outside"]
    assert demo["ports"] == ["127.0.0.1:8080:8080"]


def test_the_demo_begins_with_its_password_and_ends_without(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    """The very line of the file, run by a shell with a stand-in for the program."""
    demo = compose["services"]["demo"]
    assert demo["entrypoint"] == ["sh", "-c"]
    (line,) = demo["command"]
    itpulse = tmp_path / "itpulse"
    itpulse.write_text('#!/bin/sh\necho "$@"\nread -r said\necho "$said"\n')
    itpulse.chmod(0o700)
    run = subprocess.run(
        ["sh", "-c", line.replace("$$", "$")],
        env={"PATH": f"{tmp_path}:/bin:/usr/bin", "DEMO_PASSWORD": "a b'c\"d"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "demo --host 0.0.0.0 --password\na b'c\"d\n"


def test_secrets_come_from_the_environment(
    compose: dict[str, Any], known_settings: set[str]
) -> None:
    for part in compose["services"].values():
        for name, value in part["environment"].items():
            placeholders = PLACEHOLDER.findall(value)
            assert placeholders or not SECRET.search(name), f"{name} is written out"
            assert {setting for setting, _ in placeholders} <= known_settings
            if part.get("profiles") is None:
                assert all(sentence for _, sentence in placeholders), f"{name} may be left empty"


def test_env_example_knows_every_setting_and_gives_no_secret(
    compose: dict[str, Any], known_settings: set[str]
) -> None:
    ours = compose["services"]["app"]["environment"]
    assert known_settings >= {*ours, "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "TEAMS_APP_ID"}
    given = re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", (TOP / ".env.example").read_text(), re.M)
    assert not [
        name
        for name, value in given
        if value and re.search(r"PASSWORD|SECRET|TOKEN$|CLIENT_ID", name)
    ]


def test_the_image_is_built_from_hashed_locks_and_carries_no_installer(
    dockerfile: list[str],
) -> None:
    stages = [line for line in dockerfile if line.startswith("FROM ")]
    base = "FROM python:3.13-slim-trixie"
    assert stages == [f"{base} AS build", base]
    fetching = next(line for line in dockerfile if "-r requirements/serve.txt" in line)
    assert fetching.count("pip install") == fetching.count("--require-hashes") == 2
    final = dockerfile[dockerfile.index(stages[1]) :]
    assert [line for line in final if line.startswith("COPY")] == [
        "COPY --from=build /opt/itpulse /opt/itpulse"
    ]


def test_the_image_can_copy_the_database_that_compose_starts(
    compose: dict[str, Any], dockerfile: list[str]
) -> None:
    major = compose["services"]["database"]["image"].removeprefix("postgres:")
    final = dockerfile[dockerfile.index("FROM python:3.13-slim-trixie") :]
    assert any(f"postgresql-client-{major} " in line for line in final)


def test_the_image_runs_as_nobody_in_particular_and_tells_its_health(dockerfile: list[str]) -> None:
    assert "USER itpulse" in dockerfile
    health = next(line for line in dockerfile if line.startswith("HEALTHCHECK"))
    assert "http://127.0.0.1:8000/healthz" in health
    assert dockerfile.index("USER itpulse") < dockerfile.index('ENTRYPOINT ["itpulse"]')
    assert dockerfile[-1] == 'CMD ["serve", "--host", "0.0.0.0"]'


def test_the_image_holds_the_rooms_and_the_roof() -> None:
    let_in = (TOP / ".dockerignore").read_text().splitlines()
    assert "*" in let_in
    kept = {line.removeprefix("!") for line in let_in if line.startswith("!")}
    assert kept == {
        *("pyproject.toml", "itpulse.py", "requirements/*.txt"),
        *("bot", "adapters", "storage", "schedules"),
    }


def test_docker_compose_reads_the_file_as_we_do(compose: dict[str, Any], tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run([docker, "compose", "version"], capture_output=True).returncode
    ):
        pytest.skip("docker with its compose plugin is not installed")
    (tmp_path / ".env").write_text(
        "POSTGRES_PASSWORD=a\nITPULSE_SECRET_KEY=b\nITPULSE_PUBLIC_URL=https://c.example\n"
    )
    shutil.copy(TOP / "docker-compose.yml", tmp_path)
    read = subprocess.run(
        [docker, "compose", "config", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    told = set(json.loads(read.stdout)["services"])
    assert told == {name for name, part in compose["services"].items() if "profiles" not in part}
