"""A house's own themes, from the file that a setting names: used everywhere, or refused whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import itpulse
from adapters.themes import NAME, checked, put_to_use
from bot.errors import Fault
from bot.voice import label, shipped, theme_ids, themes, use
from schedules.close_rounds import listener

FLEET = '[fleet]\nlabel = "Company cars"\nkeywords = ["car", "charging-station"]\n'


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    use(shipped())


def file(folder: Path, text: str | bytes) -> dict[str, str]:
    path = folder / "themes.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return {NAME: str(path)}


def test_own_themes_are_what_comments_are_filed_under(tmp_path: Path) -> None:
    put_to_use(file(tmp_path, "\ufeff" + FLEET))
    assert "fleet" in listener(set())("No charging station at the depot").themes
    assert label("fleet") == "Company cars"
    [found] = checked(file(tmp_path, FLEET))
    assert (found.verdict, found.what) == (
        "ok",
        f"themes: 13, to 1 of which {NAME} adds keywords",
    )


def test_without_the_setting_there_are_the_twelve(tmp_path: Path) -> None:
    put_to_use({})
    put_to_use({NAME: ""})
    assert len(theme_ids()) == 12
    assert list(checked({})) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fleet", "themes.toml: The themes are not valid TOML"),
        (FLEET + "[taxi]\nkeywords = ['c++']", "themes.toml: [taxi]: a new theme needs a label"),
        ("[network]\nwords = ['x']", "themes.toml: [network]: words is unknown"),
        (b"[fl\xffeet]", "themes.toml: is not UTF-8; save it as UTF-8."),
    ],
)
def test_a_file_that_cannot_be_used_is_said_and_changes_nothing(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    environ = file(tmp_path, text)
    with pytest.raises(Fault) as refused:
        put_to_use(environ)
    assert refused.value.lines[0].startswith(said)
    assert themes("The car is parked") == ()
    findings = list(checked(environ))
    assert [f.what for f in findings] == [f"themes: {line}" for line in refused.value.lines]
    assert all(f.verdict == "bad" and "docs/voice.md" in f.todo for f in findings)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"ITPULSE_THEMES names .*nowhere\.toml: No such file"):
        put_to_use({NAME: str(tmp_path / "nowhere.toml")})
    with pytest.raises(Fault, match="Is a directory"):
        put_to_use({NAME: str(tmp_path)})


async def test_a_house_opens_with_its_themes_and_not_with_a_broken_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ITPULSE_DATABASE_URL", "ITPULSE_KEYRING", "ITPULSE_METRICS_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(NAME, file(tmp_path, "[fleet")[NAME])
    with pytest.raises(Fault):
        async with itpulse.open_house(tmp_path / "var"):
            pass
    assert [p.name for p in (tmp_path / "var").iterdir()] == []
    assert any(f.what.startswith("themes: themes.toml") for f in await itpulse.examine(tmp_path))
    file(tmp_path, FLEET)
    async with itpulse.open_house(tmp_path / "var"):
        assert "fleet" in theme_ids()
