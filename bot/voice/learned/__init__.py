"""Languages that are learned from a corpus: a small model and lists of words, and no rules."""

#: By code, the name of a language's files here. One that is not named is never guessed at.
LEARNED = {"de": "german", "fr": "french"}
