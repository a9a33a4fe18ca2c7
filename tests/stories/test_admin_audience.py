"""Whom a pulse asks, as an admin says it: pasted lists, left out again, and what is too small."""

from __future__ import annotations

import pytest

from bot.domain.pulse import Audience
from tests.stories.company import WEEKLY, Company, later, staff
from tests.stories.setting_up import Admin

pytestmark = pytest.mark.story

ADMIN = "p001@example.com"


@pytest.fixture
def company(company_on_sqlite: Company) -> Company:
    return company_on_sqlite


async def asked(company: Company) -> Admin:
    """The form of whom the weekly pulse asks, open."""
    await company.hire(*staff(25), *staff(6, "Legal", first=101), *staff(3, "Sales", first=201))
    await company.grant(ADMIN, "admin")
    await company.ask(WEEKLY)
    admin = Admin(company, ADMIN)
    await admin.says("pulse it-weekly")
    await admin.presses("Whom it asks")
    return admin


async def audience(company: Company) -> Audience:
    pulse = await company.house.store.read(lambda tx: tx.pulses.get("it-weekly"))
    assert pulse
    return pulse.audience


async def test_a_pasted_list_is_taken_however_it_was_written(company: Company) -> None:
    admin = await asked(company)
    pasted = (
        "P002@example.com, p003@example.com; p004@example.com\n"
        'Person 005 <p005@example.com>; "006, Person" <p006@example.com>\n\n'
        "p002@example.com\tp007@example.com,"
    )
    await admin.sends(everyone=False, emails=pasted, except_emails="p004@example.com,")
    assert not admin.errors
    assert "Asks: 6 e-mails, except p004@example.com (5 people)" in admin.seen
    emails = tuple(f"p{number:03}@example.com" for number in range(2, 8))
    assert await audience(company) == Audience(
        emails=emails, excluded=Audience(emails=("p004@example.com",))
    )


async def test_each_address_nobody_has_is_named_and_nothing_is_changed(company: Company) -> None:
    admin = await asked(company)
    pasted = "p002@example.com, p999@example.com\nNobody <nobody@example.com>\np003@example.com"
    for field in ("emails", "except_emails"):
        await admin.sends(everyone=field != "emails", **{field: pasted})
        assert admin.errors == {
            field: "Nobody in the people list has “p999@example.com”, “nobody@example.com”. "
            "2 of 4 were found. Check the spelling, or leave them out."
        }
    await admin.sends(everyone=False, emails=",".join(f"x{n}@example.com" for n in range(40)))
    assert "“x9@example.com” and 30 others. 0 of 40 were found." in admin.errors["emails"]
    assert await audience(company) == WEEKLY.audience


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ({}, "Legal (6), Sales (3)"),
        ({"except_emails": "p101@example.com p102@example.com"}, "Legal (4), Sales (3)"),
        ({"except_units": "Sales"}, ""),
        (
            {
                "everyone": False,
                "units": "Finance",
                "emails": "p101@example.com,p102@example.com",
            },
            "Finance (25), Legal (2)",
        ),
    ],
)
async def test_who_is_too_few_to_be_shown_is_told_with_lists_and_exclusions(
    values: dict[str, object], hidden: str, company: Company
) -> None:
    admin = await asked(company)
    await admin.sends(**values)
    assert not admin.errors
    await admin.presses("Its load")
    small = admin.seen.partition("too few are in them or beside them: ")[2]
    assert small.startswith(hidden)
    assert bool(small) == bool(hidden)


async def test_a_list_of_fewer_than_a_round_takes_is_told(company: Company) -> None:
    admin = await asked(company)
    await admin.sends(everyone=False, emails="p002@example.com, p003@example.com")
    assert "It invites 2 people, and a confidential round takes at least 20" in admin.seen
    await admin.presses("Its load")
    assert "It invites 2 people" in admin.seen


async def test_a_list_too_long_for_its_field_is_said_to_be_left(company: Company) -> None:
    admin = await asked(company)
    await company.hire(*staff(200, first=301))
    emails = tuple(f"p{number:03}@example.com" for number in range(301, 501))
    await company.ask(later(WEEKLY, audience=Audience(emails=emails)))
    await admin.presses("Whom it asks")
    assert "A list of 200 is too long to be shown here" in admin.form["fields"][0]["hint"]
    assert "emails" not in {field["id"] for field in admin.form["fields"]}
    await admin.sends(except_emails="p301@example.com")
    assert "Asks: 200 e-mails, except p301@example.com (199 people)" in admin.seen
    left_out = Audience(emails=("p301@example.com",))
    assert await audience(company) == Audience(emails=emails, excluded=left_out)
