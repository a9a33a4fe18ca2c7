"""Which settings connect Teams, and what is said where one is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from adapters.teams.settings import FASTEST, SERVICES, Settings
from bot.errors import Fault

WHOLE = {"TEAMS_APP_ID": "app", "TEAMS_APP_PASSWORD": "secret", "TEAMS_TENANT_ID": "tenant"}


def test_a_single_tenants_app_needs_three_settings() -> None:
    settings = Settings.read(WHOLE)
    assert (settings.app_type, settings.tenant, settings.services) == (
        "SingleTenant",
        "tenant",
        SERVICES,
    )


def test_an_app_of_many_tenants_signs_in_where_all_such_apps_do() -> None:
    settings = Settings.read({**WHOLE, "TEAMS_APP_TYPE": "MultiTenant"})
    assert settings.tenant == "botframework.com"


def test_colleagues_are_the_people_of_the_tenants_that_are_named() -> None:
    several = {**WHOLE, "TEAMS_APP_TYPE": "MultiTenant", "TEAMS_TENANT_ID": "One, two"}
    settings = Settings.read(several)
    asked = ("one", "TWO", "three", "")
    assert [settings.hosts(tenant) for tenant in asked] == [True, True, False, False]
    assert not Settings.read(WHOLE).hosts("another")


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("SingleTenant", ["TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"]),
        ("MultiTenant", ["TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"]),
        ("UserAssignedMSI", ["TEAMS_TENANT_ID"]),
    ],
)
def test_what_is_missing_is_said_with_where_it_is(kind: str, missing: list[str]) -> None:
    with pytest.raises(Fault) as raised:
        Settings.read({"TEAMS_APP_ID": "app", "TEAMS_APP_TYPE": kind})
    assert [line.split()[0] for line in raised.value.lines] == missing
    assert all(" › " in line for line in raised.value.lines)


@pytest.mark.parametrize(
    "extra",
    [
        {"TEAMS_APP_TYPE": "Managed"},
        {"TEAMS_PACE": "fast"},
        {"TEAMS_SERVICE_URLS": "http://smba.example.com/"},
    ],
)
def test_an_odd_value_is_told_without_being_repeated(extra: dict[str, str]) -> None:
    with pytest.raises(Fault) as raised:
        Settings.read({**WHOLE, **extra})
    assert next(iter(extra.values())) not in str(raised.value)


def test_the_pace_never_goes_near_microsofts_own_limit() -> None:
    assert Settings.read({**WHOLE, "TEAMS_PACE": "900"}).per_second == FASTEST
    assert Settings.read({**WHOLE, "TEAMS_PACE": "2.5"}).per_second == 2.5


@pytest.mark.parametrize(
    ("address", "served"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://smba.trafficmanager.net/amer/some-tenant/", True),
        ("https://smba.trafficmanager.net", True),
        ("https://SMBA.trafficmanager.net/", True),
        ("http://smba.trafficmanager.net/emea/", False),
        ("https://smba.trafficmanager.net:8443/emea/", False),
        ("https://smba.trafficmanager.net.example.com/", False),
        ("https://smba.trafficmanager.net@example.com/", False),
        ("https://example.com/smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net/emea/?to=x", False),
        ("https://smba.trafficmanager.net/emea/../x", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_listed_addresses_are_served(address: str, served: bool) -> None:
    assert Settings.read(WHOLE).serves(address) is served


def test_a_listed_path_serves_what_is_below_it() -> None:
    settings = Settings.read(
        {**WHOLE, "TEAMS_SERVICE_URLS": "https://a.example/emea, https://b.example"}
    )
    assert settings.serves("https://a.example/emea/x/")
    assert not settings.serves("https://a.example/emea2/")
    assert settings.serves("https://b.example/")


def test_the_library_is_loaded_only_where_teams_is_connected() -> None:
    loaded = "[m for m in sys.modules if 'botb' in m or 'msrest' in m]"
    code = f"import adapters.teams, sys; print({loaded})"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"
