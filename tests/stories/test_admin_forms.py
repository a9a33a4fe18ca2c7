"""Every field of every form, filled in by somebody who means no good: a sentence at that field,
and nothing is changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio

from bot.domain.pulse import Question
from bot.forms.all import DEEDS, STEPS
from bot.house_rules import rules_of
from tests.asking import question_of
from tests.stories.company import WEEKLY, Company, later, open_company, staff
from tests.stories.setting_up import Admin

pytestmark = [pytest.mark.story, pytest.mark.asyncio(loop_scope="module")]

ADMIN, CLERK = "p001@example.com", "p002@example.com"
LIST: Final = "email,name,unit\nnew@example.com,New,Sales\n"
DIGEST: Final = hashlib.sha256(LIST.strip().encode()).hexdigest()[:16]

#: Form -> what it is about, and values with which it could be sent.
GOOD: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "new": ("", {"title": "A title"}),
    "duplicate": ("it-weekly", {}),
    "title": ("draft", {}),
    "audience": ("draft", {}),
    "cadence": ("draft", {}),
    "add": ("draft", {"text": "Why?", "kind": "comment"}),
    "question": ("draft:overall", {}),
    "rotate": ("draft", {}),
    "launch": ("draft", {"sure": True, "above_cap": True}),
    "close": ("it-weekly", {"sure": True}),
    "recall": ("it-weekly", {"sure": True}),
    "house": ("", {}),
    "find": ("", {"who": CLERK}),
    "person": ("2", {}),
    "gone": ("2", {"sure": True}),
    "paste": ("", {"lines": LIST}),
    "apply": (DIGEST, {"lines": LIST, "sure": True}),
    "role": ("", {"email": CLERK, "role": "lead"}),
}
DRAFT: Final = later(
    WEEKLY,
    id="draft",
    title="A draft",
    questions=(*WEEKLY.questions, Question("agree", "agree", "IT listens.")),
    bank=(Question("kind", "agree", "IT is kind."), question_of("choice", "pick")),
    rotate=1,
)
NO_TEXT: Final[tuple[Any, ...]] = (5, True, 1.5, [], ["a"], {}, {"text": "a"})
UNFIT: Final = ("a\0b", "\x1b[31mred", "\u202eabc", "half \ud800 of a pair")
#: Kind of field -> what can never stand in it.
BAD: Final[dict[str, tuple[Any, ...]]] = {
    "text": (*NO_TEXT, *UNFIT, "x" * 5_000, "two\nlines", "😀" * 501),
    "long_text": (*NO_TEXT, *UNFIT, "x" * 60_000, "\n".join(["=1+1"] * 12_000)),
    "choice": (7, True, 1.5, {}, ["a"], "nothing", "x" * 5_000, "'; DROP TABLE pulse; --"),
    "choices": (7, True, "mo", {}, ["nothing"], [["mo"]], [1], ["x" * 5_000]),
    "time": (10, True, [], {}, "25:00", "10", "10:00:00", "١٠:٠٠", "10+01", "noon", "x" * 5_000),
    "number": (True, 1.5, -1, 10**40, "many", "1e3", "９", [], {}, float("nan"), float("inf")),
    "yes_no": (1, 0, "yes", "true", [], {}, "x" * 5_000),
}
EMPTY: Final = (None, "")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Company]:
    """One for all: nothing is ever changed in it."""
    folder = tmp_path_factory.mktemp("forms")
    async with open_company(folder, f"sqlite:///{folder / 'itpulse.sqlite'}") as opened:
        await opened.hire(*staff(25), *staff(2, first=201, zone="America/New_York"))
        await opened.grant(ADMIN, "admin")
        await opened.ask(WEEKLY, DRAFT)
        await opened.house.store.run(lambda tx: tx.pulses.set_state("draft", "draft"))
        await opened.at("2026-11-24T12:00:00+00:00")
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
            tx.deliveries.of_round("it-weekly@2026-11-24"),
        ]
    )


async def opened(company: Company, name: str) -> Admin:
    admin = Admin(company, ADMIN)
    about, values = GOOD[name]
    await admin.uses(f"form||{name}:{about}")
    assert admin.form, admin.refusal
    for field in admin.form["fields"]:
        field["value"] = values.get(field["id"], field.get("value"))
    return admin


async def test_every_form_is_tried() -> None:
    assert GOOD.keys() == STEPS.keys()


@pytest.mark.parametrize("name", list(GOOD))
async def test_what_cannot_be_is_told_at_its_field_and_changes_nothing(
    name: str, company: Company
) -> None:
    admin = await opened(company, name)
    before = await everything(company)
    for field in list(admin.form["fields"]):
        empty = (*EMPTY, " \n ") if field["kind"] in ("text", "long_text") else EMPTY
        for value in (*BAD[field["kind"]], *(empty if field["required"] else ())):
            await admin.sends(**{field["id"]: value})
            assert list(admin.errors) == [field["id"]], (field["id"], value, admin.refusal)
            told = admin.errors[field["id"]]
            assert told[0].isupper() or told[0] == "“"
            assert told.endswith((".", "!", "?"))
            assert len(told) < 400
    await admin.sends(nothing="1", **{"\ud800": 2})
    assert set(admin.errors) == {"nothing", "\ud800"}
    assert await everything(company) == before


@pytest.mark.parametrize("name", list(GOOD))
async def test_whoever_is_no_admin_neither_opens_nor_sends_it(name: str, company: Company) -> None:
    admin = await opened(company, name)
    before = await everything(company)
    clerk = Admin(company, CLERK)
    clerk.form = admin.form
    await clerk.sends()
    assert clerk.refusal
    assert clerk.refusal.startswith("That is for admins")
    await clerk.uses(admin.form["ref"])
    assert clerk.refusal.startswith("That is for admins")
    assert await everything(company) == before


@pytest.mark.parametrize("name", list(GOOD))
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


#: Form, values that contradict each other or what is known, and the field at which that is said.
CONTRADICTIONS: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    ("new", {"start": "own"}, "text"),
    ("new", {"start": "own", "text": "Why?"}, "kind"),
    ("new", {"start": "service"}, "name"),
    ("new", {"start": "satisfaction", "name": "SAP"}, "name"),
    ("new", {"start": "service", "name": "x" * 61}, "name"),
    ("new", {"text": "My own?"}, "text"),
    ("new", {"title": "x" * 76}, "title"),
    ("title", {"smallest_group": 4}, "smallest_group"),
    ("title", {"smallest_group": 1_001}, "smallest_group"),
    ("title", {"title": "x" * 76}, "title"),
    ("audience", {"everyone": False}, "everyone"),
    ("audience", {"units": "Finance"}, "units"),
    ("audience", {"everyone": False, "units": "Nowhere"}, "units"),
    ("audience", {"everyone": False, "emails": "nobody@example.com"}, "emails"),
    ("audience", {"except_units": "Finance"}, "everyone"),
    ("audience", {"except_roles": "x" * 400}, "except_roles"),
    ("cadence", {"words": "now and then"}, "words"),
    ("cadence", {"words": "every Tuesday at 11:00"}, "words"),
    ("cadence", {"words": "on 30 February 2027"}, "words"),
    ("cadence", {"open": 0}, "open"),
    ("cadence", {"open": 21}, "open"),
    ("cadence", {"reminders": 3}, "reminders"),
    ("add", {"text": "", "kind": None}, "text"),
    ("add", {"kind": None}, "kind"),
    ("add", {"kind": "choice"}, "options"),
    ("add", {"options": "One\nTwo"}, "options"),
    ("add", {"kind": "choice", "options": "\n".join(map(str, range(20)))}, "options"),
    ("add", {"kind": "choice", "options": "x" * 200}, "options"),
    ("add", {"text": "x" * 400}, "text"),
    ("add", {"from": "effort.effort"}, "text"),
    ("add", {"from": "service.reliable", "text": "", "kind": None}, "name"),
    ("question", {"text": "x" * 400}, "text"),
    ("question", {"low": "x" * 400}, "low"),
    ("question", {"reasons": "x" * 200}, "reasons"),
    ("question", {"place": 0}, "place"),
    ("question", {"place": 5}, "place"),
    ("question", {"place": 2, "turns": True}, "place"),
    ("question", {"remove": True, "turns": True}, "remove"),
    ("question", {"remove": True, "place": 2}, "remove"),
    ("rotate", {"rotate": 0}, "rotate"),
    ("rotate", {"rotate": 3}, "rotate"),
    ("add", {"from": "service", "text": "", "kind": None, "name": "A\nB\nC"}, "from"),
    ("new", {"start": "service", "name": "\n".join(map(str, range(17)))}, "name"),
    ("launch", {"sure": False}, "sure"),
    ("launch", {"above_cap": False}, "above_cap"),
    ("close", {"sure": False}, "sure"),
    ("recall", {"sure": False}, "sure"),
    ("house", {"country": "ZZ"}, "country"),
    ("house", {"earliest": "18:00", "latest": "08:00"}, "latest"),
    ("house", {"questions_a_week": 0}, "questions_a_week"),
    ("house", {"questions_a_week": 11}, "questions_a_week"),
    ("house", {"cooldown_days": 29}, "cooldown_days"),
    ("house", {"working_days": []}, "working_days"),
    ("house", {"blackouts": "Christmas"}, "blackouts"),
    ("house", {"blackouts": "2026-12-24 to 2026-12-20 Backwards"}, "blackouts"),
    ("house", {"blackouts": "2026-12-24 to 2027-12-20 A whole year"}, "blackouts"),
    ("house", {"blackouts": "2026-02-30 No such day"}, "blackouts"),
    ("find", {"who": "nobody@example.com"}, "who"),
    ("person", {"timezone": "Mars/Olympus"}, "timezone"),
    ("person", {"country": "Germany"}, "country"),
    ("person", {"language": "German, please"}, "language"),
    ("person", {"manager_email": "the boss"}, "manager_email"),
    ("person", {"unit": "x" * 201}, "unit"),
    ("gone", {"sure": False}, "sure"),
    ("paste", {"lines": "Dear colleagues"}, "lines"),
    ("paste", {"lines": "email,name\nnobody,X"}, "lines"),
    ("paste", {"lines": "email,name\np002@example.com,Person 002"}, "lines"),
    ("apply", {"sure": False}, "sure"),
    ("role", {"email": "nobody@example.com"}, "email"),
    ("role", {"role": "editor", "units": "Finance"}, "units"),
    ("role", {"units": "Nowhere"}, "units"),
    ("role", {"way": "take"}, "role"),
    ("role", {"email": ADMIN, "role": "admin"}, "role"),
    ("role", {"email": ADMIN, "role": "admin", "way": "take"}, "role"),
)


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
