"""Every field of every form, filled in by somebody who means no good: a sentence at that field,
and nothing is changed.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

import bot.forms
from bot.domain.files.pulse_text import BANDS
from bot.forms.all import DEEDS, STEPS
from bot.forms.pulse_audience import EXCEPT, PLACES
from bot.house_rules import rules_of
from bot.turn import FOR_WHOM
from tests.contract.samples import RELEASED
from tests.stories.company import WEEKLY, Company, open_company, staff
from tests.stories.form_values import (
    ADMIN,
    BAD,
    CLERK,
    COMMENT,
    CONTRADICTIONS,
    DRAFT,
    HUGE,
    NO_TEXT,
    WAYS,
    WORDS,
    empty,
)
from tests.stories.setting_up import Admin

pytestmark = [pytest.mark.story, pytest.mark.asyncio(loop_scope="module")]

ROUND = "it-weekly@2026-11-24"
every_way = pytest.mark.parametrize(
    ("name", "about"), [(name, about) for name, ways in WAYS.items() for about in ways]
)


@asynccontextmanager
async def forms_in(folder: Path) -> AsyncIterator[Company]:
    """With a round that is open, a draft with questions of every shape, and a comment."""
    async with open_company(folder, f"sqlite:///{folder / 'itpulse.sqlite'}") as opened:
        await opened.hire(*staff(25), *staff(2, first=201, zone="America/New_York"))
        await opened.grant(ADMIN, "admin")
        await opened.ask(WEEKLY, DRAFT)
        await opened.house.store.run(lambda tx: tx.pulses.set_state("draft", "draft"))
        await opened.at("2026-11-24T12:00:00+00:00")
        await opened.house.store.run(
            lambda tx: tx.releases.publish(RELEASED, [], [], [COMMENT], [])
        )
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Company]:
    """One for all: nothing is ever changed in it."""
    async with forms_in(tmp_path_factory.mktemp("forms")) as opened:
        yield opened


async def everything(company: Company) -> list[Any]:
    return await company.house.store.read(
        lambda tx: [
            tx.pulses.all(),
            tx.pulses.states(),
            tx.people.all(),
            rules_of(tx),
            tx.audit.newest(999),
            [(r.state, r.early_at) for r in tx.rounds.of_pulse("it-weekly")],
            tx.deliveries.of_round(ROUND),
            tx.named.grumbles(99),
            tx.releases.text(COMMENT.id),
            *(tx.ballots.after(round.id, b"", 99) for round in tx.rounds.in_state("open")),
        ]
    )


async def opened(company: Company, name: str, about: str | None = None) -> Admin:
    admin = Admin(company, ADMIN)
    about = next(iter(WAYS[name])) if about is None else about
    await admin.uses(f"form||{name}:{about}")
    assert admin.form, admin.refusal
    for field in admin.form["fields"]:
        field["value"] = WAYS[name][about].get(field["id"], field.get("value"))
    return admin


def files_of_forms() -> Iterator[Any]:
    for found in pkgutil.iter_modules(bot.forms.__path__):
        yield importlib.import_module(f"bot.forms.{found.name}")


async def test_every_form_of_every_file_is_tried() -> None:
    files = [file for file in files_of_forms() if file.__name__ != "bot.forms.all"]
    steps = [name for file in files for name in getattr(file, "STEPS", ())]
    assert sorted(steps) == sorted(STEPS)
    assert sorted(n for file in files for n in getattr(file, "DEEDS", ())) == sorted(DEEDS)
    assert WAYS.keys() == STEPS.keys()
    assert {name for name, _, _ in CONTRADICTIONS} == STEPS.keys()


def fields_written() -> set[str]:
    """Ids of fields as they stand in the files of forms."""
    calls = (
        node
        for file in files_of_forms()
        for node in ast.walk(ast.parse(Path(file.__file__).read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
    )
    first = [call.args[0] for call in calls if call.func.id in ("Field", "_options_field")]  # type: ignore[attr-defined]
    return {str(id.value) for id in first if isinstance(id, ast.Constant)}


async def test_every_field_a_form_can_have_is_tried(company: Company) -> None:
    tried = {
        field["id"]
        for name, ways in WAYS.items()
        for about in ways
        for field in (await opened(company, name, about)).form["fields"]
    }
    assert fields_written() | {*BANDS, *PLACES, *(EXCEPT + place for place in PLACES)} <= tried


@every_way
async def test_what_cannot_be_is_told_at_its_field_and_changes_nothing(
    name: str, about: str, company: Company
) -> None:
    admin = await opened(company, name, about)
    before = await everything(company)
    for field in list(admin.form["fields"]):
        kind = field["kind"]
        huge = (HUGE[kind],) if kind in HUGE else ()
        for value in (*BAD[kind], *huge, *(empty(kind) if field["required"] else ())):
            await admin.sends(**{field["id"]: value})
            assert list(admin.errors) == [field["id"]], (field["id"], value, admin.refusal)
            told = admin.errors[field["id"]]
            assert told[0].isupper() or told[0].isdigit() or told[0] == "“"
            assert told.endswith((".", "!", "?"))
            assert len(told) < 400
    await admin.sends(nothing="1", **{"\ud800": 2})
    assert set(admin.errors) == {"nothing", "\ud800"}
    assert await everything(company) == before


async def test_what_is_fit_is_taken_by_every_form(tmp_path: Path) -> None:
    async with forms_in(tmp_path) as company:
        for name, ways in WAYS.items():
            for about in ways:
                admin = await opened(company, name, about)
                told = await admin.sends()
                assert (admin.errors, admin.refusal) == ({}, None), name
                assert told["messages"] or told["form"], name


async def test_a_hostile_word_is_a_word_or_told_at_its_field(tmp_path: Path) -> None:
    async with forms_in(tmp_path) as company:
        for name, ways in WAYS.items():
            for about in ways:
                await _try_words(company, name, about)


async def _try_words(company: Company, name: str, about: str) -> None:
    for word in WORDS:
        await company.ask(DRAFT)  # As it was: there is only so much room in it.
        admin = await opened(company, name, about)
        for field in [f for f in admin.form["fields"] if f["kind"] in ("text", "long_text")]:
            before = str(await everything(company))
            await admin.sends(**{field["id"]: word})
            assert admin.refusal is None, (name, field["id"], word)
            after = str(await everything(company))
            if admin.errors:
                assert (list(admin.errors), after) == ([field["id"]], before)
            else:
                assert repr(word)[1:-1] in after, (name, field["id"], word)


@pytest.mark.parametrize("name", list(WAYS))
async def test_whoever_is_no_admin_neither_opens_nor_sends_it(name: str, company: Company) -> None:
    admin = await opened(company, name)
    before = await everything(company)
    clerk = Admin(company, CLERK)
    clerk.form = admin.form
    needs = STEPS[name].needs
    assert needs
    await clerk.sends()
    assert clerk.refusal == FOR_WHOM[needs]
    await clerk.uses(admin.form["ref"])
    assert clerk.refusal == FOR_WHOM[needs]
    assert await everything(company) == before


@pytest.mark.parametrize("name", list(WAYS))
async def test_a_form_about_nothing_is_refused_kindly(name: str, company: Company) -> None:
    before = await everything(company)
    for about in ("nothing", "", "9" * 30, "٣", "draft:nothing", "😀", "x" * 100):
        admin = Admin(company, ADMIN)
        await admin.uses(f"form||{name}:{about}")
        assert admin.form or admin.refusal
    assert await everything(company) == before


@pytest.mark.parametrize("name", [name for name, deed in DEEDS.items() if deed.needs])
async def test_a_button_is_for_those_it_is_for(name: str, company: Company) -> None:
    before = await everything(company)
    clerk = Admin(company, CLERK)
    await clerk.uses(f"do||{name}:it-weekly")
    assert clerk.refusal
    assert clerk.refusal.startswith("That is for admins")
    admin = Admin(company, ADMIN)
    for about in ("nothing", "", "9" * 30, "draft:nothing"):
        await admin.uses(f"do||{name}:{about}")
        assert admin.card or admin.refusal
    assert await everything(company) == before


async def test_a_form_nobody_knows_is_refused(company: Company) -> None:
    admin = Admin(company, ADMIN)
    for ref in ("form||nothing:x", "form||", "do||nothing:", "do||"):
        await admin.uses(ref)
        assert admin.refusal
        assert "I don't know that button" in admin.refusal


@pytest.mark.parametrize(("name", "values", "field"), CONTRADICTIONS)
async def test_what_contradicts_itself_is_told_at_a_field_and_changes_nothing(
    name: str, values: dict[str, Any], field: str, company: Company
) -> None:
    before = await everything(company)
    admin = await opened(company, name)
    await admin.sends(**values)
    assert list(admin.errors) == [field], admin.refusal or admin.card
    assert admin.errors[field].endswith(".")
    assert await everything(company) == before


@pytest.mark.parametrize(
    "ref",
    ["grumble||named", "grumble||confidential", "grumble||checked", f"answer|{ROUND}|words"],
)
async def test_words_of_ones_own_that_cannot_be_are_told_at_their_field(
    ref: str, company: Company
) -> None:
    before = await everything(company)
    for value in (*NO_TEXT, "x" * 1_001, "😀" * 501, "\n".join(["=1+1"] * 12_000)):
        told = await company.says(CLERK, submit=ref, values={"text": value})
        assert list(told["errors"]) == ["text"], (value, told)
        assert told["errors"]["text"].endswith(".")
    assert await everything(company) == before
