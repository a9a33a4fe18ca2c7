"""Examples of what a text is about, and what the taxonomy promises."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Fault
from bot.voice import label, shipped, theme_ids, themes, use

IDS = (
    *("access", "applications", "collaboration", "communication", "cost", "delivery"),
    *("hardware", "network", "security", "service-desk", "technology", "training"),
)


def test_the_taxonomy_holds_the_twelve_themes_in_order() -> None:
    assert theme_ids() == IDS


def test_every_theme_has_a_label_of_its_own_in_plain_words() -> None:
    labels = [label(theme) for theme in theme_ids()]
    assert len(set(labels)) == len(IDS)
    assert all(name[0].isupper() and "-" not in name.replace("E-mail", "") for name in labels)


def test_a_theme_that_is_gone_names_itself() -> None:
    assert label("telegraphy") == "telegraphy"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("VPN drops every day", "network"),
        ("The WiFi is gone again", "network"),
        ("wi-fi on the train", "network"),
        ("no Wi Fi here", "network"),
        ("I keep getting disconnected", "network"),
        ("My docking station whistles", "hardware"),
        ("new laptops arrived", "hardware"),
        ("Printing takes ages", "hardware"),
        ("My mailbox is full", "collaboration"),
        ("OneDrive ate my slides", "collaboration"),
        ("forgot my password", "access"),
        ("I cannot log in", "access"),
        ("Still no login", "access"),
        ("the help desk called me", "service-desk"),
        ("Helpdesk queue is endless", "service-desk"),
        ("SAP crashed twice", "applications"),
        ("The time sheet loses lines", "applications"),
        ("Nobody informed us", "communication"),
        ("a heads-up would be nice", "communication"),
        ("far too expensive", "cost"),
        ("€ 900 for that?", "cost"),
        ("The rollout is delayed", "delivery"),
        ("go-live on Friday", "delivery"),
        ("I got a phishing message", "security"),
        ("antivirus warns all day", "security"),
        ("the guide helped", "training"),
        ("How do I merge cells", "training"),
        ("When do we get Copilot?", "technology"),
        ("automation of the boring parts", "technology"),
    ],
)
def test_a_text_is_filed_under_what_it_is_about(text: str, found: str) -> None:
    assert found in themes(text)


def test_a_text_may_touch_several_themes_and_they_come_sorted() -> None:
    assert themes("VPN and printer broken, helpdesk silent") == (
        "hardware",
        "network",
        "service-desk",
    )


@pytest.mark.parametrize(
    "text", ["", "asdf", "All fine over here", "Much like before", "planet", "happy", "capitals"]
)
def test_a_text_about_nothing_in_particular_has_no_theme(text: str) -> None:
    assert themes(text) == ()


@given(st.text())
def test_any_text_gets_known_themes_each_once_and_in_order(text: str) -> None:
    found = themes(text)
    assert list(found) == sorted(set(found))
    assert set(found) <= set(IDS)


@given(st.sampled_from(["VPN", "Laptop", "mailbox"]), st.sampled_from([str.upper, str.title]))
def test_case_makes_no_difference(word: str, change: Callable[[str], str]) -> None:
    assert themes(change(word)) == themes(word) != ()


CARS = """
[fleet]
label = "Company cars"
keywords = ["car", "charging-station"]

[network]
keywords = ["glasfaser"]
"""


def test_an_admin_may_add_themes_and_keywords() -> None:
    extended = shipped().extended(CARS)
    assert extended.of("My car finds no charging station") == ("fleet",)
    assert "network" in extended.of("Glasfaser in the yard?")
    assert extended.label("fleet") == "Company cars"
    assert extended.label("network") == label("network")
    assert "fleet" not in shipped().themes


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[fleet", "not valid TOML"),
        ("label = 'x'", "stands outside of a theme"),
        ("[Fleet]\nlabel = 'x'\nkeywords = ['y']", "small letters"),
        ("[fleet]\nkeywords = ['y']", "needs a label"),
        ("[fleet]\nlabel = 'x'", "needs keywords"),
        ("[network]\nkeywords = 'y'", "must be a list"),
        ("[network]\nkeywords = ['!']", "“!” can never be found"),
        ("[fleet]\nlabel = 'x'\nkeywords = ['c++']", "“c++” can never be found"),
        ("[network]\nkeyword = ['x']", "keyword is unknown; write keywords or label"),
        ("[network]\nlabel = '" + "x" * 61 + "'", "at most 60 characters"),
        ("[" + "f" * 41 + "]\nlabel = 'x'\nkeywords = ['y']", "1 to 40 small letters"),
        ("[network]\nlabel = 3", "must be a text"),
    ],
)
def test_themes_that_cannot_be_read_are_refused_with_what_to_do(toml: str, said: str) -> None:
    with pytest.raises(Fault) as refused:
        shipped().extended(toml)
    assert said in str(refused.value)


def test_a_taxonomy_that_is_put_to_use_is_the_one_that_all_go_by() -> None:
    use(shipped().extended(CARS))
    try:
        assert "fleet" in theme_ids()
        assert themes("the car is parked") == ("fleet",)
    finally:
        use(shipped())
    assert "fleet" not in theme_ids()
