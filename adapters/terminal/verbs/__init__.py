"""One file = one verb, found by itself: `WORDS` and `run`."""
