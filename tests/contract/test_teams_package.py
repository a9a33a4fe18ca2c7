"""The Teams app: a zip that the admin center takes."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adapters.teams import icons, package
from bot.commands import COMMANDS
from bot.errors import Fault
from tests.contract.terminal import Terminal

SCHEMAS = (
    Path(__file__).parents[2]
    / ".tools/node/node_modules/@microsoft/app-manifest/build/json-schemas/teams"
)
APP = "11111111-2222-3333-4444-555555555555"
ENVIRON = {"TEAMS_APP_ID": APP, "ITPULSE_PUBLIC_URL": "https://itpulse.example.com:8443/pulse"}


def unpacked() -> tuple[dict[str, Any], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(package(ENVIRON))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("manifest.json")), files


def test_the_app_names_the_bot_the_domain_and_its_icons() -> None:
    manifest, files = unpacked()
    [bot] = manifest["bots"]
    assert manifest["id"] == bot["botId"] == APP
    assert manifest["validDomains"] == ["itpulse.example.com"]
    assert set(manifest["icons"].values()) == set(files)
    assert bot["scopes"] == ["personal", "team"]
    assert manifest["manifestVersion"] in manifest["$schema"]


@pytest.mark.skipif(
    not SCHEMAS.exists(), reason="npm's @microsoft/app-manifest is not in .tools/node (see .ci/run)"
)
def test_the_manifest_follows_microsofts_published_schema() -> None:
    manifest, _ = unpacked()
    file = SCHEMAS / f"v{manifest['manifestVersion']}" / "MicrosoftTeams.schema.json"
    schema = json.loads(file.read_text(encoding="utf-8-sig"))
    checked = jsonschema.validators.validator_for(schema)(schema)
    assert [fault.message for fault in checked.iter_errors(manifest)] == []
    spoiled = {**manifest, "bots": [{"botId": "my bot"}]}
    assert [*checked.iter_errors(spoiled)]


def test_what_has_a_limit_keeps_to_it() -> None:
    manifest, _ = unpacked()
    assert len(manifest["name"]["short"]) <= 30
    assert len(manifest["description"]["short"]) <= 80
    assert len(manifest["developer"]["name"]) <= 32
    [listed] = manifest["bots"][0]["commandLists"]
    assert 1 <= len(listed["commands"]) <= 10
    for command in listed["commands"]:
        assert command["title"] in COMMANDS
        assert len(command["title"]) <= 32
        assert 1 <= len(command["description"]) <= 128


def test_what_everybody_may_say_is_listed_first() -> None:
    manifest, _ = unpacked()
    listed = [c["title"] for c in manifest["bots"][0]["commandLists"][0]["commands"]]
    everybody = [word for word, command in COMMANDS.items() if not command.needs]
    assert set(listed[: len(everybody)]) == set(everybody[:10])


@pytest.mark.parametrize(("icon", "size"), [(icons.color(), 192), (icons.outline(), 32)])
def test_an_icon_is_a_whole_picture_of_the_size_teams_asks_for(icon: bytes, size: int) -> None:
    assert icon.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", icon[16:24]) == (size, size)
    length = struct.unpack(">I", icon[33:37])[0]
    assert len(zlib.decompress(icon[41 : 41 + length])) == size * (size * 4 + 1)


def test_the_outline_is_white_on_nothing() -> None:
    icon = icons.outline()
    length = struct.unpack(">I", icon[33:37])[0]
    rows = zlib.decompress(icon[41 : 41 + length])
    pixels = [rows[y * 129 + 1 + x * 4 :][:4] for y in range(32) for x in range(32)]
    assert {pixel[:3] for pixel in pixels} == {b"\xff\xff\xff"}
    assert {0, 255} <= {pixel[3] for pixel in pixels}


def test_the_same_settings_give_the_same_app() -> None:
    assert package(ENVIRON) == package(ENVIRON)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, ["TEAMS_APP_ID", "ITPULSE_PUBLIC_URL"]),
        ({**ENVIRON, "TEAMS_APP_ID": "my bot"}, ["TEAMS_APP_ID"]),
        ({**ENVIRON, "ITPULSE_PUBLIC_URL": "http://itpulse.example.com"}, ["ITPULSE_PUBLIC_URL"]),
        ({**ENVIRON, "ITPULSE_PUBLIC_URL": "https://["}, ["ITPULSE_PUBLIC_URL"]),
    ],
)
def test_what_is_missing_is_said(environ: dict[str, str], named: list[str]) -> None:
    with pytest.raises(Fault) as raised:
        package(environ)
    assert [line.split()[0] for line in raised.value.lines] == named


def test_the_word_writes_the_file_and_says_where_it_goes(tmp_path: Path) -> None:
    told = Terminal(tmp_path / "var")("teams", "package", "--output", str(tmp_path / "app.zip"))
    assert told.exit_code == 0
    assert (tmp_path / "app.zip").read_bytes() == b"the app"
    assert "Teams admin center" in told.stdout
