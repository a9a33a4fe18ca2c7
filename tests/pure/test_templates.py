"""The questions the product brings: whole, worded for everybody, and explained."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from bot.domain.files.pulse_toml import LONGEST_QUESTION
from bot.domain.house_rules import QUESTIONS_A_WEEK
from bot.domain.pulse import BELIEF, MOST_QUESTIONS, load_of
from bot.domain.templates import LONGEST_NAME, NAME, Template, templates, with_belief

DOCS: Final = (Path(__file__).parents[2] / "docs" / "templates.md").read_text()
every = pytest.mark.parametrize("template", templates().values(), ids=lambda found: found.id)


def test_every_set_that_was_promised_is_there() -> None:
    assert set(templates()) == {
        "satisfaction", "recommend", "effort", "agreement", "lost-time", "factors", "belief",
        "application", "service", "needs", "alignment",
    }  # fmt: skip


@every
def test_a_template_is_explained_with_scale_formula_and_source(template: Template) -> None:
    section = DOCS.partition(f"## `{template.id}`")[2].partition("\n## ")[0]
    for told in (template.title, template.about, template.scale, template.source):
        assert told in section
    assert all(f"`{formula}`" in section for formula in template.formulas)
    assert all(
        f"| {question.text} | {question.kind} |" in section for question in template.questions
    )


@every
def test_a_template_is_filled_in_and_ends_with_the_belief_item(template: Template) -> None:
    name = "N" * LONGEST_NAME
    asked = template.asked_about(name)
    assert asked[-1].id == BELIEF
    assert len(asked) <= MOST_QUESTIONS
    assert not any(NAME in question.text for question in asked)
    assert all(len(question.text) <= LONGEST_QUESTION for question in asked)
    assert bool(template.names) == any(NAME in question.text for question in template.questions)
    assert with_belief(asked) == asked


@every
def test_a_template_asks_no_more_than_a_week_allows_but_for_executives(template: Template) -> None:
    load = load_of(template.asked_about("IT"))
    assert load <= QUESTIONS_A_WEEK or (template.id, template.manner, load) == (
        "alignment",
        "named",
        6,
    )


def test_the_belief_item_can_be_removed() -> None:
    assert [q.id for q in templates()["effort"].asked_about("", belief=False)] == ["effort"]
