"""What a control answers survives every platform, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.errors import UnknownControl
from bot.refs import LONGEST, VERBS, Ref

words = st.text(st.characters(codec="utf-8", exclude_characters="|"), max_size=120)
refs = st.builds(Ref, st.sampled_from(sorted(VERBS)), words, words)


@given(refs)
def test_a_ref_comes_back_from_its_wire_form(ref: Ref) -> None:
    assume(len(ref.wire()) <= LONGEST)
    assert Ref.read(ref.wire()) == ref


@given(st.text() | refs.map(Ref.wire).flatmap(lambda wire: st.permutations(wire).map("".join)))
def test_a_text_is_a_ref_that_writes_the_same_text_or_is_refused(text: str) -> None:
    try:
        ref = Ref.read(text)
    except UnknownControl:
        return
    assert ref.wire() == text
    assert ref.verb in VERBS


@given(
    st.none() | st.booleans() | st.integers() | st.floats() | st.lists(words)
    | st.dictionaries(words, words) | st.binary()
)  # fmt: skip
def test_what_is_no_text_is_no_ref(wire: object) -> None:
    with pytest.raises(UnknownControl, match="I don't know that button"):
        Ref.read(wire)


@pytest.mark.parametrize(
    "wire",
    [
        "",
        "answer",
        "answer|it-weekly@2026-11-24",
        "answer|it-weekly@2026-11-24|overall|1",
        "shout|it-weekly@2026-11-24|overall",
        "ANSWER|it-weekly@2026-11-24|overall",
        " answer|it-weekly@2026-11-24|overall",
        "||",
    ],
)
def test_what_we_did_not_write_is_refused(wire: str) -> None:
    with pytest.raises(UnknownControl):
        Ref.read(wire)


def test_a_ref_longer_than_the_narrowest_platform_takes_is_refused() -> None:
    fits = Ref(
        "answer", "it-weekly@2026-11-24", "x" * (LONGEST - len("answer|it-weekly@2026-11-24|"))
    )
    assert Ref.read(fits.wire()) == fits
    with pytest.raises(UnknownControl):
        Ref.read(fits.wire() + "x")


def test_the_longest_names_a_pulse_file_takes_fit_into_a_ref() -> None:
    longest = Ref("answers", f"{'p' * 40}@2026-11-24", "q" * 40)
    assert Ref.read(longest.wire()) == longest
