"""Recall and precision of scrubbing on texts that were written for it."""

from benchmarks.voice.scrubbing import measured


def test_nearly_all_that_must_go_goes_and_little_else() -> None:
    found = measured()
    assert found.recall >= 0.97, found.wrong
    assert found.precision >= 0.95, found.wrong
